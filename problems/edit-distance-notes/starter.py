def least_effort(first: list[int], second: list[int]) -> int:
    """The smallest effort that turns the first tune into the second."""
    return 0
