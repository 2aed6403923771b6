public class Solution {
    /** Positions of the two bookings that add up to target, in ascending order; empty if there are none. */
    public static int[] twoSum(int[] numbers, int target) {
        return new int[0];
    }
}
