"""What an early stop saves, whether it names what the full quiz names, and what the marks that follow take back.

Run from the checkout, with numpy: python bench/early_stop.py [PEOPLE]
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from statistics import fmean, median
from typing import TYPE_CHECKING

import numpy as np
from many import LEAST, Results, results, stays
from people import KINDS, bundled, crowd, example, table

from pathfinder.result.order import STAYS, order
from pathfinder.result.order import SURE as LEADS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from people import Crowd, Kind

    from pathfinder.pack import Pack

SURE = ("likely", "clear")


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

    def add(self, people: Crowd, now: np.ndarray, place: int, told: Results, full: Results, marked: Results) -> None:
        """Count those who stop at this place."""
        leader = told.leader[now]
        self.asked += [place] * len(now)
        self.kept += int((leader == full.leader[now]).sum())
        self.right += int((leader == people.wanted[now]).sum())
        self.right_in_full += int((full.leader[now] == people.wanted[now]).sum())
        self.below_likely += int((~np.isin(told.verdict[now], SURE)).sum())
        self.below_likely_marked += int((~np.isin(marked.verdict[now], SURE)).sum())
        self.other_leader_marked += int((marked.leader[now] != leader).sum())

    def row(self, name: str) -> tuple[str, ...]:
        """Return a line of the table."""
        taken = len(self.asked)
        if not taken:
            return name, "0.00", f"{self.length:.1f}", *("-" for _ in HEAD[3:])
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


def stops(people: Crowd) -> Stops:
    """Let people take the first offer to stop, and then mark the three things that matter most to them."""
    pack, asked = people.pack, order(people.pack)
    full, found = results(people), Stops(len(people.wanted), len(asked))
    left = np.arange(len(people.wanted))
    for place in range(LEAST, len(asked)):
        told = results(people, asked[:place])
        stop = np.isin(told.verdict, SURE) & (told.first >= LEADS)
        stop[stop] = stays(pack, told.of(stop), asked[place:]) >= STAYS
        now = left[stop[left]]
        left = left[~stop[left]]
        if len(now):
            marked = results(people, asked[:place], marked=True)
            found.add(people, now, place, told, full, marked)
    return found


def tables(people: int) -> Iterator[str]:
    """Yield the table: several kinds of people before the bundled pack, people as stated before six paths."""
    cases: list[tuple[str, Pack, Kind, int]] = [(kind.name, bundled(), kind, people) for kind in KINDS]
    cases.append(("as stated, six paths", example(), KINDS[0], people // 20))
    yield table(HEAD, (stops(crowd(pack, kind, count, seed=6)).row(name) for name, pack, kind, count in cases))


def main() -> None:
    """Print the table."""
    for each in tables(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000):
        print(each)


if __name__ == "__main__":
    main()
