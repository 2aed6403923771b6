import java.util.Arrays;

public class Solution {
    private static final int IMPOSSIBLE = -1;

    /** The greatest number of coins that pay the price exactly, or -1 if none do. */
    public static int mostCoins(int[] coins, int price) {
        // For each amount, the most coins that pay it, of the coins looked at so far.
        int[] most = new int[price + 1];
        Arrays.fill(most, IMPOSSIBLE);
        most[0] = 0;
        for (int coin : coins) {
            // From the top down, so that no amount already contains this coin.
            for (int amount = price; amount >= coin; amount--) {
                int rest = most[amount - coin];
                if (rest != IMPOSSIBLE) {
                    most[amount] = Math.max(most[amount], rest + 1);
                }
            }
        }
        return most[price];
    }
}
