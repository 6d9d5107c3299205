"""The screen that a person is left with: verdict, ranking, why it fits and what to watch, what would change it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from pathfinder.show.colours import TERMINAL
from pathfinder.show.terminal.canvas import (
    HEADING,
    QUIET,
    TABLE_FROM,
    bar,
    hanging,
    listing,
    paragraph,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from pathfinder.show.parts import Glance, Line, Outline, Standing
    from pathfinder.show.terminal.canvas import Canvas

WIDEST: Final = 120
RANKED: Final = 5
"""So many paths have a line of their own; the rest is named in one more."""

_BAR: Final = 12
_PANEL_TITLE: Final = 6


def draw(drawn: Canvas, told: Outline, *, lines: int | None = None) -> None:
    """Print the first screen, in at most so many `lines` where the window is wide enough for that."""
    if drawn.spoken or drawn.width < TABLE_FROM:
        _stacked(drawn, told)
        return
    width = min(drawn.width, WIDEST)
    parts: list[RenderableType] = []
    # What goes first when room is short: half of a sentence, then headlines, then the rest of the sentence.
    for wants, least in ((told.wants, 2), (told.wanted, 2), (told.wanted, 1), (None, 2), (None, 1)):
        parts = _parts(drawn, replace(told, wants=wants), width, lines, least)
        if lines is None or _height(drawn, parts, width) <= lines:
            break
    for each in parts:
        drawn.print(each, width=width)


def _parts(drawn: Canvas, told: Outline, width: int, lines: int | None, least: int) -> list[RenderableType]:
    above: list[RenderableType] = [_panel(drawn, told), _ranking(drawn, told, width)]
    below: list[RenderableType] = [Text(each) for each in _closing(drawn, told)]
    room = None if lines is None else lines - _height(drawn, [*above, *below], width) - 1
    return [*above, *([_glance(drawn, told.glance, width, room, least)] if told.glance else []), *below]


def _height(drawn: Canvas, parts: Sequence[RenderableType], width: int) -> int:
    options = drawn.options.update(width=width)
    return sum(len(drawn.render_lines(each, options)) for each in parts)


def _title(told: Outline) -> str:
    asked, _, of = told.basis.partition(" of ")
    whole = of.startswith(f"{asked} ") or asked in told.said.rest.split()
    return told.said.head if whole else f"{told.said.head} ({told.basis})"


def _panel(drawn: Canvas, told: Outline) -> Panel:
    body = Text("\n").join(Text(each) for each in (told.said.rest, told.wants) if each)
    hunch = told.hunch if told.hunch and _beneath(drawn, told.hunch) else ""
    return Panel(
        body,
        title=Text(_title(told), style=_lead_style(told)),
        title_align="left",
        subtitle=Text(hunch) if hunch else None,
        subtitle_align="left",
        padding=(0, 1),
    )


def _lead_style(told: Outline) -> str:
    leading = next((each for each in told.ranking if each.leads), None)
    return f"{HEADING} {TERMINAL[leading.colour]}" if leading else HEADING


def _beneath(drawn: Canvas, hunch: str) -> bool:
    return cell_len(hunch) + _PANEL_TITLE <= min(drawn.width, WIDEST)


def _ranking(drawn: Canvas, told: Outline, width: int) -> Table:
    grid = Table.grid(padding=(0, 1))
    for _ in range(4):
        grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    names = max(cell_len(each.name) for each in told.ranking[:RANKED])
    for each in told.ranking[:RANKED]:
        drawing = Text(bar((each.match or 0.0) / 100, _BAR, ascii_only=plain(drawn)), style=TERMINAL[each.colour])
        style = f"bold {TERMINAL[each.colour]}" if each.leads else TERMINAL[each.colour]
        name = Text(each.name, style=QUIET if each.reason else style)
        room = width - names - _BAR - 10
        best = f"best as {each.best_as}" if each.best_as and cell_len(each.best_as) + 8 <= room else ""
        note = f"ruled out: {each.reason}" if each.reason else best
        numbers = ("", "") if each.match is None else (drawing, Text(f"{each.match:.0f}"))
        grid.add_row(f"{each.rank}." if each.rank else "-", name, *numbers, Text(note))
    rest = [each.name if each.match is None else f"{each.name} {each.match:.0f}" for each in told.ranking[RANKED:]]
    if rest:
        grid.add_row("", Text(f"and {len(rest)} more", style=QUIET), "", "", Text(", ".join(rest), style=QUIET))
    return grid


def _glance(drawn: Canvas, glance: Glance, width: int, lines: int | None, least: int) -> Table:
    sheet = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    sheet.expand = True
    for _ in glance.titles:
        sheet.add_column(ratio=1, overflow="fold")
    # A gap of two behind each column, and the signs with a space before each headline.
    room = width // len(glance.titles) - 5
    sheet.add_row(*(Text(each, style=HEADING) for each in glance.titles))
    sheet.add_row(*(_stack(drawn, each, room, lines, least) for each in glance.columns))
    return sheet


def _stack(
    drawn: Canvas, column: Sequence[tuple[str, Line]], room: int, lines: int | None, least: int
) -> RenderableType:
    used, kept = 0, []
    for number, (sign, each) in enumerate(column):
        text = Text(each.short)
        used += len(text.wrap(drawn, room))
        if lines is not None and used > lines and number >= least:
            break
        kept.append((sign_of(drawn, sign, each), text))
    return hanging(kept)


def sign_of(drawn: Canvas, sign: str, line: Line) -> Text:
    """Return "+" or "-" and, where the line touches what the person wants, a star."""
    return Text(f"{sign}{star(drawn) if line.own and not drawn.spoken else ' '}", style=HEADING)


def star(drawn: Canvas) -> str:
    """Return the sign of what touches the person."""
    return "*" if plain(drawn) else "\u2605"


def heard(line: Line) -> str:
    """Return what is said behind a line that touches what the person wants."""
    return " This matters to you." if line.own else ""


def _closing(drawn: Canvas, told: Outline) -> Iterator[str]:
    yield from told.remarks
    if told.change:
        yield told.change.brief
    elif told.help:
        yield told.help.text
        if told.help.topics:
            yield told.help.lead
            yield from (f" {number}. {each}" for number, each in enumerate(told.help.topics, start=1))
    if told.hunch and (drawn.spoken or drawn.width < TABLE_FROM or not _beneath(drawn, told.hunch)):
        yield told.hunch


def _stacked(drawn: Canvas, told: Outline) -> None:
    paragraph(drawn, Text(_title(told), style=_lead_style(told)))
    for each in (told.said.rest, told.wants):
        if each:
            paragraph(drawn, each)
    drawn.print()
    for standing in told.ranking:
        listing(drawn, [(f"{standing.rank or '-':>2}", _ranked(drawn, standing))])
    if told.glance:
        for title, column in zip(told.glance.titles, told.glance.columns, strict=True):
            drawn.print()
            paragraph(drawn, Text(title, style=HEADING))
            if drawn.spoken:
                words = {"+": "Pro:", "-": "Challenge:"}
                listing(drawn, ((words[sign], Text(f"{each.short}.{heard(each)}")) for sign, each in column))
            else:
                listing(drawn, ((sign_of(drawn, sign, each), Text(each.short)) for sign, each in column))
    drawn.print()
    for said in _closing(drawn, told):
        paragraph(drawn, said)


def _ranked(drawn: Canvas, each: Standing) -> Text:
    name = Text(each.name, style="" if drawn.spoken else TERMINAL[each.colour])
    if each.match is None:
        said = name
    else:
        drawing = "match" if drawn.spoken else bar(each.match / 100, _BAR, ascii_only=plain(drawn))
        said = name.append(f"\n{drawing} {each.match:.0f}")
    if each.reason:
        return said.append(f"\nruled out: {each.reason}")
    return said.append(f"\nbest as {each.best_as}") if each.best_as else said
