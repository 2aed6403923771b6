from collections import defaultdict


def busiest_stretch(visits: list[list[int]]) -> list[int]:
    """Return [people, from, until] of the first stretch with the most people, or [] without visits."""
    # All that happens in one minute is added up, so a change of guests does not count as a change.
    changes: dict[int, int] = defaultdict(int)
    for arrives, leaves in visits:
        changes[arrives] += 1
        changes[leaves] -= 1

    people = 0
    most = 0
    busiest: list[int] = []
    is_busiest = False
    for minute in sorted(changes):
        people += changes[minute]
        if people > most:
            most = people
            busiest = [people, minute, minute]
            is_busiest = True
        elif is_busiest and people < most:
            busiest[2] = minute
            is_busiest = False
    return busiest
