def rotate_shelf(boxes: list[int], steps: int) -> list[int]:
    """The row of boxes after the shelf has turned by `steps` (negative: back)."""
    return []
