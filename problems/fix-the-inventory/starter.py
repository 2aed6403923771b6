def end_of_day(stock: dict[str, int], events: list[list[str]]) -> dict[str, int]:
    """The bicycles at each station after all events of the day."""
    bicycles = dict(stock)
    for kind, count_text, *stations in events:
        count = int(count_text)
        station = stations[0]
        if kind == "arrive":
            bicycles[station] += count
        elif kind == "rent":
            if bicycles.get(station, 0) > count:
                bicycles[station] -= count
        elif kind == "move":
            destination = stations[1]
            if bicycles.get(station, 0) > count:
                bicycles[station] -= count
            bicycles[destination] += count
    return bicycles
