"""What an early stop saves, whether it names what the full quiz names, and what the marks that follow take back.

Run from the checkout, with numpy: python bench/early_stop.py [PEOPLE]
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from statistics import fmean, median
from typing import TYPE_CHECKING

from people import KINDS, bundled, crowd, example, table

from pathfinder.result.certainty import Verdict, verdict
from pathfinder.result.order import offers_stop, order
from pathfinder.result.scoring import rank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from people import Crowd, Kind

    from pathfinder.pack import Pack, Question

SURE = {Verdict.LIKELY, Verdict.CLEAR}


@dataclass
class Stops:
    """What became of those who took the offer to stop, and of everybody."""

    people: int
    length: int
    asked: list[int] = field(default_factory=list)
    right: int = 0
    right_in_full: int = 0
    kept: int = 0
    below_likely: int = 0
    below_likely_marked: int = 0
    other_leader_marked: int = 0

    def row(self, name: str) -> tuple[str, ...]:
        """Return a line of the table."""
        taken = len(self.asked)
        return (
            name,
            f"{taken / self.people:.2f}",
            f"{(sum(self.asked) + (self.people - taken) * self.length) / self.people:.1f}",
            f"{fmean(self.asked):.1f}",
            f"{median(self.asked):.0f}",
            f"{self.kept / taken:.3f}",
            f"{self.right / taken:.3f}",
            f"{self.right_in_full / taken:.3f}",
            f"{self.below_likely / taken:.3f}",
            f"{self.below_likely_marked / taken:.3f}",
            f"{self.other_leader_marked / taken:.3f}",
        )


HEAD = (
    "people",
    "offered to",
    "questions, everybody",
    "questions, those who stop",
    "median",
    "the full quiz's leader",
    "right",
    "right in full",
    "below likely",
    "below likely after the marks",
    "another leader after the marks",
)


def stops(people: Crowd, count: int) -> Stops:
    """Let people take the first offer to stop, and then mark the three things that matter most to them."""
    pack, asked, found = people.pack, order(people.pack), Stops(count, len(people.pack.questions))
    for person in range(count):
        place = _stopped(people, person, asked)
        if place is None:
            continue
        sheet = people.sheet(person, asked[:place])
        short, full = rank(pack, sheet), rank(pack, people.sheet(person))
        marked = rank(pack, replace(sheet, matters_most=people.marks(person)))
        leader = short.matches[0].place
        found.asked.append(place)
        found.kept += leader == full.matches[0].place
        found.right += leader == people.wanted[person]
        found.right_in_full += full.matches[0].place == people.wanted[person]
        found.below_likely += verdict(pack, short) not in SURE
        found.below_likely_marked += verdict(pack, marked) not in SURE
        found.other_leader_marked += marked.matches[0].place != leader
    return found


def _stopped(people: Crowd, person: int, asked: Sequence[Question]) -> int | None:
    for place in range(6, len(asked)):
        if offers_stop(people.pack, people.sheet(person, asked[:place]), asked[place:]):
            return place
    return None


def tables(people: int) -> Iterator[str]:
    """Yield the table: several kinds of people before the bundled pack, people as stated before six paths."""
    cases: list[tuple[str, Pack, Kind, int]] = [
        (kind.name, bundled(), kind, people if n == 0 else people // 2) for n, kind in enumerate(KINDS) if n != 1
    ]
    cases.append(("as stated, six paths", example(), KINDS[0], people // 4))
    yield table(HEAD, (stops(crowd(pack, kind, count, seed=6), count).row(name) for name, pack, kind, count in cases))


def main() -> None:
    """Print the table."""
    for each in tables(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000):
        print(each)


if __name__ == "__main__":
    main()
