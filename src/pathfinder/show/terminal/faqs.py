"""The FAQ on screen: all questions by topic, or the answers found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from pathfinder.show.terminal.canvas import HEADING, QUIET, console, headline, listing, paragraph, section, suggestion
from pathfinder.show.terminal.sources import cite

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pathfinder.pack import Faq, Source


_SHOWN: Final = 200
"""So many characters of a question are repeated."""


def overview(grouped: Mapping[str, Sequence[Faq]], option: str) -> None:
    """Print every question under its topic; `option` is what a further command needs to read the same pack."""
    drawn = console()
    for topic, entries in grouped.items():
        headline(drawn, topic.replace("-", " ").capitalize() or "Other")
        listing(drawn, ((" ", _titled(each)) for each in entries))
        drawn.print()
    if grouped:
        suggestion(drawn, "Read one by words or by its id", f"{_first(grouped)}{option}")
    else:
        paragraph(drawn, "This pack answers no frequent questions.")


def answers(entries: Sequence[Faq], others: Sequence[Faq], sources: Mapping[str, Source]) -> None:
    """Print the entries in full, then the questions of others that fit less well."""
    drawn = console()
    for place, each in enumerate(entries):
        if place:
            drawn.print()
        paragraph(drawn, Text(each.question, style=HEADING))
        for part in each.answer.split("\n"):
            paragraph(drawn, part)
        cite(drawn, each.sources, sources)
        drawn.print(Text(f"[{each.id}]" + (f"  {', '.join(each.topics)}" if each.topics else ""), style=QUIET))
    if others:
        section(drawn, "See also")
        listing(drawn, ((" ", _titled(each)) for each in others))


def nearest(words: str, entries: Sequence[Faq]) -> None:
    """Print that nothing was found, and the questions that look most alike."""
    drawn = console()
    asked = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}..."
    paragraph(drawn, f"Nothing found for \u201c{asked}\u201d. The nearest questions:")
    listing(drawn, ((" ", _titled(each)) for each in entries))


def _titled(entry: Faq) -> Text:
    return Text.assemble(entry.question, "  ", (f"[{entry.id}]", QUIET))


def _first(grouped: Mapping[str, Sequence[Faq]]) -> str:
    return next((f"pathfinder faq {each.id}" for entries in grouped.values() for each in entries), "")
