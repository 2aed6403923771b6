def calculate(expression: str) -> int:
    """The value of the expression; a division leaves out the fraction."""
    return 0
