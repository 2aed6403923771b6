def run_cache(capacity: int, operations: list[list[str]]) -> list[str]:
    """The answer to each "get". Design the store as a class of its own, and use it here."""
    return []
