def sort_into_drawers(words: list[str]) -> list[list[str]]:
    """The drawers: words with the same letters together, everything in alphabetical order."""
    return []
