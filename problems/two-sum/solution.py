def two_sum(numbers: list[int], target: int) -> list[int]:
    """Positions of the two bookings that add up to target, in ascending order; empty if there are none."""
    position_of: dict[int, int] = {}
    for position, amount in enumerate(numbers):
        partner = target - amount
        if partner in position_of:
            return [position_of[partner], position]
        position_of[amount] = position
    return []
