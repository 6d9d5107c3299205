"""Does an early stop give what the full quiz gives, and what does it save? The same for the short quiz.

Run from the checkout: python bench/early_stop.py [PEOPLE]
"""

from __future__ import annotations

import sys
from random import Random

from people import answer, born, bundled, directions, sheet, table, truly_first

from pathfinder.answers.interview import start
from pathfinder.result.order import informative_order, offers_stop, short_order
from pathfinder.result.scoring import rank


def main() -> None:
    """Print the table."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    pack, random = bundled(), Random(4)
    order, short, profile = informative_order(pack), {each.id for each in short_order(pack)}, directions(pack)
    asked, agreed, right = [0, 0, 0], [0, 0, 0], [0, 0, 0]
    for _ in range(people):
        person = born(pack, random)
        answers = {each.id: answer(each, person, random) for each in order}
        stopped = start(pack, order)
        while not stopped.finished and not offers_stop(stopped):
            stopped = stopped.answer(answers[stopped.current.id])
        variants = (answers, dict(stopped.answers), {q: o for q, o in answers.items() if q in short})
        true, full = truly_first(pack, person, profile), ""
        for n, each in enumerate(variants):
            leader = rank(pack, sheet(pack, each)).matches[0].path.id
            full = full or leader
            asked[n] += len(each)
            agreed[n] += leader == full
            right[n] += leader == true
    rows = (
        (
            name,
            f"{count / people:.1f}",
            f"{1 - count / people / len(order):.0%}",
            f"{same / people:.3f}",
            f"{hit / people:.3f}",
        )
        for name, count, same, hit in zip(
            ("every question", "stopped at the offer", "--short"), asked, agreed, right, strict=True
        )
    )
    print(f"{people:,} simulated people\n")
    print(table(("quiz", "questions", "saved", "the full quiz's winner", "right"), rows))


if __name__ == "__main__":
    main()
