"""Two people side by side on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from pathfinder.show.terminal.canvas import HEADING, QUIET, headline, listing, paragraph, records, section
from pathfinder.show.terminal.pager import show_page

if TYPE_CHECKING:
    from pathfinder.show.terminal.canvas import Canvas
    from pathfinder.show.two_people import TwoPeoplePage, TwoPeopleRow


def print_two_people(page: TwoPeoplePage, *, spoken: bool = False) -> None:
    """Print what came out for each, what differs and what that does, where both agree, and what to talk about."""
    show_page(lambda drawn: _draw(drawn, page), spoken=spoken)


def _draw(drawn: Canvas, page: TwoPeoplePage) -> None:
    one, other = page.names
    headline(drawn, f"{one}, {other}", page.title)
    for name, told in zip(page.names, page.outcomes, strict=True):
        paragraph(drawn, Text.assemble((f"{name}: ", HEADING), told))
    section(drawn, "Match, out of 100")
    records(drawn, ("", one, other), [(row.label, *row.cells) for row in page.ranking])
    section(drawn, "What differs", f"who it brings nearer to {page.paths[0]}, rather than {page.paths[1]}")
    rows = [*page.rows, *([page.others] if page.others else [])]
    if rows or page.total.amount:
        records(drawn, ("", one, other, "Nearer"), [_cells(row) for row in (*rows, page.total)])
        paragraph(drawn, Text(page.note, style=QUIET))
    else:
        paragraph(drawn, "Nothing that counts.")
    if page.stated:
        section(drawn, "Said, and not counted")
        records(drawn, ("", one, other), [(row.label, *row.cells) for row in page.stated])
    section(drawn, "Where both agree")
    listing(drawn, [("-", Text(line)) for line in page.agreed])
    section(drawn, "The path that costs both least")
    paragraph(drawn, page.least)
    if page.talk:
        section(drawn, "To talk about")
        for number, each in enumerate(page.talk, start=1):
            said = "\n".join(f"{name}: {answer}" for name, answer in zip(page.names, each.answers, strict=True))
            listing(drawn, [(f"{number}.", Text.assemble(each.question, "\n", (said, QUIET)))])


def _cells(row: TwoPeopleRow) -> tuple[str, str, str, str]:
    return (row.label, *row.cells, f"{row.nearer}, {row.amount}" if row.amount else "")
