def fastest_trip(islands: int, ferries: list[list[int]], start: int, goal: int, passes: int) -> int:
    """The fewest minutes from start to goal, or -1 if there is no way."""
    return -1
