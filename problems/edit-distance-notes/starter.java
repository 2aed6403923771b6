public class Solution {
    /** The smallest effort that turns the first tune into the second. */
    public static int leastEffort(int[] first, int[] second) {
        return 0;
    }
}
