def sort_into_drawers(words: list[str]) -> list[list[str]]:
    """The drawers: words with the same letters together, everything in alphabetical order."""
    drawers: dict[str, list[str]] = {}
    # Words are taken in order, so each drawer is in order, and drawers come up in the order of their first word.
    for word in sorted(words):
        letters = "".join(sorted(word))
        drawers.setdefault(letters, []).append(word)
    return list(drawers.values())
