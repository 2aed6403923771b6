from collections import defaultdict
from dataclasses import dataclass


@dataclass
class Tally:
    """What a line of the report tells about the things it stands for."""

    brought: int = 0
    fixed: int = 0
    minutes: int = 0

    def add(self, minutes: int, was_fixed: bool) -> None:
        self.brought += 1
        self.fixed += was_fixed
        self.minutes += minutes

    def line(self, name: str) -> str:
        unit = "minute" if self.minutes == 1 else "minutes"
        return f"{name}: {self.fixed} of {self.brought} fixed, {self.minutes} {unit}"


def repair_report(entries: list[str]) -> list[str]:
    """One line for each kind of thing in alphabetical order, and a line with the total."""
    tally_of: defaultdict[str, Tally] = defaultdict(Tally)
    total = Tally()
    for entry in entries:
        kind, minutes, fixed = entry.split(";")
        for tally in (tally_of[kind], total):
            tally.add(int(minutes), fixed == "yes")
    return [tally_of[kind].line(kind) for kind in sorted(tally_of)] + [total.line("total")]
