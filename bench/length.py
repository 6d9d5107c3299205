"""How often is the right path found by how many questions? The first of the order, and as many drawn at random.

Run from the checkout, with numpy: python bench/length.py [PEOPLE]
"""

from __future__ import annotations

import sys
from random import Random
from typing import TYPE_CHECKING

from people import KINDS, bundled, crowd, table

from pathfinder.result.order import by_information
from pathfinder.result.scoring import weigh
from pathfinder.result.wishes import listen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from people import Crowd

    from pathfinder.pack import Question


def leader(people: Crowd, person: int, questions: Sequence[Question]) -> int:
    """Return the place of the path that scores highest by the answers to some questions."""
    score = weigh(listen(people.pack, people.sheet(person, questions)), people.pack.paths).score
    return score.index(max(score))


def tables(people: int) -> Iterator[str]:
    """Yield the table."""
    pack, random = bundled(), Random(5)
    asked, some = by_information(pack), crowd(pack, KINDS[0], people, seed=7)
    rows = []
    for length in (6, 10, 15, 20, 24, len(asked)):
        best = sum(leader(some, n, asked[:length]) == some.wanted[n] for n in range(people))
        drawn = sum(leader(some, n, random.sample(asked, length)) == some.wanted[n] for n in range(people))
        rows.append((str(length), f"{best / people:.3f}", f"{drawn / people:.3f}"))
    yield table(("questions", "right, the most telling ones", "right, any of them"), rows)


def main() -> None:
    """Print the table."""
    for each in tables(int(sys.argv[1]) if len(sys.argv) > 1 else 4_000):
        print(each)


if __name__ == "__main__":
    main()
