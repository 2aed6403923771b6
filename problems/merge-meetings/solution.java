import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

public class Solution {
    /** The busy times as {start, end}, in ascending order; meetings that overlap or touch are one. */
    public static int[][] mergeMeetings(int[][] meetings) {
        int[][] byStart = meetings.clone();
        Arrays.sort(byStart, Comparator.comparingInt(meeting -> meeting[0]));

        List<int[]> busy = new ArrayList<>();
        for (int[] meeting : byStart) {
            int start = meeting[0];
            int end = meeting[1];
            int[] last = busy.isEmpty() ? null : busy.get(busy.size() - 1);
            if (last != null && start <= last[1]) {
                last[1] = Math.max(last[1], end);
            } else {
                busy.add(new int[] {start, end});
            }
        }
        return busy.toArray(new int[0][]);
    }
}
