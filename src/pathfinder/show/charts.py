"""The report's drawings as positions in 0..100, so that they stretch with the page without any script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pathfinder.pack.comparison import compare_paths
from pathfinder.show.colours import TERMINAL, colour_number
from pathfinder.show.page_parts import Mark, ScaleDrawing, Slice, Week

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pathfinder.pack.comparison import Comparison, Row
    from pathfinder.result import Result

DRAWN: Final = len(TERMINAL)
"""So many paths have a mark of their own; more would hide one another. The words name all of them."""

LOWEST, SPAN = -2.0, 4.0
APART: Final = 4.0
"""Marks closer than this, in hundredths of the scale, stand above one another."""


class Charts:
    """What a result's paths offer beside what the person wants, the best path first."""

    def __init__(self, result: Result) -> None:
        self._result = result
        self._compared = _compared(result)
        self.names = tuple(match.path.name for match in result.ranking.matches)
        self._colours = [colour_number(result.pack, match.path) for match in result.ranking.matches]

    @property
    def drawn(self) -> tuple[tuple[str, int], ...]:
        """The paths that have a mark, with the number of their color."""
        return tuple(zip(self.names, self._colours, strict=True))[:DRAWN]

    @property
    def activities(self) -> tuple[str, ...]:
        """What weeks are made of."""
        return tuple(row.label for row in self._compared.week)

    def scales(self) -> tuple[ScaleDrawing, ...]:
        """Return what the answers say on each dimension beside what the paths offer."""
        said = self._result.ranking.evidence.wishes
        weights = {each.id: m for each, m in zip(said.dimensions, said.importance, strict=True)}
        asked = {said.dimensions[d].id for term in said.terms for d in term.reading.places}
        return tuple(self._scale(row, weights[row.key], asked=row.key in asked) for row in self._compared.profile)

    def weeks(self, wanted: Mapping[str, float]) -> tuple[Week, ...]:
        """Return the typical weeks, all on the scale of the longest, after the wanted one where there is one."""
        rows = self._compared.week
        total = max((row.total for row in rows), default=0.0)
        weeks = [
            _week(name, rows, [row.cells[column] for row in rows], total)
            for column, name in enumerate(self.names)
            if any(row.cells[column] for row in rows)
        ]
        own = (
            [_week("Your answers", rows, [wanted.get(row.key, 0.0) for row in rows], total, own=True)] if wanted else []
        )
        return (*own, *weeks)

    def _scale(self, row: Row, weight: float, *, asked: bool) -> ScaleDrawing:
        levels = [each if isinstance(each, (int, float)) else 0.0 for each in row.cells]
        marks = _marks(levels, self._colours)
        mine = row.mine if asked else None
        said = "no answer" if mine is None else _level(mine)
        return ScaleDrawing(
            name=row.label,
            mine=None if mine is None else min(100.0, max(0.0, _along(mine))),
            weight={0.0: "does not matter to you", 1.0: ""}.get(weight, "matters most to you"),
            marks=marks,
            lanes=1 + max((mark.lane for mark in marks), default=0),
            text="; ".join(
                [f"you: {said}", *(f"{name}: {_level(each)}" for name, each in zip(self.names, levels, strict=True))]
            ),
        )


def _compared(result: Result) -> Comparison:
    mine = {name: each.value for name, each in result.wishes.items()}
    by_id = result.pack.path_by_id
    return compare_paths(result.pack, [by_id[match.path.id] for match in result.ranking.matches], mine=mine)


def _marks(levels: Sequence[float], colours: Sequence[int]) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    for level, colour in list(zip(levels, colours, strict=True))[:DRAWN]:
        at = _along(level)
        taken = {mark.lane for mark in marks if abs(mark.at - at) < APART}
        marks.append(Mark(colour=colour, at=at, lane=next(lane for lane in range(DRAWN) if lane not in taken)))
    return tuple(marks)


def _along(level: float) -> float:
    return round(100 * (level - LOWEST) / SPAN, 2)


def _level(level: float) -> str:
    return f"{round(level, 1):+g}".replace("-", "\u2212") if round(level, 1) else "0"


def _week(
    name: str, rows: Sequence[Row], cells: Sequence[str | float | None], total: float, *, own: bool = False
) -> Week:
    start, slices = 0.0, []
    for kind, (row, cell) in enumerate(zip(rows, cells, strict=True)):
        if isinstance(cell, (int, float)) and cell > 0:
            width = 100 * cell / total
            amount = f"{cell:g}"
            slices.append(Slice(kind=kind, name=row.label, amount=amount, start=round(start, 3), width=round(width, 3)))
            start += width
    return Week(path=name, slices=tuple(slices), own=own)
