def longest_quiet_stretch(levels: list[int], limit: int, allowed: int) -> int:
    """The length of the longest stretch with at most `allowed` minutes louder than `limit`."""
    return 0
