def most_coins(coins: list[int], price: int) -> int:
    """The greatest number of coins that pay the price exactly, or -1 if none do."""
    return -1
