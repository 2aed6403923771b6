def busiest_stretch(visits: list[list[int]]) -> list[int]:
    """Return [people, from, until] of the first stretch with the most people, or [] without visits."""
    return []
