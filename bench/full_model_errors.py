"""How far P(first) is from 200,000 re-readings by the full model: answers read again one by one, nothing normal.

Run from the checkout, with numpy: python bench/full_model_errors.py [SHEETS]
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

from people import answer, born, bundled, sheet, table

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from typing import TYPE_CHECKING

from full_model import simulated, some_pack, some_sheet
from pathfinder.confidence import assess
from pathfinder.scoring import rank

if TYPE_CHECKING:
    from pathfinder.interview import AnswerSheet
    from pathfinder.pack import Pack


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
    lines = (
        (name, str(len(each)), f"{sum(map(sum, each)) / sum(map(len, each)):.3f}", f"{max(map(max, each)):.3f}")
        for name, each in rows.items()
    )
    print(table(("paths", "sheets", "mean error", "largest error"), lines))


if __name__ == "__main__":
    main()
