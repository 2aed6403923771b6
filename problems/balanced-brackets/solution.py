OPENING_OF = {")": "(", "]": "[", "}": "{"}
OPENING = set(OPENING_OF.values())


def is_balanced(text: str) -> bool:
    """Whether every bracket in the text is closed by one of its kind, in the right order."""
    still_open: list[str] = []
    for character in text:
        if character in OPENING:
            still_open.append(character)
        elif character in OPENING_OF:
            if not still_open or still_open.pop() != OPENING_OF[character]:
                return False
    return not still_open
