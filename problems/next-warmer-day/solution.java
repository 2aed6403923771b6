import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

public class Solution {
    /** For each day the number of the first later day that was warmer, or -1. */
    public static int[] nextWarmerDay(int[] temperatures) {
        int[] warmerDays = new int[temperatures.length];
        Arrays.fill(warmerDays, -1);
        // Days without a warmer one so far; the coldest of them is on top.
        Deque<Integer> waiting = new ArrayDeque<>();
        for (int day = 0; day < temperatures.length; day++) {
            while (!waiting.isEmpty() && temperatures[waiting.peek()] < temperatures[day]) {
                warmerDays[waiting.pop()] = day;
            }
            waiting.push(day);
        }
        return warmerDays;
    }
}
