from collections.abc import Callable


def find_entry(days: list[int], wanted: int) -> int:
    """The position of the first entry on the wanted day or after it, or -1."""
    size = len(days)
    # No page of the moved part is as early as the last page, every page of the rest is.
    oldest = first_where(size, lambda page: days[page] <= days[-1])
    # From the oldest page on, round the end, the days are in order.
    pages_on = first_where(size, lambda offset: days[(oldest + offset) % size] >= wanted)
    return (oldest + pages_on) % size if pages_on < size else -1


def first_where(size: int, holds: Callable[[int], bool]) -> int:
    """Return the first number below `size` for which `holds` is true (it stays true from there), or `size`."""
    low, high = 0, size
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low
