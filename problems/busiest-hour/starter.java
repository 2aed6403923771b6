public class Solution {
    /** Returns {people, from, until} of the first stretch with the most people, or {} without visits. */
    public static int[] busiestStretch(int[][] visits) {
        return new int[0];
    }
}
