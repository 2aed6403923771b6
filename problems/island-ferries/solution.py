from heapq import heappop, heappush


def fastest_trip(islands: int, ferries: list[list[int]], start: int, goal: int, passes: int) -> int:
    """The fewest minutes from start to goal, or -1 if there is no way."""
    crossings: list[list[tuple[int, int]]] = [[] for _ in range(islands)]
    for one, other, minutes in ferries:
        crossings[one].append((other, minutes))
        crossings[other].append((one, minutes))

    # Where somebody stands is an island together with the passes left.
    settled: set[tuple[int, int]] = set()
    reached = [(0, start, passes)]
    while reached:
        total, island, passes_left = heappop(reached)
        if island == goal:
            return total
        if (island, passes_left) in settled:
            continue
        settled.add((island, passes_left))
        for neighbour, minutes in crossings[island]:
            heappush(reached, (total + minutes, neighbour, passes_left))
            if passes_left > 0:
                heappush(reached, (total + (minutes + 1) // 2, neighbour, passes_left - 1))
    return -1
