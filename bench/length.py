"""How often is the right path found by how many questions? The first of the order, and as many drawn at random.

Run from the checkout, with numpy: python bench/length.py [PEOPLE]
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from many import results
from people import KINDS, bundled, crowd, table

from pathfinder.result.order import by_information

if TYPE_CHECKING:
    from collections.abc import Iterator


def tables(people: int) -> Iterator[str]:
    """Yield the table."""
    pack, random = bundled(), np.random.default_rng(5)
    asked, some = by_information(pack), crowd(pack, KINDS[0], people, seed=7)
    rows = []
    for length in (6, 10, 15, 20, 24, len(asked)):
        best = (results(some, asked[:length]).leader == some.wanted).mean()
        # Everybody gets other questions: what is not drawn counts as skipped.
        places = random.random((people, len(asked))).argsort(axis=1)
        drawn = {q.id: np.where(places[:, n] < length, some.answers[q.id], -1) for n, q in enumerate(asked)}
        any_of_them = (results(replace(some, answers=drawn)).leader == some.wanted).mean()
        rows.append((str(length), f"{best:.3f}", f"{any_of_them:.3f}"))
    yield table(("questions", "right, the most telling ones", "right, any of them"), rows)


def main() -> None:
    """Print the table."""
    for each in tables(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000):
        print(each)


if __name__ == "__main__":
    main()
