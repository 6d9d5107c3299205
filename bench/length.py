"""How often is the right path found by how many questions? Simulated people, and a random part of the bundled quiz.

Run from the checkout: python bench/length.py [PEOPLE]
"""

from __future__ import annotations

import sys
from random import Random

from people import answer, born, bundled, directions, sheet, table, truly_first

from pathfinder.result.scoring import rank


def main() -> None:
    """Print the table."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    pack, random = bundled(), Random(5)
    profile, lengths = directions(pack), (8, 16, 24, len(pack.questions))
    right = dict.fromkeys(lengths, 0)
    for _ in range(people):
        person = born(pack, random)
        answers = {each.id: answer(each, person, random) for each in pack.questions}
        wanted = truly_first(pack, person, profile)
        asked = random.sample(list(answers), len(answers))
        for length in lengths:
            ranking = rank(pack, sheet(pack, {each: answers[each] for each in asked[:length]}))
            right[length] += ranking.matches[0].path.id == wanted
    print(f"{people:,} simulated people\n")
    print(table(("questions", "right"), ((str(length), f"{count / people:.3f}") for length, count in right.items())))


if __name__ == "__main__":
    main()
