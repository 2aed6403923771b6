from collections import deque

MOVES = ((-1, 0), (1, 0), (0, -1), (0, 1))


def shortest_path(floor: list[str]) -> int:
    """The smallest number of moves from S to E, or -1 if there is no way."""
    start = find(floor, "S")
    seen = {start}
    waiting = deque([(start, 0)])
    while waiting:
        (row, column), moves = waiting.popleft()
        if floor[row][column] == "E":
            return moves
        for down, right in MOVES:
            field = (row + down, column + right)
            if is_free(floor, field) and field not in seen:
                seen.add(field)
                waiting.append((field, moves + 1))
    return -1


def find(floor: list[str], wanted: str) -> tuple[int, int]:
    return next((row, line.index(wanted)) for row, line in enumerate(floor) if wanted in line)


def is_free(floor: list[str], field: tuple[int, int]) -> bool:
    row, column = field
    return 0 <= row < len(floor) and 0 <= column < len(floor[row]) and floor[row][column] != "#"
