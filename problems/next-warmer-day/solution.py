def next_warmer_day(temperatures: list[int]) -> list[int]:
    """For each day the number of the first later day that was warmer, or -1."""
    warmer_days = [-1] * len(temperatures)
    waiting: list[int] = []  # Days without a warmer one so far; the coldest of them is on top.
    for day, temperature in enumerate(temperatures):
        while waiting and temperatures[waiting[-1]] < temperature:
            warmer_days[waiting.pop()] = day
        waiting.append(day)
    return warmer_days
