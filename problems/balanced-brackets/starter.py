def is_balanced(text: str) -> bool:
    """Whether every bracket in the text is closed by one of its kind, in the right order."""
    return False
