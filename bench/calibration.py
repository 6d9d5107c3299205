"""Does "first in 85 % of re-readings" come true? Simulated people with a true preference answer with noise.

Run from the checkout: python bench/calibration.py [PEOPLE]
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from random import Random

from people import WIDTH, answer, born, bundled, directions, restless, sheet, table, truly_first

from pathfinder.result.certainty import assess
from pathfinder.result.scoring import rank

BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """How people differ from the model: widths of noise, a shift towards agreeing, spread of hidden importance."""

    name: str
    people: int
    width: float = WIDTH
    as_rarely: bool = False
    agree: float = 0.0
    importance: float = 0.3


def measure(crowd: Crowd, seed: int = 3) -> tuple[list[str], list[list[float]]]:
    """Return a line of the table, and count, stated and right in each bin of ten."""
    pack, random = bundled(), Random(seed)
    profile, widths = directions(pack), restless(pack) if crowd.as_rarely else {}
    bins = [[0.0, 0.0, 0.0] for _ in range(BINS)]
    for _ in range(crowd.people):
        person = born(pack, random, crowd.importance)
        answers = {q.id: answer(q, person, random, widths.get(q.id, crowd.width), crowd.agree) for q in pack.questions}
        ranking = rank(pack, sheet(pack, answers))
        leader = ranking.matches[0]
        stated = assess(ranking).first[leader.place]
        own = bins[min(int(stated * BINS), BINS - 1)]
        own[0] += 1
        own[1] += stated
        own[2] += leader.path.id == truly_first(pack, person, profile)
    stated, right = (sum(each[n] for each in bins) / crowd.people for n in (1, 2))
    error = sum(abs(each[1] - each[2]) for each in bins) / crowd.people
    return [crowd.name, f"{crowd.people:,}", f"{stated:.3f}", f"{right:.3f}", f"{error:.3f}"], bins


def main() -> None:
    """Print both tables."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 8_000
    less = people // 4
    crowds = (
        Crowd(name="the stated noise", people=people),
        Crowd(name="choices changed as often as stated", people=less, as_rarely=True),
        Crowd(name="half as much noise again", people=less, width=1.5 * WIDTH),
        Crowd(name="agreeing by half a step", people=less, agree=0.25),
        Crowd(name="strong hidden importance (sd .6)", people=less, importance=0.6),
    )
    lines: list[list[str]] = []
    detail: list[list[float]] = []
    for crowd in crowds:
        line, bins = measure(crowd)
        lines.append(line)
        detail = detail or bins
    print(table(("people", "number", "stated", "right", "calibration error"), lines))
    print()
    rows = (
        (f"{n * 10}-{n * 10 + 10} %", f"{count:.0f}", f"{stated / count:.3f}", f"{right / count:.3f}")
        for n, (count, stated, right) in enumerate(detail)
        if count
    )
    print(table(("stated, the first row's people", "number", "mean stated", "right"), rows))


if __name__ == "__main__":
    main()
