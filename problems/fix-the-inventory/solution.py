def end_of_day(stock: dict[str, int], events: list[list[str]]) -> dict[str, int]:
    """The bicycles at each station after all events of the day."""
    bicycles = dict(stock)

    def add(station: str, count: int) -> None:
        bicycles[station] = bicycles.get(station, 0) + count

    def take(station: str, count: int) -> bool:
        if bicycles.get(station, 0) < count:
            return False
        bicycles[station] -= count
        return True

    for kind, count_text, *stations in events:
        count = int(count_text)
        station = stations[0]
        if kind == "arrive":
            add(station, count)
        elif kind == "rent":
            take(station, count)
        elif kind == "move":
            destination = stations[1]
            if take(station, count):
                add(destination, count)
    return bicycles
