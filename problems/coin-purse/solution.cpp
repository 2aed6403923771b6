#include <algorithm>
#include <vector>

/** The greatest number of coins that pay the price exactly, or -1 if none do. */
int mostCoins(const std::vector<int>& coins, int price) {
    constexpr int impossible = -1;
    // For each amount, the most coins that pay it, of the coins looked at so far.
    std::vector<int> most(price + 1, impossible);
    most[0] = 0;
    for (const int coin : coins) {
        // From the top down, so that no amount already contains this coin.
        for (int amount = price; amount >= coin; --amount) {
            const int rest = most[amount - coin];
            if (rest != impossible) {
                most[amount] = std::max(most[amount], rest + 1);
            }
        }
    }
    return most[price];
}
