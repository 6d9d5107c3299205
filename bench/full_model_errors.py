"""How far P(first) is from 200,000 re-readings by the full model: answers read again one by one, nothing normal.

Run from the checkout, with numpy: python bench/full_model_errors.py [SHEETS]
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from random import Random

from people import answer, born, bundled, sheet, table

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from full_model import simulated, some_pack, some_sheet
from pathfinder.answers.interview import AnswerSheet
from pathfinder.pack import SKIP, CareerPath, Dimension, Option, Pack, Question
from pathfinder.result.certainty import assess
from pathfinder.result.scoring import rank
from worked import scale


def persons(pack: Pack, seed: int) -> AnswerSheet:
    """Return the answers of a simulated person."""
    random = Random(seed)
    person = born(pack, random)
    return sheet(pack, {each.id: answer(each, person, random) for each in pack.questions})


def errors(pack: Pack, said: AnswerSheet, seed: int) -> list[float]:
    """Return for each path how far its P(first) is from the simulated one."""
    ranking = rank(pack, said)
    _, first = simulated(ranking, seed)
    return [abs(stated - drawn) for stated, drawn in zip(assess(ranking).first, first, strict=True)]


def other(seed: int) -> tuple[Pack, AnswerSheet]:
    """Return a random pack of any common shape, a fifth of its questions skipped; choices say much, and weights differ."""
    random = Random(seed)
    dims = [f"d{each}" for each in range(random.choice((3, 5, 8, 12)))]

    def question(number: int) -> Question:
        weight = random.choice((1.0, 1.0, 0.5, 2.0))
        if random.random() < random.choice((0.0, 0.5, 1.0)):
            return replace(scale(f"q{number}", random.choice(dims), random.choice("+-")), weight=weight)
        effects = [
            {d: random.choice((random.uniform(-1, 1), 1.0, -1.0)) for d in random.sample(dims, random.randint(1, 3))}
            for _ in range(random.randint(2, 5))
        ]
        options = tuple(Option(id=f"o{o}", text="", effects=each) for o, each in enumerate(effects))
        return Question(id=f"q{number}", theme="t", text="", options=options, weight=weight)

    levels = [{d: random.uniform(-2, 2) for d in dims} for _ in range(random.choice((2, 3, 4, 5, 8, 12)))]
    pack = Pack(
        id="some",
        version="1",
        title="",
        about="",
        themes=("t",),
        dimensions=tuple(Dimension(id=d, name=d, theme="t", about="") for d in dims),
        paths=tuple(CareerPath(id=f"p{n}", name="", summary="", profile=p, week={}) for n, p in enumerate(levels)),
        questions=tuple(question(each) for each in range(random.choice((8, 16, 30)))),
    )
    given = {q.id: random.choice(q.options).id if random.random() < 0.8 else SKIP for q in pack.questions}
    return pack, AnswerSheet(pack="some", answers=given)


def main() -> None:
    """Print the table."""
    sheets = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    real = bundled()
    rows = {
        "3 (the bundled pack, random answers)": [errors(real, some_sheet(real, n), n) for n in range(sheets)],
        "3 (the bundled pack, simulated people)": [errors(real, persons(real, n), n) for n in range(sheets)],
    }
    for paths in (5, 8, 12):
        packs = [some_pack(paths, n) for n in range(sheets)]
        rows[f"{paths} (random packs)"] = [errors(each, some_sheet(each, n), n) for n, each in enumerate(packs)]
    shapes = [other(n) for n in range(4 * sheets)]
    rows["2 to 12 (random packs of other shapes)"] = [errors(*each, n) for n, each in enumerate(shapes)]
    lines = (
        (name, str(len(each)), f"{sum(map(sum, each)) / sum(map(len, each)):.3f}", f"{max(map(max, each)):.3f}")
        for name, each in rows.items()
    )
    print(table(("paths", "sheets", "mean error", "largest error"), lines))


if __name__ == "__main__":
    main()
