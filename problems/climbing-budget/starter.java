public class Solution {
    /** The number of the highest hut that can be reached within the budget, counted from 1; 0 is the ground. */
    public static int highestHut(int[] fees, int budget) {
        return 0;
    }
}
