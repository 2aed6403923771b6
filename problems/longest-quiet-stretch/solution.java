public class Solution {
    /** The length of the longest stretch with at most {@code allowed} minutes louder than {@code limit}. */
    public static int longestQuietStretch(int[] levels, int limit, int allowed) {
        int longest = 0;
        int start = 0;
        int loudMinutes = 0;
        for (int end = 0; end < levels.length; end++) {
            if (levels[end] > limit) {
                loudMinutes++;
            }
            while (loudMinutes > allowed) {
                if (levels[start] > limit) {
                    loudMinutes--;
                }
                start++;
            }
            longest = Math.max(longest, end - start + 1);
        }
        return longest;
    }
}
