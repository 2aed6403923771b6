ADD = 3
REMOVE = 3
SWAP = 2


def least_effort(first: list[int], second: list[int]) -> int:
    """The smallest effort that turns the first tune into the second."""
    # efforts[i][j] turns the first i notes of one copy into the first j notes of the other.
    efforts = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for i in range(len(first) + 1):
        efforts[i][0] = i * REMOVE
    for j in range(len(second) + 1):
        efforts[0][j] = j * ADD

    for i in range(1, len(first) + 1):
        for j in range(1, len(second) + 1):
            least = min(
                efforts[i][j - 1] + ADD,
                efforts[i - 1][j] + REMOVE,
                efforts[i - 1][j - 1] + abs(first[i - 1] - second[j - 1]),
            )
            is_swapped = i >= 2 and j >= 2 and first[i - 2] == second[j - 1] and first[i - 1] == second[j - 2]
            if is_swapped:
                least = min(least, efforts[i - 2][j - 2] + SWAP)
            efforts[i][j] = least
    return efforts[-1][-1]
