"""Sources beneath what they support: each once, numbered, as links where the terminal takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from rich.text import Text

from pathfinder.show.references import References, web_address
from pathfinder.show.terminal.canvas import QUIET, listing, paragraph, section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathfinder.pack import Pack, Source
    from pathfinder.show.page_parts import Reference
    from pathfinder.show.terminal.canvas import Canvas


class Cited:
    """Puts the numbers of sources behind statements, and lists the sources in the end."""

    def __init__(self, drawn: Canvas, pack: Pack) -> None:
        self._drawn = drawn
        self._references = References(pack)

    def numbers(self, ids: Sequence[str]) -> Text:
        """Return the numbers in brackets, quietly, with a space before them; each opens its source."""
        numbers = self._references.numbers(ids)
        if not numbers:
            return Text()
        by_number = {each.number: each for each in self._references.list()}
        links = [Text(str(each), style=linked(self._drawn, by_number[each].url)) for each in numbers]
        return Text.assemble((" [", QUIET), Text(", ", style=QUIET).join(links), ("]", QUIET))

    def section(self) -> None:
        """Print every source that got a number."""
        found = self._references.list()
        if not found:
            return
        section(self._drawn, "Sources")
        width = len(str(len(found)))
        for each in found:
            listing(self._drawn, [(f"{each.number:>{width}}", _entry(self._drawn, each))])


def sources_line(drawn: Canvas, sources: Sequence[Source]) -> None:
    """Print where an answer comes from, in one quiet line of names."""
    if not sources:
        return
    names: dict[str, Text] = {}
    for source in sources:
        name = source.publisher or source.title.rstrip(".")
        shown = f"{name} {source.year}" if source.year else name
        names.setdefault(shown, Text(shown, style=linked(drawn, source.url)))
    title = "Source: " if len(names) == 1 else "Sources: "
    paragraph(drawn, Text.assemble((title, QUIET), Text("; ", style=QUIET).join(names.values())))


def linked(drawn: Canvas, url: str | None) -> Style:
    """Return the style of a source: quiet, and a link where there is an address and the terminal takes links."""
    return Style(dim=True, link=web_address(url) if drawn.links else None)


def _entry(drawn: Canvas, source: Reference) -> Text:
    kind = " (secondary)" if source.kind == "secondary" else ""
    title = Text(f"{source.title.rstrip('.')}, {source.details}{kind}", style=linked(drawn, source.url))
    return title if (drawn.links and source.url) or not source.shown else title.append(f"\n{source.shown}")
