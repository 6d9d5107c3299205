"""Makes many simulated people's answers as one file: for the benchmarks, and the class in `examples/`.

python bench/cohort_people.py 48 > examples/class.csv
"""

from __future__ import annotations

import csv
import sys
from random import Random
from typing import TYPE_CHECKING

from people import KINDS, bundled, crowd

from pathfinder.cohort.names import variables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from pathfinder.pack import Pack

MIXED = KINDS[-1]
PROGRAMS = ("Medicine", "Medicine", "Medicine", "Pediatrics", "Pediatrics", "Surgery", "Surgery", "Pathology")
PART = 20_000
MARKS = 3


def rows(pack: Pack, count: int) -> Iterator[list[str | int]]:
    """Yield people as REDCap's raw export has them: codes, a column for each box, and some questions left open."""
    random = Random(7)
    options = {each.id: list(variables(o.id for o in each.options).values()) for each in pack.questions}
    scales = {each.id for each in pack.questions if each.scale}
    for start in range(0, count, PART):
        part = crowd(pack, MIXED, min(PART, count - start), seed=start + 5)
        for person in range(min(PART, count - start)):
            largest = (-part.importance[person]).argsort()[:MARKS] if random.random() < 0.7 else ()
            most = {pack.dimensions[int(d)].id for d in largest}
            chose = pack.paths[int(part.wanted[person])].id if random.random() < 0.9 else ""
            cells: list[str | int] = [start + person + 1, random.choice(PROGRAMS), chose]
            for question in pack.questions:
                place = int(part.answers[question.id][person])
                code = place + 1 if question.id in scales else options[question.id][place]
                cells.append("" if random.random() < 0.02 else code)
            yield [*cells, *(int(each.id in most) for each in pack.dimensions), 2]


def write(file: TextIO, pack: Pack, count: int) -> None:
    """Write so many people."""
    marks = [f"matters_most___{each}" for each in variables(each.id for each in pack.dimensions).values()]
    form = variables([pack.id])[pack.id]
    out = csv.writer(file, lineterminator="\n")
    out.writerow(
        [
            "record_id",
            "program",
            "chose",
            *variables(each.id for each in pack.questions).values(),
            *marks,
            f"{form}_complete",
        ]
    )
    out.writerows(rows(pack, count))


if __name__ == "__main__":
    write(sys.stdout, bundled(), int(sys.argv[1]))
