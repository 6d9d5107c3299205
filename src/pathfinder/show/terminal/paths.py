"""Paths on screen: one in full, or any number side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.text import Text

from pathfinder.show.terminal.canvas import (
    BAD,
    GOOD,
    HEADING,
    LABEL,
    bar,
    console,
    headline,
    level,
    listing,
    number,
    paragraph,
    plain,
    section,
    suggestion,
    table,
)
from pathfinder.show.terminal.sources import bibliography, cited

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from pathfinder.pack import CareerPath, Pack, Statement, Track
    from pathfinder.result.comparison import Comparison, Row
    from pathfinder.show.terminal.canvas import Canvas

_LABEL_WIDTH: Final = 22
_LABEL_WIDEST: Final = 30
_LEVEL_COLUMN: Final = 10
_WEEK_COLUMN: Final = 14
_TEXT_COLUMN: Final = 26
_WEEK_BAR: Final = 10


def show(pack: Pack, path: CareerPath) -> None:
    """Print everything the pack says about one path."""
    drawn = console()
    used = list(_page(drawn, pack, path))
    for track in path.tracks:
        section(drawn, f"Track: {track.name}", track.id)
        paragraph(drawn, track.summary)
        used += _statements(drawn, track)
    if path.next_steps:
        section(drawn, "Next steps")
        used += next_steps(drawn, path)
    bibliography(drawn, used, pack.source_by_id)


def _page(drawn: Canvas, pack: Pack, path: CareerPath) -> Iterable[str]:
    headline(drawn, path.name, path.id)
    paragraph(drawn, path.summary)
    if path.week:
        section(drawn, "A typical week", "in half-days")
        listing(drawn, _week(drawn, path))
    section(drawn, "Profile", "from -2, asks for little of it, to +2, asks for much")
    levels = ((pack.dimension_by_id[d], each) for d, each in path.profile.items() if each)
    listing(drawn, ((_level(drawn, each), Text(d.name)) for d, each in levels))
    if path.facts:
        section(drawn, "Facts")
    for fact in path.facts:
        drawn.print(Text(fact.label, style=LABEL))
        paragraph(drawn, cited(fact.text, fact.sources), indent=2)
        yield from fact.sources
    yield from _statements(drawn, path)


def _week(drawn: Canvas, path: Track) -> Iterable[tuple[str, Text]]:
    total = sum(path.week.values())
    for activity, half_days in path.week.items():
        yield _share(drawn, half_days, total), Text(activity.replace("-", " "))


def _share(drawn: Canvas, half_days: float, total: float) -> str:
    drawing = "" if drawn.spoken else f"{bar(half_days / total, _WEEK_BAR, ascii_only=plain(drawn))} "
    return f"{drawing}{half_days:g}"


def _level(drawn: Canvas, value: float) -> str:
    return number(value) if drawn.spoken else level(value, ascii_only=plain(drawn))


def _statements(drawn: Console, track: Track) -> list[str]:
    for title, entries, mark, style in (("Pros", track.pros, "+", GOOD), ("Challenges", track.challenges, "-", BAD)):
        if entries:
            drawn.print(Text(title, style=style))
            statements(drawn, entries, mark)
    return [source for each in (*track.pros, *track.challenges) for source in each.sources]


def statements(drawn: Console, entries: Iterable[Statement], mark: str) -> None:
    """Print pros or challenges behind their mark."""
    listing(drawn, ((f" {mark}", cited(each.text, each.sources)) for each in entries))


def next_steps(drawn: Console, path: Track) -> list[str]:
    """Print next steps under the time by which to take them; return the sources they use."""
    times = dict.fromkeys(each.when for each in path.next_steps)
    for when in times:
        drawn.print(Text(when[:1].upper() + when[1:], style=LABEL))
        listing(drawn, ((" >", cited(each.text, each.sources)) for each in path.next_steps if each.when == when))
    return [source for each in path.next_steps for source in each.sources]


def compare(paths: Sequence[CareerPath], comparison: Comparison, option: str) -> None:
    """Print a comparison, each section as a table where its columns fit and stacked where they do not.

    `option` is what a further command needs to read the same pack.
    """
    drawn = console()
    names = [each.name for each in paths]
    for name, path in zip(names, paths, strict=True):
        drawn.print(Text(name, style=HEADING))
        paragraph(drawn, path.summary, indent=2)
    for title, note, rows, width in (
        ("A typical week", "in half-days", comparison.week, _WEEK_COLUMN),
        ("Profile", "-2 asks for little of it, +2 asks for much", comparison.profile, _LEVEL_COLUMN),
        ("Facts", "", comparison.facts, _TEXT_COLUMN),
        ("Pros", "", comparison.pros, _TEXT_COLUMN),
        ("Challenges", "", comparison.challenges, _TEXT_COLUMN),
    ):
        if rows:
            section(drawn, title, note)
            _rows(drawn, names, rows, width)
    drawn.print()
    suggestion(drawn, "Sources, next steps and tracks", f"pathfinder show {paths[0].id}{option}")


def _rows(drawn: Canvas, names: Sequence[str], rows: Sequence[Row], width: int) -> None:
    columns = len(names) + (rows[0].mine is not None)
    words = [word for text in (*names, *_written(rows)) for word in text.split()]
    least = max(width, *map(cell_len, words))
    # Labels get what the columns leave.
    labels = max(_LABEL_WIDTH, min(_LABEL_WIDEST, drawn.width - 2 - columns * (least + 2)))
    fits = columns * (least + 2) <= drawn.width - labels - 2 and all(
        cell_len(word) <= labels for row in rows for word in row.label.split()
    )
    if fits and not drawn.spoken:
        _side_by_side(drawn, names, rows, labels)
    else:
        _stacked(drawn, names, rows)


def _written(rows: Sequence[Row]) -> Iterable[str]:
    return (cell for row in rows for cell in row.cells if isinstance(cell, str))


def _side_by_side(drawn: Canvas, names: Sequence[str], rows: Sequence[Row], labels: int) -> None:
    long_text = any(isinstance(cell, str) for row in rows for cell in row.cells)
    labelled = any(row.label for row in rows)
    sheet = table(ascii_only=plain(drawn), lines=long_text)
    if labelled:
        sheet.add_column("", max_width=labels, style=LABEL, overflow="fold")
    for name in names:
        sheet.add_column(Text(name), ratio=1, overflow="fold")
    if rows[0].mine is not None:
        sheet.add_column("You", ratio=1)
    for row in rows:
        mine = () if row.mine is None else (_mine(row),)
        label = (Text(row.label),) if labelled else ()
        sheet.add_row(*label, *(_cell(drawn, row, each) for each in (*row.cells, *mine)))
    sheet.expand = True
    drawn.print(sheet)


def _stacked(drawn: Canvas, names: Sequence[str], rows: Sequence[Row]) -> None:
    if not any(row.label for row in rows):
        for place, name in enumerate(names):
            said = [(" *", Text(cell)) for row in rows if isinstance(cell := row.cells[place], str)]
            if said:
                paragraph(drawn, Text(name, style=LABEL))
                listing(drawn, said)
        return
    for row in rows:
        paragraph(drawn, Text(row.label, style=LABEL))
        cells = [*zip(names, row.cells, strict=True), *([("You", _mine(row))] if row.mine is not None else [])]
        for name, cell in cells:
            if isinstance(cell, str) and cell:
                paragraph(drawn, Text.assemble((f"{name}: ", HEADING), cell), indent=2)
        numbers = [(_cell(drawn, row, cell).plain, Text(name)) for name, cell in cells if isinstance(cell, float | int)]
        listing(drawn, numbers, indent=2)


def _mine(row: Row) -> float:
    # A level of a path is somebody's choice, the person's own is a quotient: more digits would claim too much.
    return round(row.mine or 0.0, 1)


def _cell(drawn: Canvas, row: Row, cell: str | float | None) -> Text:
    if cell is None or isinstance(cell, str):
        return Text(cell or "")
    return Text(_share(drawn, cell, row.total) if row.total else _level(drawn, cell))
