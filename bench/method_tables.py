"""Measure everything that docs/method.md says was measured, and write its tables there.

Run from the checkout, with numpy: python bench/method_tables.py [PEOPLE] (a minute or two of work for the usual 20,000).
A table is known by its first line: one that the page lacks is printed, and it is an error.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import blend
import calibration
import early_stop
import length
from people import ROOT, table

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = ROOT / "docs" / "method.md"
PEOPLE = 20_000


def tables(people: int) -> Iterator[str]:
    """Yield all tables."""
    shares = blend.shares(people)
    yield table(blend.HEAD, ((name, *(f"{each:.3f}" for each in row)) for name, row in shares.items()))
    yield from calibration.tables(people)
    yield from early_stop.tables(people // 2)
    yield from length.tables(people)


def replaced(page: str, new: str) -> str:
    """Return the page with the table of the same first line changed; raises KeyError when it has none."""
    lines, head = page.splitlines(), new.splitlines()[0]
    if head not in lines:
        raise KeyError(head)
    start = end = lines.index(head)
    while end < len(lines) and lines[end].startswith("|"):
        end += 1
    return "\n".join([*lines[:start], *new.splitlines(), *lines[end:]]) + "\n"


def main() -> int:
    """Write the tables into the page."""
    page, missing = PAGE.read_text(encoding="utf-8"), 0
    for each in tables(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE):
        print(each, end="\n\n", flush=True)
        try:
            page = replaced(page, each)
        except KeyError:
            missing += 1
            print("^ the page has no such table\n", file=sys.stderr)
    PAGE.write_text(page, encoding="utf-8")
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
