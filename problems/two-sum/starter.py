def two_sum(numbers: list[int], target: int) -> list[int]:
    """Positions of the two bookings that add up to target, in ascending order; empty if there are none."""
    return []
