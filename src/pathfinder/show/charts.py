"""The report's drawings as positions in 0..100, so that they stretch with the page without any script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypedDict

from pathfinder.result import comparison
from pathfinder.show.parts import Mark, Slice, Week, Wish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathfinder.result import Result
    from pathfinder.result.comparison import Comparison, Row

DRAWN: Final = 5
"""So many paths have a mark of their own; more would hide one another. The words name all of them."""

LOWEST, SPAN = -2.0, 4.0
APART: Final = 4.0
"""Marks closer than this, in hundredths of the scale, stand above one another."""


class Wishes(TypedDict):
    """The fields of a page that show preferences."""

    drawn: tuple[str, ...]
    wishes: tuple[Wish, ...]


class Weeks(TypedDict):
    """The fields of a page that show weeks."""

    activities: tuple[str, ...]
    weeks: tuple[Week, ...]


def wishes(result: Result) -> Wishes:
    """Return what the answers say on each dimension beside what the paths offer, best path first."""
    said = result.ranking.evidence.wishes
    names = [each.path.name for each in result.ranking.matches]
    weights = {each.id: m for each, m in zip(said.dimensions, said.importance, strict=True)}
    asked = {said.dimensions[d].id for term in said.terms for d in term.reading.places}
    rows = _compared(result).profile
    return Wishes(
        drawn=tuple(names[:DRAWN]),
        wishes=tuple(_wish(each, names, weights[each.key], asked=each.key in asked) for each in rows),
    )


def weeks(result: Result) -> Weeks:
    """Return the typical weeks, all on the scale of the longest."""
    rows = _compared(result).week
    return Weeks(
        activities=tuple(each.label for each in rows),
        weeks=tuple(
            _week(each.path.name, rows, column)
            for column, each in enumerate(result.ranking.matches)
            if any(row.cells[column] for row in rows)
        ),
    )


def _compared(result: Result) -> Comparison:
    mine = {name: each.value for name, each in result.wishes.items()}
    by_id = result.pack.path_by_id
    return comparison.compare(result.pack, [by_id[each.path.id] for each in result.ranking.matches], mine=mine)


def _wish(row: Row, names: Sequence[str], weight: float, *, asked: bool) -> Wish:
    levels = [each if isinstance(each, (int, float)) else 0.0 for each in row.cells]
    marks: list[Mark] = []
    for path, each in enumerate(levels[:DRAWN]):
        at = _along(each)
        taken = {mark.lane for mark in marks if abs(mark.at - at) < APART}
        marks.append(Mark(path=path, at=at, lane=next(lane for lane in range(DRAWN) if lane not in taken)))
    mine = row.mine if asked else None
    said = "no answer" if mine is None else _level(mine)
    return Wish(
        name=row.label,
        mine=None if mine is None else _along(mine),
        weight={0.0: "does not matter to you", 1.0: ""}.get(weight, "matters most to you"),
        marks=tuple(marks),
        lanes=1 + max((each.lane for each in marks), default=0),
        text="; ".join(
            [f"you: {said}", *(f"{name}: {_level(each)}" for name, each in zip(names, levels, strict=True))]
        ),
    )


def _along(level: float) -> float:
    return round(100 * (level - LOWEST) / SPAN, 2)


def _level(level: float) -> str:
    return f"{round(level, 1):+g}".replace("-", "\u2212") if round(level, 1) else "0"


def _week(path: str, rows: Sequence[Row], column: int) -> Week:
    start, slices = 0.0, []
    for kind, row in enumerate(rows):
        cell = row.cells[column]
        if isinstance(cell, (int, float)) and cell > 0:
            width = 100 * cell / row.total
            slices.append(
                Slice(kind=kind, name=row.label, amount=f"{cell:g}", start=round(start, 3), width=round(width, 3))
            )
            start += width
    return Week(path=path, slices=tuple(slices))
