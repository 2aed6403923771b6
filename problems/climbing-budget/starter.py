def highest_hut(fees: list[int], budget: int) -> int:
    """The number of the highest hut that can be reached within the budget, counted from 1; 0 is the ground."""
    return 0
