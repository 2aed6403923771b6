public class Solution {
    private static final int ADD = 3;
    private static final int REMOVE = 3;
    private static final int SWAP = 2;

    /** The smallest effort that turns the first tune into the second. */
    public static int leastEffort(int[] first, int[] second) {
        // efforts[i][j] turns the first i notes of one copy into the first j notes of the other.
        int[][] efforts = new int[first.length + 1][second.length + 1];
        for (int i = 0; i <= first.length; i++) {
            efforts[i][0] = i * REMOVE;
        }
        for (int j = 0; j <= second.length; j++) {
            efforts[0][j] = j * ADD;
        }

        for (int i = 1; i <= first.length; i++) {
            for (int j = 1; j <= second.length; j++) {
                int shifted = efforts[i - 1][j - 1] + Math.abs(first[i - 1] - second[j - 1]);
                int least = Math.min(shifted, Math.min(efforts[i][j - 1] + ADD, efforts[i - 1][j] + REMOVE));
                boolean isSwapped = i >= 2 && j >= 2 && first[i - 2] == second[j - 1] && first[i - 1] == second[j - 2];
                if (isSwapped) {
                    least = Math.min(least, efforts[i - 2][j - 2] + SWAP);
                }
                efforts[i][j] = least;
            }
        }
        return efforts[first.length][second.length];
    }
}
