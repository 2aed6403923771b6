from collections import deque

LONGEST_WALK = 3


def highest_hut(fees: list[int], budget: int) -> int:
    """The number of the highest hut that can be reached within the budget, counted from 1; 0 is the ground."""
    highest = 0
    # The smallest totals for the stops from which the next hut can be reached; the ground is one of them.
    totals_below = deque([0], maxlen=LONGEST_WALK)
    for hut, fee in enumerate(fees, start=1):
        total = min(totals_below) + fee
        if total <= budget:
            highest = hut
        totals_below.append(total)
    return highest
