"""The FAQ on screen: all questions by topic, or the answer found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from pathfinder.show.terminal.canvas import HEADING, QUIET, headline, listing, paragraph, section, suggestion
from pathfinder.show.terminal.pager import show_page
from pathfinder.show.terminal.sources import sources_line
from pathfinder.text import command, title

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pathfinder.pack import Faq, Source
    from pathfinder.show.terminal.canvas import Canvas

MOST_OTHERS: Final = 5
"""So many further entries are listed beneath an answer."""

_SHOWN: Final = 200
"""So many characters of a question are repeated."""


def print_topics(grouped: Mapping[str, Sequence[Faq]], option: str) -> None:
    """Print every question under its topic; `option` is what a further command needs to read the same pack."""
    show_page(lambda drawn: _overview(drawn, grouped, option))


def print_answer(entry: Faq, others: Sequence[Faq], sources: Mapping[str, Source], *, spoken: bool = False) -> None:
    """Print one entry whole, then the questions of others that fit less well."""
    show_page(lambda drawn: _answer(drawn, entry, others, sources), spoken=spoken)


def print_nothing(words: str, topics: Sequence[str], option: str) -> None:
    """Print that nothing was found, and the topics where it might stand; `option` as for `print_topics`."""
    show_page(lambda drawn: _nothing(drawn, words, topics, option))


def _overview(drawn: Canvas, grouped: Mapping[str, Sequence[Faq]], option: str) -> None:
    for topic, entries in grouped.items():
        headline(drawn, title(topic) or "Other")
        listing(drawn, ((" ", _titled(entry)) for entry in entries))
        drawn.print()
    if grouped:
        suggestion(drawn, "Read one by words or by its id", f"{_first(grouped)}{option}")
    else:
        paragraph(drawn, "This pack answers no frequent questions.")


def _answer(drawn: Canvas, entry: Faq, others: Sequence[Faq], sources: Mapping[str, Source]) -> None:
    paragraph(drawn, Text(entry.question, style=HEADING))
    for part in entry.answer.split("\n"):
        if part.strip():
            drawn.print()
            paragraph(drawn, part)
    drawn.print()
    sources_line(drawn, [sources[source] for source in entry.sources if source in sources])
    if others:
        section(drawn, "See also")
        listing(drawn, ((" ", _titled(each)) for each in others[:MOST_OTHERS]))


def _nothing(drawn: Canvas, words: str, topics: Sequence[str], option: str) -> None:
    asked = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}..."
    more = " It may stand under one of these topics:" if topics else ""
    paragraph(drawn, f"Nothing found for \u201c{asked}\u201d.{more}")
    if topics:
        listing(drawn, ((" ", Text(topic)) for topic in topics))
        suggestion(drawn, "Read one", f"{command('faq', '--topic', topics[0])}{option}")


def _titled(entry: Faq) -> Text:
    return Text.assemble(entry.question, "  ", (f"[{entry.id}]", QUIET))


def _first(grouped: Mapping[str, Sequence[Faq]]) -> str:
    return next((command("faq", entry.id) for entries in grouped.values() for entry in entries), "")
