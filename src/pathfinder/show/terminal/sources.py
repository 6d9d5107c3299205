"""Sources beneath what they support."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from pathfinder.show.terminal.canvas import QUIET, address, listing, section

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import Console

    from pathfinder.pack import Source


def cite(drawn: Console, ids: Sequence[str], sources: Mapping[str, Source]) -> None:
    """Print the named sources, with their links, one beneath the other."""
    known = [sources[each] for each in ids if each in sources]
    if known:
        drawn.print(Text("Sources" if len(known) > 1 else "Source", style=QUIET))
        _entries(drawn, known, indent=1)


def cited(text: str, ids: Sequence[str], style: str = "") -> Text:
    """Return a statement with the ids of its sources, quietly, behind it."""
    return Text.assemble((text, style), (f" [{', '.join(ids)}]" if ids else "", QUIET))


def bibliography(drawn: Console, ids: Iterable[str], sources: Mapping[str, Source]) -> None:
    """Print a section with every named source once, by id."""
    known = [sources[each] for each in sorted(set(ids)) if each in sources]
    if known:
        section(drawn, "Sources")
        _entries(drawn, known, indent=0)


def _entries(drawn: Console, sources: Sequence[Source], indent: int) -> None:
    width = max(len(each.id) for each in sources)
    for each in sources:
        listing(drawn, [(each.id.ljust(width), Text(each.reference, style=QUIET))], indent)
        if each.url:
            address(drawn, each.url, indent + width + 1)
