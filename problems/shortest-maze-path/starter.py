def shortest_path(floor: list[str]) -> int:
    """The smallest number of moves from S to E, or -1 if there is no way."""
    return 0
