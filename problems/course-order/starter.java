import java.util.ArrayList;
import java.util.List;

public class Solution {
    /** The order in which all courses are taken, or an empty list if that is impossible. */
    public static List<String> planCourses(String[] courses, String[][] requirements) {
        return new ArrayList<>();
    }
}
