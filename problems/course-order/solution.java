import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

public class Solution {
    /** The order in which all courses are taken, or an empty list if that is impossible. */
    public static List<String> planCourses(String[] courses, String[][] requirements) {
        Map<String, Integer> placeOf = new HashMap<>();
        List<List<Integer>> followers = new ArrayList<>();
        for (int place = 0; place < courses.length; place++) {
            placeOf.put(courses[place], place);
            followers.add(new ArrayList<>());
        }
        int[] openRequirements = new int[courses.length];
        for (String[] requirement : requirements) {
            int before = placeOf.get(requirement[0]);
            int after = placeOf.get(requirement[1]);
            followers.get(before).add(after);
            openRequirements[after]++;
        }

        // Places in the catalogue, so the smallest is the course that stands first.
        PriorityQueue<Integer> possible = new PriorityQueue<>();
        for (int place = 0; place < courses.length; place++) {
            if (openRequirements[place] == 0) {
                possible.add(place);
            }
        }
        List<String> order = new ArrayList<>();
        while (!possible.isEmpty()) {
            int place = possible.remove();
            order.add(courses[place]);
            for (int follower : followers.get(place)) {
                openRequirements[follower]--;
                if (openRequirements[follower] == 0) {
                    possible.add(follower);
                }
            }
        }
        return order.size() == courses.length ? order : new ArrayList<>();
    }
}
