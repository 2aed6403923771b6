def rotate_shelf(boxes: list[int], steps: int) -> list[int]:
    """The row of boxes after the shelf has turned by `steps` (negative: back)."""
    if not boxes:
        return []
    first = -steps % len(boxes)
    return boxes[first:] + boxes[:first]
