"""Does "17 of 20" come true: of people of many kinds, who wants the named path most, in truth.

Run from the checkout, with numpy: python bench/calibration.py [PEOPLE]
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from many import Results, results
from people import KINDS, bundled, clickers, crowd, example, little, table

from pathfinder.result.order import by_information, short_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from people import Crowd, Kind

    from pathfinder.pack import Pack, Question

BINS = 10
PARTIAL = (3, 6, 10, 15, 20)


@dataclass(frozen=True, slots=True)
class Seen:
    """What people were told, and whether the path in front is the one they want most."""

    told: Results
    right: np.ndarray

    def error(self) -> float:
        """Return the mean gap between said and right over ten bins."""
        places = np.minimum((self.told.first * BINS).astype(int), BINS - 1)
        gap = self.told.first - self.right
        return float(sum(abs(gap[places == b].sum()) for b in range(BINS)) / len(gap))

    def among(self, chosen: np.ndarray) -> tuple[int, float, float]:
        """Return number, mean said and mean right of some of them."""
        if not chosen.any():
            return 0, float("nan"), float("nan")
        return int(chosen.sum()), float(self.told.first[chosen].mean()), float(self.right[chosen].mean())

    def named(self) -> float:
        """Return the share of people to whom one path is named."""
        return float(np.isin(self.told.verdict, ("clear", "likely", "leaning")).mean())


def watch(people: Crowd, questions: Sequence[Question] | None = None) -> Seen:
    """Give people their results, by these questions or all."""
    told = results(people, questions)
    return Seen(told, told.leader == people.wanted)


def row(seen: Seen) -> tuple[str, str, str]:
    """Return said, right and the calibration error."""
    return f"{seen.told.first.mean():.3f}", f"{seen.right.mean():.3f}", f"{seen.error():.3f}"


def kinds(packs: Sequence[tuple[str, Pack, int]]) -> tuple[str, dict[str, Seen]]:
    """Return the table of all kinds of people, and what was seen of them before the first pack."""
    rows, first = [], {}
    for kind in KINDS:
        cells = [kind.name]
        for n, (_, pack, people) in enumerate(packs):
            seen = watch(crowd(pack, kind, people))
            cells += row(seen)[1:]
            if n == 0:
                first[kind.name] = seen
        rows.append(cells)
    head = ["people", *(f"{name}: {what}" for name, _, _ in packs for what in ("right", "error"))]
    return table(head, rows), first


def bins(seen: Seen) -> str:
    """Return said and right by tenths."""
    places = np.minimum((seen.told.first * BINS).astype(int), BINS - 1)
    rows = ((b, *seen.among(places == b)) for b in range(BINS))
    return table(
        ("said, people as stated", "number", "mean said", "right"),
        ((f"{10 * b}-{10 * b + 10} %", f"{n:,}", f"{said:.3f}", f"{right:.3f}") for b, n, said, right in rows if n),
    )


def leaders(found: dict[str, Seen], names: Sequence[str]) -> str:
    """Return said and right within each leader."""
    rows = []
    for name, seen in found.items():
        cells = [seen.among(seen.told.leader == p) for p in range(len(names))]
        rows.append((name, *(f"{said:.2f} / {right:.2f}" for _, said, right in cells)))
    return table(("named (said / right)", *names), rows)


def verdicts(seen: Seen, early: Seen) -> str:
    """Return share and right by verdict, after all questions and after six."""
    rows = []
    for each in ("clear", "likely", "leaning", "too-close", "provisional", "no-preference"):
        cells = []
        for some in (seen, early):
            chosen = some.told.verdict == each
            cells += [f"{chosen.mean():.2f}", f"{some.among(chosen)[2]:.2f}" if chosen.any() else "-"]
        rows.append((each, *cells))
    return table(("verdict", "share", "right", "share after six answers", "right after six answers"), rows)


def partial(packs: Sequence[tuple[str, Pack, int]], kind: Kind = KINDS[0]) -> str:
    """Return right and error after the first few questions of the order."""
    rows = []
    for name, pack, people in packs:
        order, some = by_information(pack), crowd(pack, kind, people)
        for count in (*(each for each in PARTIAL if each < len(order)), len(order)):
            seen = watch(some, order[:count])
            rows.append((name, str(count), *row(seen)))
    return table(("first questions of the order", "answered", "said", "right", "error"), rows)


def short(pack: Pack, people: int) -> str:
    """Return said, right and error of the short form, for every kind of people."""
    found = ((kind.name, watch(crowd(pack, kind, people), short_order(pack))) for kind in KINDS)
    return table(("bundled, with --short", "said", "right", "error"), ((name, *row(seen)) for name, seen in found))


def random_clicks(packs: Sequence[tuple[str, Pack, int]], found: dict[str, Seen]) -> str:
    """Return how often picking at random is told to be contradictory, and how often other people are."""
    who = {f"picking at random, {name}": watch(clickers(pack, people)) for name, pack, people in packs}
    who |= {f"{kind}, {packs[0][0]}": seen for kind, seen in found.items()}
    return table(
        ("who", "told contradictory", "gets a path named"),
        ((name, f"{seen.told.contradictory.mean():.3f}", f"{seen.named():.3f}") for name, seen in who.items()),
    )


def tables(people: int) -> Iterator[str]:
    """Yield every table of this script."""
    packs = (("bundled", bundled(), people), ("six paths", example(), people // 10), ("small", little(), people // 2))
    main, found = kinds(packs)
    yield main
    yield bins(found[KINDS[0].name])
    yield leaders(found, [each.id for each in packs[0][1].paths])
    first_six = watch(crowd(packs[0][1], KINDS[0], people), by_information(packs[0][1])[:6])
    yield verdicts(found[KINDS[0].name], first_six)
    yield short(packs[0][1], people)
    yield partial(packs[:2])
    yield random_clicks(packs, found)


def main() -> None:
    """Print all tables."""
    for each in tables(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000):
        print(each, end="\n\n", flush=True)


if __name__ == "__main__":
    main()
