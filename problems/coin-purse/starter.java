public class Solution {
    /** The greatest number of coins that pay the price exactly, or -1 if none do. */
    public static int mostCoins(int[] coins, int price) {
        return -1;
    }
}
