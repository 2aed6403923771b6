public class Solution {
    /** The length of the longest stretch with at most {@code allowed} minutes louder than {@code limit}. */
    public static int longestQuietStretch(int[] levels, int limit, int allowed) {
        return 0;
    }
}
