import java.util.Map;
import java.util.TreeMap;

public class Solution {
    /** Returns {people, from, until} of the first stretch with the most people, or {} without visits. */
    public static int[] busiestStretch(int[][] visits) {
        // All that happens in one minute is added up, so a change of guests does not count as a change.
        Map<Integer, Integer> changes = new TreeMap<>();
        for (int[] visit : visits) {
            changes.merge(visit[0], 1, Integer::sum);
            changes.merge(visit[1], -1, Integer::sum);
        }

        int people = 0;
        int most = 0;
        int[] busiest = {};
        boolean isBusiest = false;
        for (Map.Entry<Integer, Integer> change : changes.entrySet()) {
            int minute = change.getKey();
            people += change.getValue();
            if (people > most) {
                most = people;
                busiest = new int[] {people, minute, minute};
                isBusiest = true;
            } else if (isBusiest && people < most) {
                busiest[2] = minute;
                isBusiest = false;
            }
        }
        return busiest;
    }
}
