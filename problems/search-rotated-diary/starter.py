def find_entry(days: list[int], wanted: int) -> int:
    """The position of the first entry on the wanted day or after it, or -1."""
    return -1
