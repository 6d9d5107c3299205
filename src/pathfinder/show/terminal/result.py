"""A result on screen: the first screen, one section after the other, or all of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rich.table import Table
from rich.text import Text

from pathfinder.show.changing import turning
from pathfinder.show.colours import TERMINAL
from pathfinder.show.outline import outline
from pathfinder.show.terminal import first_screen as front
from pathfinder.show.terminal.canvas import (
    HEADING,
    LABEL,
    QUIET,
    TABLE_FROM,
    bar,
    console,
    listing,
    paragraph,
    plain,
    section,
    suggestion,
)
from pathfinder.show.terminal.pager import show_page
from pathfinder.show.terminal.paths import two_columns
from pathfinder.text import command

if TYPE_CHECKING:
    from collections.abc import Callable

    from pathfinder.result import Result
    from pathfinder.result.answer_changes import Turn
    from pathfinder.show.parts import Change, Help, Line, Outline, Part, Portrait, Turning, Why
    from pathfinder.show.terminal.canvas import Canvas

SHOWN: Final = 5
"""So many pros, and so many challenges, of a path are printed; the rest is behind `show`."""

_BAR: Final = 10


def first_screen(result: Result, *, spoken: bool = False, lines: int | None = None) -> None:
    """Print the first screen, in at most so many `lines` where the window is wide enough for that."""
    front.draw(console(spoken=spoken), outline(result), lines=lines)


def show_section(result: Result, name: str, *, spoken: bool = False, option: str = "") -> None:
    """Print one section of the menu; `option` is what a further command needs to read the same pack."""
    told = outline(result)
    show_page(lambda page: _SECTIONS[name](page, told, option), spoken=spoken)


def full(
    result: Result,
    *,
    spoken: bool = False,
    option: str = "",
    saved: str | None = None,
    asked: tuple[str, Turn | None] | None = None,
) -> None:
    """Print everything: the first screen, every section, and what was `asked` by --what-if."""
    told = outline(result)

    def draw(page: Canvas) -> None:
        helping = told.help is not None and told.change is None
        # What helps stands in a section of its own, the first one.
        front.draw(page, replace(told, help=None) if helping else told)
        for name, _ in sorted(told.sections, key=lambda each: each[0] != "change" or not helping):
            _SECTIONS[name](page, told, option)
        if asked:
            _what_if(page, result, told, *asked)
        page.print()
        paragraph(page, Text(told.limits, style=QUIET))
        if result.ranking.standing:
            top = result.ranking.standing[0].path.id
            suggestion(page, "Sources with links", f"{command('show', top)}{option}")
        if saved:
            paragraph(page, Text(saved, style=QUIET))

    show_page(draw, spoken=spoken)


def what_if(result: Result, path: str, turn: Turn | None, *, spoken: bool = False) -> None:
    """Print one way to put a path first, or that there is none."""
    _what_if(console(spoken=spoken), result, None, path, turn)


def _what_if(drawn: Canvas, result: Result, told: Outline | None, path: str, turn: Turn | None) -> None:
    name = result.pack.path_by_id[path].name
    section(drawn, f"What if: {name}")
    if turn is None:
        paragraph(drawn, f"Changing answers alone would not put {name} first.")
        return
    if not turn.changes:
        paragraph(drawn, f"{name} is first already.")
        return
    found = turning(result.pack, turn)
    if told and told.change and any(each.changes == found.changes for each in told.change.turnings):
        paragraph(drawn, f"The answers named under \u201c{told.change.title}\u201d would put {name} first.")
    else:
        _turning(drawn, found)


def _why(drawn: Canvas, told: Outline, _option: str) -> None:
    for each in (told.fits, told.against):
        if each:
            section(drawn, each.title, each.note)
            _reasons(drawn, each)


def _reasons(drawn: Canvas, why: Why) -> None:
    if drawn.spoken or drawn.width < TABLE_FROM:
        for part in why.parts:
            share = f"{part.share}: " if part.share else f"For {why.first if part.speaks_for else why.other}: "
            listing(drawn, [("-", Text.assemble((share, HEADING), _subject(part)))])
        if why.rest:
            listing(drawn, [("-", Text.assemble((f"{why.rest}: ", HEADING), "everything else"))])
        return
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    widest = max(part.width for part in why.parts)
    for part in why.parts:
        drawing = bar(part.width / widest, _BAR, ascii_only=plain(drawn))
        mark = part.share or ("+" if part.speaks_for else "-")
        grid.add_row(Text(mark, style=HEADING), drawing, _subject(part))
    if why.rest:
        grid.add_row(Text(why.rest, style=HEADING), "", "Everything else")
    drawn.print(grid, width=min(drawn.width, front.WIDEST))
    if not why.rest and why.other:
        paragraph(drawn, Text(f"+ speaks for {why.first}, - for {why.other}", style=QUIET))


def _subject(part: Part) -> Text:
    text = Text(part.name, style=HEADING)
    if part.priority:
        text.append(" (matters most to you)")
    answers = "; ".join(f"{question}: {answer}" for question, answer in part.answers)
    return text.append(f"\n{answers}", QUIET) if answers else text


def _pros(drawn: Canvas, told: Outline, option: str) -> None:
    marked = any(line.own for portrait in told.portraits for line in (*portrait.pros, *portrait.challenges))
    for each in told.portraits:
        legend = "" if drawn.spoken or not marked else f"{front.star(drawn)} touches what you want"
        drawn.print()
        paragraph(drawn, Text.assemble((each.name, f"bold {TERMINAL[each.colour]}"), (f"  {legend}", QUIET)))
        _portrait(drawn, each, option)


def _portrait(drawn: Canvas, portrait: Portrait, option: str) -> None:
    sides = [
        [(front.sign_of(drawn, sign, each), _statement(drawn, each)) for each in lines[:SHOWN]]
        for sign, lines in (("+", portrait.pros), ("-", portrait.challenges))
    ]
    two_columns(drawn, ("Pros", "Challenges"), sides[0], sides[1])
    more = max(0, len(portrait.pros) - SHOWN) + max(0, len(portrait.challenges) - SHOWN)
    if more:
        suggestion(drawn, f"{more} more, with sources", f"{command('show', portrait.path)}{option}")


def _statement(drawn: Canvas, line: Line) -> Text:
    heard = front.heard(line) if drawn.spoken else ""
    if not line.headline:
        return Text(line.text + heard)
    return Text.assemble((line.headline, HEADING), f".{heard}" if drawn.spoken else "", f"\n{line.text}")


def _change(drawn: Canvas, told: Outline, _option: str) -> None:
    if told.change:
        _changing(drawn, told.change)
    if told.help:
        if told.change:
            drawn.print()
        else:
            section(drawn, "What would help")
        _helping(drawn, told.help)


def _changing(drawn: Canvas, change: Change) -> None:
    section(drawn, change.title)
    for each in change.turnings:
        _turning(drawn, each)
    for said in change.paragraphs:
        paragraph(drawn, said)
    listing(drawn, ((" *", Text(sentence)) for sentence in change.thresholds))


def _turning(drawn: Canvas, turn: Turning) -> None:
    paragraph(drawn, turn.heading)
    listing(drawn, ((" *", Text(change)) for change in turn.changes))


def _helping(drawn: Canvas, found: Help) -> None:
    paragraph(drawn, found.text)
    if found.lead:
        paragraph(drawn, found.lead)
    listing(drawn, ((f" {number}.", Text(each)) for number, each in enumerate(found.questions, start=1)))


def _tracks(drawn: Canvas, told: Outline, _option: str) -> None:
    for group in told.tracks:
        section(drawn, f"{group.name}: which kind?", "ranked by the same answers; take the order lightly")
        for track in group.tracks:
            title = Text.assemble(
                (track.name, f"bold {TERMINAL[track.colour]}"), (f"  match {track.match or 0:.0f}", QUIET)
            )
            listing(drawn, [(f" {track.rank}.", title.append(f"\n{track.summary}"))])


def _steps(drawn: Canvas, told: Outline, _option: str) -> None:
    for steps in told.steps:
        section(drawn, f"Next steps: {steps.path}")
        for group in steps.groups:
            paragraph(drawn, Text(group.name, style=LABEL))
            listing(drawn, ((" >", Text.assemble(each.text, (f" {each.more or ''}", QUIET))) for each in group.lines))


_SECTIONS: Final[dict[str, Callable[[Canvas, Outline, str], None]]] = {
    "why": _why,
    "pros": _pros,
    "change": _change,
    "tracks": _tracks,
    "steps": _steps,
}
