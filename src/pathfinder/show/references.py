"""The sources a report uses, numbered in the order of their first use."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pathfinder.show.page_parts import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathfinder.pack import Pack, Source


class References:
    """Gives numbers to sources; entries of a pack that name the same document share one."""

    def __init__(self, pack: Pack) -> None:
        self._sources = pack.source_by_id
        self._numbers: dict[tuple[object, ...], int] = {}
        self._used: list[Source] = []

    def numbers(self, ids: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of the sources named, ascending; unknown ids have none."""
        return tuple(sorted({self._number(self._sources[each]) for each in ids if each in self._sources}))

    def list(self) -> tuple[Reference, ...]:
        """Return every source that got a number."""
        return tuple(_reference(number, each) for number, each in enumerate(self._used, start=1))

    def _number(self, source: Source) -> int:
        key = (source.title, source.publisher, source.year, source.url, source.kind)
        if key not in self._numbers:
            self._used.append(source)
            self._numbers[key] = len(self._used)
        return self._numbers[key]


def web_address(url: str | None) -> str | None:
    """Return the address if it is a plain http or https one that can be linked to without harm, else None."""
    if url is None or not url.isascii() or not url.isprintable() or any(each in "<>\"'`\\ {}|^" for each in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc else None


def _reference(number: int, source: Source) -> Reference:
    return Reference(
        number=number,
        title=source.title,
        details=", ".join(each for each in (source.publisher, str(source.year or "undated")) if each),
        kind=source.kind,
        url=web_address(source.url),
        shown=source.url or "",
    )
