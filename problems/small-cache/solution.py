from collections import OrderedDict


class PictureStore:
    """Keeps at most `capacity` pictures: those that were used last."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        # From the one not used for the longest time to the one used last.
        self._pictures: OrderedDict[str, str] = OrderedDict()

    def get(self, name: str) -> str | None:
        if name not in self._pictures:
            return None
        self._pictures.move_to_end(name)
        return self._pictures[name]

    def put(self, name: str, picture: str) -> None:
        self._pictures[name] = picture
        self._pictures.move_to_end(name)
        if len(self._pictures) > self._capacity:
            self._pictures.popitem(last=False)

    def remove(self, name: str) -> None:
        self._pictures.pop(name, None)


def run_cache(capacity: int, operations: list[list[str]]) -> list[str]:
    """The answer to each "get"."""
    store = PictureStore(capacity)
    answers: list[str] = []
    for operation in operations:
        match operation:
            case ["put", name, picture]:
                store.put(name, picture)
            case ["get", name]:
                picture = store.get(name)
                answers.append("-" if picture is None else picture)
            case ["remove", name]:
                store.remove(name)
            case _:
                raise ValueError(f"unknown operation: {operation}")
    return answers
