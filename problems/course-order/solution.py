from heapq import heapify, heappop, heappush


def plan_courses(courses: list[str], requirements: list[list[str]]) -> list[str]:
    """The order in which all courses are taken, or an empty list if that is impossible."""
    place_of = {course: place for place, course in enumerate(courses)}
    followers: list[list[int]] = [[] for _ in courses]
    open_requirements = [0] * len(courses)
    for before, after in requirements:
        followers[place_of[before]].append(place_of[after])
        open_requirements[place_of[after]] += 1

    # Places in the catalogue, so the smallest is the course that stands first.
    possible = [place for place, count in enumerate(open_requirements) if count == 0]
    heapify(possible)
    order = []
    while possible:
        place = heappop(possible)
        order.append(courses[place])
        for follower in followers[place]:
            open_requirements[follower] -= 1
            if open_requirements[follower] == 0:
                heappush(possible, follower)

    return order if len(order) == len(courses) else []
