public class Solution {
    private static final int LONGEST_WALK = 3;

    /** The number of the highest hut that can be reached within the budget, counted from 1; 0 is the ground. */
    public static int highestHut(int[] fees, int budget) {
        // The smallest total for a stop at each hut; the ground is number 0 and costs nothing.
        int[] smallestTotal = new int[fees.length + 1];
        int highest = 0;
        for (int hut = 1; hut <= fees.length; hut++) {
            int below = Integer.MAX_VALUE;
            for (int stop = Math.max(0, hut - LONGEST_WALK); stop < hut; stop++) {
                below = Math.min(below, smallestTotal[stop]);
            }
            smallestTotal[hut] = below + fees[hut - 1];
            if (smallestTotal[hut] <= budget) {
                highest = hut;
            }
        }
        return highest;
    }
}
