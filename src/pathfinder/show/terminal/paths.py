"""A path, or a track of one, in full."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from rich.text import Text

from pathfinder.pack import CareerPath
from pathfinder.show.colours import terminal_colour
from pathfinder.show.terminal.canvas import (
    HEADING,
    LABEL,
    QUIET,
    READING_WIDTH,
    SIDE_BY_SIDE_FROM,
    bar,
    hanging,
    headline,
    level,
    listing,
    number,
    paragraph,
    plain,
    section,
    table,
)
from pathfinder.show.terminal.pager import show_page
from pathfinder.show.terminal.sources import Cited
from pathfinder.text import command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pathfinder.pack import NextStep, Pack, Statement, Track
    from pathfinder.show.terminal.canvas import Canvas

WEEK_BAR: Final = 10


def print_path(pack: Pack, path: Track) -> None:
    """Print everything the pack says about one path or track."""
    show_page(lambda drawn: _draw(drawn, pack, path))


def _draw(drawn: Canvas, pack: Pack, path: Track) -> None:
    cited, colour = Cited(drawn, pack), terminal_colour(pack, path)
    headline(drawn, path.name, path.id, colour)
    paragraph(drawn, path.summary)
    if path.week:
        section(drawn, "A typical week", "in half-days")
        listing(drawn, _week(drawn, path, colour))
    section(drawn, "Profile", "from -2, asks for little of it, to +2, asks for much")
    levels = ((pack.dimension_by_id[d], each) for d, each in path.profile.items() if each)
    listing(drawn, ((level_drawing(drawn, each), Text(d.name)) for d, each in levels))
    if path.facts:
        section(drawn, "Facts")
    for fact in path.facts:
        paragraph(drawn, Text.assemble((fact.label, LABEL), (f": {fact.value}" if fact.value else "", HEADING)))
        paragraph(drawn, Text.assemble(fact.text, cited.numbers(fact.sources)), indent=2)
    _statements(drawn, path, cited)
    if isinstance(path, CareerPath) and path.tracks:
        section(drawn, "Tracks", f"each in full: {command('show')} TRACK")
        entries = ((track, Text(track.name, style=HEADING)) for track in path.tracks)
        listing(drawn, ((" *", name.append(f"  {each.id}\n", QUIET).append(each.summary)) for each, name in entries))
    if path.next_steps:
        section(drawn, "Next steps")
        next_steps(drawn, path.next_steps, cited.numbers)
    cited.section()


def _week(drawn: Canvas, path: Track, colour: str) -> Iterable[tuple[Text, Text]]:
    total = sum(path.week.values())
    for activity, half_days in path.week.items():
        yield half_days_drawing(drawn, half_days, total, colour), Text(activity.replace("-", " "))


def half_days_drawing(drawn: Canvas, half_days: float, total: float, colour: str) -> Text:
    """Return half-days of a week as a bar and a number."""
    drawing = "" if drawn.spoken else f"{bar(half_days / total, WEEK_BAR, ascii_only=plain(drawn))} "
    return Text.assemble((drawing, colour), f"{half_days:g}")


def level_drawing(drawn: Canvas, value: float) -> Text:
    """Return a level as a bar and a number, or as a number where it will be heard."""
    return Text(number(value) if drawn.spoken else level(value, ascii_only=plain(drawn)))


def _statements(drawn: Canvas, path: Track, cited: Cited) -> None:
    def items(sign: str, statements: Sequence[Statement]) -> list[tuple[Text, Text]]:
        return [(Text(sign, style=HEADING), statement_text(statement, cited)) for statement in statements]

    if path.pros or path.challenges:
        drawn.print()
        two_columns(drawn, ("Pros", "Challenges"), items("+", path.pros), items("-", path.challenges))


def statement_text(statement: Statement, cited: Cited) -> Text:
    """Return a statement with all it has to say: headline, text, what it rests on, and its sources."""
    numbers = cited.numbers(statement.sources)
    if not statement.headline:
        return Text.assemble(statement.text, numbers)
    text = Text.assemble((statement.headline, HEADING), "\n", statement.text)
    if statement.more:
        text.append(f" {statement.more}", QUIET)
    return text.append_text(numbers)


def two_columns(
    drawn: Canvas,
    titles: tuple[str, str],
    pros: Sequence[tuple[Text, Text]],
    challenges: Sequence[tuple[Text, Text]],
) -> None:
    """Print what speaks for and against in two columns, or one beneath the other where they would be narrow.

    Each entry is a sign and a text.
    """
    if drawn.width < SIDE_BY_SIDE_FROM or drawn.spoken:
        for title, entries in zip(titles, (pros, challenges), strict=True):
            if entries:
                paragraph(drawn, Text(title, style=HEADING))
                listing(drawn, entries, indent=1)
        return
    sheet = table(ascii_only=plain(drawn))
    for title in titles:
        sheet.add_column(title, ratio=1, overflow="fold")
    for pair in zip_longest(pros, challenges):
        sheet.add_row(*(hanging([each]) if each else Text() for each in pair))
    sheet.expand = True
    drawn.print(sheet, width=min(drawn.width, READING_WIDTH + 20))


def next_steps(drawn: Canvas, steps: Sequence[NextStep], numbers: Callable[[Sequence[str]], Text]) -> None:
    """Print next steps under the time by which to take them."""
    for when in dict.fromkeys(each.when for each in steps):
        paragraph(drawn, Text(when[:1].upper() + when[1:], style=LABEL))
        rows = [
            (" >", Text.assemble(each.text, (f" {each.more}" if each.more else "", QUIET), numbers(each.sources)))
            for each in steps
            if each.when == when
        ]
        listing(drawn, rows)
