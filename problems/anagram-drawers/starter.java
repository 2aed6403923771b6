import java.util.ArrayList;
import java.util.List;

public class Solution {
    /** The drawers: words with the same letters together, everything in alphabetical order. */
    public static List<List<String>> sortIntoDrawers(String[] words) {
        return new ArrayList<>();
    }
}
