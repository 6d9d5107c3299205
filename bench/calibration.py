"""Does "17 of 20" come true: of people of many kinds, who wants the named path most, in truth.

Run from the checkout, with numpy: python bench/calibration.py [PEOPLE]
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from people import KINDS, bundled, clickers, crowd, example, little, table

from pathfinder.result.certainty import verdict
from pathfinder.result.order import by_information, short_order
from pathfinder.result.scoring import rank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from people import Crowd, Kind

    from pathfinder.pack import Pack, Question

BINS = 10
PARTIAL = (3, 6, 10, 15, 20)


@dataclass
class Seen:
    """What was said of each person, and what was so: the leader's place and P, whether it is right, the verdict."""

    paths: Sequence[str]
    leader: list[int] = field(default_factory=list)
    said: list[float] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    verdict: list[str] = field(default_factory=list)
    contradictory: list[bool] = field(default_factory=list)

    def error(self) -> float:
        """Return the mean gap between said and right over ten bins."""
        bins = np.minimum((np.array(self.said) * BINS).astype(int), BINS - 1)
        gap = np.array(self.said) - np.array(self.right)
        return float(sum(abs(gap[bins == b].sum()) for b in range(BINS)) / len(gap))

    def among(self, chosen: np.ndarray) -> tuple[int, float, float]:
        """Return number, mean said and mean right of some of them."""
        return (
            int(chosen.sum()),
            float(np.array(self.said)[chosen].mean()) if chosen.any() else float("nan"),
            float(np.array(self.right)[chosen].mean()) if chosen.any() else float("nan"),
        )


def watch(people: Crowd, count: int, questions: Sequence[Question] | None = None) -> Seen:
    """Give `count` people their result, by these questions or all."""
    seen = Seen([each.id for each in people.pack.paths])
    for person in range(count):
        ranking = rank(people.pack, people.sheet(person, questions))
        leader = ranking.matches[0]
        seen.leader.append(leader.place)
        seen.said.append(leader.first)
        seen.right.append(leader.place == people.wanted[person])
        seen.verdict.append(str(verdict(people.pack, ranking)))
        seen.contradictory.append(ranking.evidence.wishes.contradictory)
    return seen


def row(seen: Seen) -> tuple[str, str, str]:
    """Return said, right and the calibration error."""
    return f"{np.mean(seen.said):.3f}", f"{np.mean(seen.right):.3f}", f"{seen.error():.3f}"


def kinds(packs: Sequence[tuple[str, Pack, int]]) -> tuple[str, dict[str, Seen]]:
    """Return the table of all kinds of people, and what was seen of them before the first pack."""
    rows, first = [], {}
    for kind in KINDS:
        cells = [kind.name]
        for n, (_, pack, people) in enumerate(packs):
            seen = watch(crowd(pack, kind, people), people)
            cells += row(seen)[1:]
            if n == 0:
                first[kind.name] = seen
        rows.append(cells)
    head = ["people", *(f"{name}: {what}" for name, _, _ in packs for what in ("right", "error"))]
    return table(head, rows), first


def bins(seen: Seen) -> str:
    """Return said and right by tenths."""
    places = np.minimum((np.array(seen.said) * BINS).astype(int), BINS - 1)
    rows = ((b, *seen.among(places == b)) for b in range(BINS))
    return table(
        ("said, people as stated", "number", "mean said", "right"),
        ((f"{10 * b}-{10 * b + 10} %", f"{n:,}", f"{said:.3f}", f"{right:.3f}") for b, n, said, right in rows if n),
    )


def leaders(found: dict[str, Seen], names: Sequence[str]) -> str:
    """Return said and right within each leader."""
    rows = []
    for name, seen in found.items():
        at = np.array(seen.leader)
        cells = [seen.among(at == p) for p in range(len(names))]
        rows.append((name, *(f"{said:.2f} / {right:.2f}" for _, said, right in cells)))
    return table(("named (said / right)", *names), rows)


def verdicts(seen: Seen, early: Seen) -> str:
    """Return share and right by verdict, after all questions and after six."""
    rows = []
    for each in ("clear", "likely", "leaning", "too-close", "provisional", "no-preference"):
        cells = []
        for some in (seen, early):
            chosen = np.array(some.verdict) == each
            cells += [f"{chosen.mean():.2f}", f"{some.among(chosen)[2]:.2f}" if chosen.any() else "-"]
        rows.append((each, *cells))
    return table(("verdict", "share", "right", "share after six answers", "right after six answers"), rows)


def partial(packs: Sequence[tuple[str, Pack, int]], kind: Kind = KINDS[0]) -> str:
    """Return right and error after the first few questions of the order."""
    rows = []
    for name, pack, people in packs:
        order, some = by_information(pack), crowd(pack, kind, people)
        for count in (*(each for each in PARTIAL if each < len(order)), len(order)):
            seen = watch(some, people, order[:count])
            rows.append((name, str(count), *row(seen)))
    return table(("first questions of the order", "answered", "said", "right", "error"), rows)


def short(pack: Pack, people: int) -> str:
    """Return said, right and error of the short form, for every kind of people."""
    found = ((kind.name, watch(crowd(pack, kind, people), people, short_order(pack))) for kind in KINDS)
    return table(("bundled, with --short", "said", "right", "error"), ((name, *row(seen)) for name, seen in found))


def random_clicks(packs: Sequence[tuple[str, Pack, int]], found: dict[str, Seen]) -> str:
    """Return how often picking at random is told to be contradictory, and how often other people are."""
    rows = []
    for name, pack, people in packs:
        seen = watch(clickers(pack, people), people)
        told = Counter(seen.verdict)
        decided = sum(told[each] for each in ("clear", "likely", "leaning")) / people
        rows.append((f"picking at random, {name}", f"{np.mean(seen.contradictory):.3f}", f"{decided:.3f}"))
    for kind, seen in found.items():
        told = Counter(seen.verdict)
        decided = sum(told[each] for each in ("clear", "likely", "leaning")) / len(seen.said)
        rows.append((f"{kind}, {packs[0][0]}", f"{np.mean(seen.contradictory):.3f}", f"{decided:.3f}"))
    return table(("who", "told contradictory", "gets a path named"), rows)


def tables(people: int) -> Iterator[str]:
    """Yield every table of this script."""
    packs = (("bundled", bundled(), people), ("six paths", example(), people // 8), ("small", little(), people // 2))
    main, found = kinds(packs)
    yield main
    yield bins(found[KINDS[0].name])
    yield leaders(found, [each.id for each in packs[0][1].paths])
    first_six = watch(crowd(packs[0][1], KINDS[0], people), people, by_information(packs[0][1])[:6])
    yield verdicts(found[KINDS[0].name], first_six)
    yield short(packs[0][1], people)
    yield partial(packs[:2])
    yield random_clicks(packs, found)


def main() -> None:
    """Print all tables."""
    for each in tables(int(sys.argv[1]) if len(sys.argv) > 1 else 4_000):
        print(each, end="\n\n", flush=True)


if __name__ == "__main__":
    main()
