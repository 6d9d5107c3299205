"""Long lists in low windows: two columns, so that what stands above them stays in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pathfinder.ask.wrapping import columns

if TYPE_CHECKING:
    from collections.abc import Sequence

FROM: Final = 6
"""Shorter lists are never folded."""

PART: Final = 3
"""A list is folded when it takes more than one in so many of the window's lines."""

BEFORE: Final = 6
"""Columns before a title: the pointer, a digit and two spaces."""

GAP: Final = 3


def rows(count: int) -> int:
    """Return how many lines a folded list of so many choices takes."""
    return (count + 1) // 2


def left_column(titles: Sequence[str], width: int, lines: int) -> int:
    """Return how wide the first of two columns is, pointers and digits included; 0 where one column is to do."""
    count = len(titles)
    if count < FROM or PART * count <= lines or any("\n" in title for title in titles):
        return 0
    wide = [BEFORE + columns(title) for title in titles]
    left = max(wide[: rows(count)]) + GAP
    return left if left + max(wide[rows(count) :]) < width else 0


def height(titles: Sequence[str], width: int, lines: int) -> int:
    """Return how many lines a list takes in a window of this size."""
    return rows(len(titles)) if left_column(titles, width, lines) else len(titles)
