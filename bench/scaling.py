"""How time and memory grow with the size of a quiz: one size is doubled, the others stay.

    PYTHONPATH=src python bench/scaling.py [SECONDS FOR EACH CELL] > bench/scaling.md

The exponent is the slope of log time over log size between the two largest sizes of a series; 1 is linear. After an
audit that took longer than LONGEST_AUDIT, the next size is not audited.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
import tracemalloc
from datetime import date
from math import log, nan
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from pathfinder.answers.interview import AnswerSheet, start
from pathfinder.audit import audit
from pathfinder.pack import CareerPath, Dimension, Option, Pack, Question, Scale, read_pack, scale_options
from pathfinder.result import evaluate
from pathfinder.result.explain import explain
from pathfinder.result.order import offers_stop, order
from pathfinder.result.scoring import rank
from pathfinder.result.what_if import make_first
from pathfinder.show.report import to_html

if TYPE_CHECKING:
    from collections.abc import Callable

AUDIT: Final = "audit"
LONGEST_AUDIT: Final = 15.0
"""Seconds; after one that took longer, the next size is not audited: each is twice the size before."""

LEVELS: Final = (-2, -1, -0.5, 0.5, 1, 2)
SERIES: Final = {
    "paths": [(each, 24, 4, 8) for each in (3, 6, 12, 25, 50)],
    "questions": [(3, each, 4, 8) for each in (24, 60, 125, 250, 500)],
    "options": [(3, 24, each, 8) for each in (2, 4, 8, 15, 30)],
    "dimensions": [(3, 24, 4, each) for each in (6, 12, 25, 50, 100)],
    "all": [(6, 60, 4, 12), (12, 125, 8, 25), (25, 250, 15, 50), (50, 500, 30, 100)],
}
TITLES: Final = {
    "paths": "Paths",
    "questions": "Questions",
    "options": "Options",
    "dimensions": "Dimensions",
    "all": "All at once",
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


def written(pack: Pack, folder: Path) -> Path:
    """Write a pack's files, as JSON, which is YAML too, and return the folder."""

    def path(each: CareerPath) -> dict[str, object]:
        statements = [{"text": "."}]
        return {
            "id": each.id, "name": each.name, "summary": ".", "profile": dict(each.profile),
            "pros": statements, "challenges": statements,
        }  # fmt: skip

    def question(each: Question) -> dict[str, object]:
        asked: dict[str, object] = {"id": each.id, "theme": "all", "text": each.text}
        if each.scale:
            return {**asked, "scale": {"dimension": each.scale.dimension, "keyed": each.scale.keyed}}
        options = [{"id": o.id, "text": f"{o.id}!", "effects": dict(o.effects)} for o in each.options]
        return {**asked, "options": options}

    dimensions = [{"id": each.id, "name": each.name, "theme": "all", "about": "."} for each in pack.dimensions]
    head = {"id": pack.id, "version": "1", "title": "Random", "about": ".", "themes": ["all"], "dimensions": dimensions}
    contents: dict[str, dict[str, object]] = {
        "paths": {**head, "paths": [path(each) for each in pack.paths]},
        "questions": {"questions": [question(each) for each in pack.questions]},
        "faq": {"faq": []},
        "sources": {"sources": []},
    }
    for name, value in contents.items():
        (folder / f"{name}.yaml").write_text(json.dumps({"format": 1, **value}), encoding="utf-8")
    return folder


def answered(pack: Pack, seed: int = 2, share: float = 1.0) -> AnswerSheet:
    """Return a random sheet with the first share of the questions answered."""
    random = Random(seed)
    given = pack.questions[: round(len(pack.questions) * share)]
    return AnswerSheet(pack=pack.id, answers={each.id: random.choice(each.options).id for each in given})


def steps(pack: Pack, folder: Path) -> dict[str, Callable[[], object]]:
    """Return what is measured, by name; each begins with what comes before it."""
    sheet = answered(pack)
    result = evaluate(pack, sheet)
    ranking = rank(pack, sheet)
    last = ranking.matches[-1].path.id
    half = start(pack, sheet=answered(pack, share=0.5))
    return {
        "read": lambda: read_pack(folder, []),
        "score": lambda: rank(pack, sheet),
        "explanation": lambda: explain(pack, ranking),
        "what if": lambda: make_first(pack, sheet, last),
        "order": lambda: order(pack),
        "early stop": lambda: offers_stop(pack, half.sheet(), half.order[half.place :]),
        "all of a result": lambda: evaluate(pack, sheet),
        "report": lambda: to_html(result, date(2026, 1, 1)),
        AUDIT: lambda: audit(pack),
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
    print(
        "# Growth\n\nWritten by `bench/scaling.py`, which says what the columns are: milliseconds of processor time, and megabytes."
    )
    for series, sizes in SERIES.items():
        rows: list[tuple[Size, dict[str, float], float]] = []
        for size in sizes:
            pack = made(size)
            with tempfile.TemporaryDirectory() as folder:
                todo = steps(pack, written(pack, Path(folder)))
                if rows and not rows[-1][1][AUDIT] < LONGEST_AUDIT:
                    del todo[AUDIT]
                times = {name: timed(step, budget) for name, step in todo.items()}
            rows.append((size, {AUDIT: nan} | times, memory(todo["all of a result"])))
        names = [*dict.fromkeys(name for _, row, _ in rows for name in row if name != AUDIT), AUDIT]
        print(f"\n## {TITLES[series]}\n\n| paths | questions | options | dimensions | {' | '.join(names)} | MB |")
        print("|" + "---:|" * (len(names) + 5))
        for size, times, peak in rows:
            cells = [*map(str, size), *(_cell(times[name] * 1000) for name in names), f"{peak:.1f}"]
            print(f"| {' | '.join(cells)} |", flush=True)
        (before, earlier, less), (after, later, more) = rows[-2:]
        place = {"paths": 0, "questions": 1, "options": 2, "dimensions": 3, "all": 1}[series]
        growth = log(after[place] / before[place])
        slopes = [_cell(log(later[name] / earlier[name]) / growth) for name in names]
        print(f"| exponent | | | | {' | '.join(slopes)} | {log(more / less) / growth:.1f} |", flush=True)


def _cell(number: float) -> str:
    return "-" if number != number else f"{number:.1f}"  # noqa: PLR0124 - that is what not a number is


if __name__ == "__main__":
    main()
