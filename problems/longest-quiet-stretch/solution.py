def longest_quiet_stretch(levels: list[int], limit: int, allowed: int) -> int:
    """The length of the longest stretch with at most `allowed` minutes louder than `limit`."""
    longest = 0
    start = 0
    loud_minutes = 0
    for end, level in enumerate(levels):
        if level > limit:
            loud_minutes += 1
        while loud_minutes > allowed:
            if levels[start] > limit:
                loud_minutes -= 1
            start += 1
        longest = max(longest, end - start + 1)
    return longest
