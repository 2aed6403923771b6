def plan_courses(courses: list[str], requirements: list[list[str]]) -> list[str]:
    """The order in which all courses are taken, or an empty list if that is impossible."""
    return []
