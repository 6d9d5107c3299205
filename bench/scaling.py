"""How time and memory grow with the size of a quiz: one size is doubled, the others stay.

    PYTHONPATH=src python bench/scaling.py [SECONDS FOR EACH CELL]

The exponent is the slope of log time over log size between the two largest sizes of a series; 1 is linear.
"""

from __future__ import annotations

import sys
import time
import tracemalloc
from math import log
from random import Random
from typing import TYPE_CHECKING, Final

from pathfinder.confidence import assess
from pathfinder.explain import explain
from pathfinder.interview import AnswerSheet, start
from pathfinder.order import informative_order, offers_stop
from pathfinder.pack import CareerPath, Dimension, Option, Pack, Question, Scale, scale_options
from pathfinder.result import evaluate
from pathfinder.scoring import rank
from pathfinder.tipping import make_first

if TYPE_CHECKING:
    from collections.abc import Callable

LEVELS: Final = (-2, -1, -0.5, 0.5, 1, 2)
SERIES: Final = {
    "paths": [(each, 24, 4, 8) for each in (3, 6, 12, 25, 50)],
    "questions": [(3, each, 4, 8) for each in (24, 60, 125, 250, 500)],
    "options": [(3, 24, each, 8) for each in (2, 4, 8, 15, 30)],
    "dimensions": [(3, 24, 4, each) for each in (6, 12, 25, 50, 100)],
    "all": [(6, 60, 4, 12), (12, 125, 8, 25), (25, 250, 15, 50), (50, 500, 30, 100)],
}
Size = tuple[int, int, int, int]


def made(size: Size, seed: int = 1) -> Pack:
    """Return a random pack of so many paths, questions, options and dimensions; every third question is a scale."""
    paths, questions, options, dimensions = size
    random = Random(seed)
    names = [f"d{each}" for each in range(dimensions)]

    def effects() -> dict[str, float]:
        return {each: random.choice((-1.0, -0.5, 0.5, 1.0)) for each in random.sample(names, min(3, dimensions))}

    def question(number: int) -> Question:
        if number % 3 == 0:
            scale = Scale(dimension=names[number // 3 % dimensions], keyed="+" if number % 2 else "-")
            return Question(id=f"q{number}", theme="all", text="?", options=scale_options(scale), scale=scale)
        chosen = tuple(Option(id=f"o{each}", text="!", effects=effects()) for each in range(options))
        return Question(id=f"q{number}", theme="all", text="?", options=chosen)

    def path(number: int) -> CareerPath:
        levels = {each: float(random.choice(LEVELS)) for each in random.sample(names, max(1, dimensions * 2 // 3))}
        return CareerPath(id=f"p{number}", name=f"P{number}", summary=".", profile=levels, week={})

    return Pack(
        id="random",
        version="1",
        title="Random",
        about=".",
        themes=("all",),
        dimensions=tuple(Dimension(id=each, name=each, theme="all", about=".") for each in names),
        paths=tuple(path(each) for each in range(paths)),
        questions=tuple(question(each) for each in range(questions)),
    )


def answered(pack: Pack, seed: int = 2, share: float = 1.0) -> AnswerSheet:
    """Return a random sheet with the first share of the questions answered."""
    random = Random(seed)
    given = pack.questions[: round(len(pack.questions) * share)]
    return AnswerSheet(pack=pack.id, answers={each.id: random.choice(each.options).id for each in given})


def steps(pack: Pack) -> dict[str, Callable[[], object]]:
    """Return what is measured, by name; each begins with what comes before it."""
    sheet = answered(pack)
    ranking = rank(pack, sheet)
    last = ranking.matches[-1].path.id
    half = start(pack, sheet=answered(pack, share=0.5))
    return {
        "score": lambda: rank(pack, sheet),
        "confidence": lambda: assess(ranking),
        "explanation": lambda: explain(pack, sheet, ranking),
        "what if": lambda: make_first(pack, sheet, last),
        "order": lambda: informative_order(pack),
        "early stop": lambda: offers_stop(half),
        "all of a result": lambda: evaluate(pack, sheet),
    }


def timed(step: Callable[[], object], budget: float) -> float:
    """Return the seconds of the fastest of some runs: as many as fit into the budget, at least one."""
    best, begin = float("inf"), time.perf_counter()
    while True:
        before = time.process_time()
        step()
        best = min(best, time.process_time() - before)
        if time.perf_counter() - begin > budget:
            return best


def memory(step: Callable[[], object]) -> float:
    """Return the megabytes that a step has in use at its peak."""
    tracemalloc.start()
    step()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def main() -> None:
    """Print a table for each series, and the exponents."""
    budget = float(sys.argv[1]) if len(sys.argv) > 1 else 0.3
    for series, sizes in SERIES.items():
        rows: list[tuple[Size, dict[str, float], float]] = []
        for size in sizes:
            pack = made(size)
            todo = steps(pack)
            times = {name: timed(step, budget) for name, step in todo.items()}
            rows.append((size, times, memory(todo["all of a result"])))
        names = list(rows[0][1])
        print(
            f"\n{series}\n\n| paths | questions | options | dimensions | {' | '.join(f'{n}, ms' for n in names)} | MB |"
        )
        print("|" + "---:|" * (len(names) + 5))
        for size, times, peak in rows:
            cells = [*map(str, size), *(f"{times[name] * 1000:.1f}" for name in names), f"{peak:.1f}"]
            print(f"| {' | '.join(cells)} |", flush=True)
        (before, earlier, less), (after, later, more) = rows[-2:]
        place = {"paths": 0, "questions": 1, "options": 2, "dimensions": 3, "all": 1}[series]
        growth = log(after[place] / before[place])
        slopes = [f"{log(later[name] / earlier[name]) / growth:.1f}" for name in names]
        print(f"| exponent | | | | {' | '.join(slopes)} | {log(more / less) / growth:.1f} |", flush=True)


if __name__ == "__main__":
    main()
