"""Paths or tracks side by side: topics as rows, so that one reads across."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len
from rich.text import Text

from pathfinder.show.colours import terminal_colour
from pathfinder.show.terminal.canvas import LABEL, hanging, paragraph, plain, section, suggestion, table
from pathfinder.show.terminal.pager import show_page
from pathfinder.show.terminal.paths import half_days_drawing, level_drawing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    from pathfinder.pack import Pack, Track
    from pathfinder.pack.comparison import Comparison, Point, Row, Topic
    from pathfinder.show.terminal.canvas import Canvas

_LABEL_WIDEST: Final = 20
_NUMBER_COLUMN: Final = 14
_LEVEL_COLUMN: Final = 10
_TEXT_COLUMN: Final = 16
_GAP: Final = 2


class Column(NamedTuple):
    """A path's name and colour at the head of a column."""

    name: str
    colour: str

    @property
    def title(self) -> Text:
        """The name in its colour."""
        return Text(self.name, style=f"bold {self.colour}".strip())


def print_comparison(
    pack: Pack, paths: Sequence[Track], comparison: Comparison, command: str, *, spoken: bool = False
) -> None:
    """Print a comparison; `command` shows one of the paths in full."""
    show_page(lambda drawn: _draw(drawn, pack, paths, comparison, command), spoken=spoken)


def _draw(drawn: Canvas, pack: Pack, paths: Sequence[Track], comparison: Comparison, command: str) -> None:
    columns = [Column(path.name, terminal_colour(pack, path)) for path in paths]
    for column, path in zip(columns, paths, strict=True):
        paragraph(drawn, Text.assemble(column.title, f"  {path.summary}"))
    you = [Column("You", "")] if any(row.mine is not None for row in comparison.profile) else []
    for title, note, rows, heads, width in (
        ("A typical week", "in half-days", comparison.week, columns, _NUMBER_COLUMN),
        ("Profile", "-2 asks for little of it, +2 asks for much", comparison.profile, [*columns, *you], _LEVEL_COLUMN),
        ("Facts", "", comparison.facts, columns, _TEXT_COLUMN),
        ("Pros and challenges", "+ speaks for the path, - against it", comparison.topics, columns, _TEXT_COLUMN),
    ):
        if rows:
            section(drawn, title, note)
            _rows(drawn, heads, rows, width)
    drawn.print()
    suggestion(drawn, "The reasons in full, with sources, tracks, and next steps", command)


def _rows(drawn: Canvas, columns: Sequence[Column], rows: Sequence[Row] | Sequence[Topic], width: int) -> None:
    words = [word for text in (*(each.name for each in columns), *_written(rows)) for word in text.split()]
    least = max(width, *(cell_len(each) + _GAP for each in words)) + _GAP
    longest = max(cell_len(word) for row in rows for word in row.label.split())
    labels = max(longest, min(_LABEL_WIDEST, max(cell_len(row.label) for row in rows)))
    if drawn.spoken or labels + len(columns) * least > drawn.width - _GAP:
        _stacked(drawn, columns, rows, width)
        return
    sheet = table(ascii_only=plain(drawn))
    sheet.add_column("", width=labels, style=LABEL, overflow="fold")
    for column in columns:
        sheet.add_column(column.title, ratio=1, overflow="fold")
    for row in rows:
        cells = zip(columns, _cells(row), strict=True)
        sheet.add_row(Text(row.label), *(_cell(drawn, row, column, cell) for column, cell in cells))
    sheet.expand = True
    drawn.print(sheet)


def _written(rows: Sequence[Row] | Sequence[Topic]) -> Iterable[str]:
    for row in rows:
        for cell in row.cells:
            yield from (
                [cell] if isinstance(cell, str) else (each.text for each in cell) if isinstance(cell, tuple) else ()
            )


def _cells(row: Row | Topic) -> list[str | float | tuple[Point, ...] | None]:
    mine = getattr(row, "mine", None)
    # A level of a path is somebody's choice, the person's own is a quotient: more digits would claim too much.
    return [*row.cells, *([] if mine is None else [round(mine, 1)])]


def _cell(
    drawn: Canvas, row: Row | Topic, column: Column, cell: str | float | tuple[Point, ...] | None
) -> RenderableType:
    if isinstance(cell, tuple):
        return hanging((Text(each.sign, style=f"bold {column.colour}"), Text(each.text)) for each in cell)
    return _short(drawn, row, column, cell)


def _short(drawn: Canvas, row: Row | Topic, column: Column, cell: str | float | None) -> Text:
    if cell is None or isinstance(cell, str):
        return Text(cell or "")
    total: float = getattr(row, "total", 0.0)
    return half_days_drawing(drawn, cell, total, column.colour) if total else level_drawing(drawn, cell)


def _stacked(drawn: Canvas, columns: Sequence[Column], rows: Sequence[Row] | Sequence[Topic], width: int) -> None:
    longest = max(cell_len(each.name) for each in columns)
    straight = not drawn.spoken and longest + _GAP + width + _GAP <= drawn.width
    for row in rows:
        paragraph(drawn, Text(row.label, style=LABEL))
        for column, cell in zip(columns, _cells(row), strict=True):
            if isinstance(cell, tuple):
                for each in cell:
                    sign = {"+": "pro", "-": "challenge"}[each.sign] if drawn.spoken else each.sign
                    _named(drawn, column, Text(f"{sign}: {each.text}" if drawn.spoken else f"{sign} {each.text}"))
            elif cell is not None:
                # Drawings stand one below the other.
                gap = longest - cell_len(column.name) if straight and not isinstance(cell, str) else 0
                _named(drawn, column, _short(drawn, row, column, cell), gap)


def _named(drawn: Canvas, column: Column, said: Text, gap: int = 0) -> None:
    paragraph(drawn, Text.assemble(column.title, ": ", " " * gap, said), indent=2)
