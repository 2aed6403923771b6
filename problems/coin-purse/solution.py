IMPOSSIBLE = -1


def most_coins(coins: list[int], price: int) -> int:
    """The greatest number of coins that pay the price exactly, or -1 if none do."""
    # For each amount, the most coins that pay it, of the coins looked at so far.
    most = [0] + [IMPOSSIBLE] * price
    for coin in coins:
        # From the top down, so that no amount already contains this coin.
        for amount in range(price, coin - 1, -1):
            rest = most[amount - coin]
            if rest != IMPOSSIBLE:
                most[amount] = max(most[amount], rest + 1)
    return most[price]
