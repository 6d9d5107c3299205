"""`faq.yaml` and `sources.yaml`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, cast

from pathfinder.pack.fields import LONGEST_TEXT, Fields
from pathfinder.pack.model import Faq, Source
from pathfinder.pack.nodes import shown
from pathfinder.pack.paths import MOST_ENTRIES, MOST_PATHS, NAME, TEXT, item_place
from pathfinder.pack.questions import QUESTION
from pathfinder.text import first_sentence

if TYPE_CHECKING:
    from pathfinder.pack.nodes import Node
    from pathfinder.pack.paths import Known
    from pathfinder.pack.reader import Reader

ANSWER: Final = 3000
SOURCE_TITLE: Final = 400
ADDRESS: Final = 500
MOST_FAQ: Final = 1000
MOST_SOURCES: Final = 5000
FIRST_YEAR: Final = 1500.0
LAST_YEAR: Final = 2100.0
KINDS: Final = ("primary", "secondary")
_NOT_IN_ADDRESS: Final = frozenset(" \t\n\"'<>\\^`{|}")


def read_faq(reader: Reader, node: Node, known: Known) -> tuple[Faq, ...]:
    """Read the whole file; paths and sources are known by now."""
    fields = Fields(reader, node, "", ("format", "faq"))
    found = fields.items("faq", "entries", 0, MOST_FAQ)
    return tuple(_faq(reader, each, index, known) for index, each in enumerate(found, start=1))


def _faq(reader: Reader, node: Node, index: int, known: Known) -> Faq:
    optional = ("topics", "keywords", "paths", "sources", "checked")
    fields = Fields(reader, node, item_place("faq", index, node), ("id", "question", "answer"), optional)
    topics = [
        reader.identifier(each, fields.place("topics")) for each in fields.items("topics", "topics", 0, MOST_ENTRIES)
    ]
    answer = fields.text("answer", ANSWER)
    first = len(first_sentence(answer))
    if TEXT < first <= LONGEST_TEXT:
        message = f"begins with a sentence of {first} characters: above {TEXT} it reads badly as the whole answer"
        reader.add(fields.value("answer"), fields.place("answer"), message, "warning")
    return Faq(
        id=fields.define(known.faq),
        question=fields.line("question", QUESTION),
        answer=answer,
        topics=tuple(each.text for each in topics if each is not None),
        keywords=fields.lines("keywords", NAME, MOST_ENTRIES),
        paths=fields.references("paths", known.paths, MOST_PATHS),
        sources=fields.references("sources", known.sources, MOST_ENTRIES),
        checked=fields.day("checked"),
    )


def read_sources(reader: Reader, node: Node, known: Known) -> tuple[Source, ...]:
    """Read the whole file, entering each source among the known ids."""
    fields = Fields(reader, node, "", ("format", "sources"))
    found = fields.items("sources", "sources", 0, MOST_SOURCES)
    sources = tuple(_source(reader, each, index, known) for index, each in enumerate(found, start=1))
    known.sources.complete = fields.is_whole("sources", 0, MOST_SOURCES)
    return sources


def _source(reader: Reader, node: Node, index: int, known: Known) -> Source:
    place = item_place("sources", index, node)
    fields = Fields(reader, node, place, ("id", "title", "kind"), ("publisher", "year", "url"))
    kind = fields.line("kind", NAME)
    if kind and kind not in KINDS:
        hint = reader.guesses.near(kind, KINDS)
        reader.add(fields.value("kind"), fields.place("kind"), f"needs primary or secondary, not {shown(kind)}{hint}")
        kind = ""
    return Source(
        id=fields.define(known.sources),
        title=fields.line("title", SOURCE_TITLE),
        publisher=fields.optional_line("publisher", SOURCE_TITLE),
        year=fields.whole("year", FIRST_YEAR, LAST_YEAR),
        url=_address(fields),
        kind=cast("Literal['primary', 'secondary']", kind or "primary"),
    )


def _address(fields: Fields) -> str | None:
    url = fields.optional_line("url", ADDRESS)
    if not url:
        return None
    scheme, _, rest = url.partition("://")
    message = ""
    if scheme.lower() not in ("http", "https") or not rest or rest[0] in "/?#.":
        message = f"needs an address that begins with https:// or http://, not {shown(url)}"
    elif not _NOT_IN_ADDRESS.isdisjoint(url) or not url.isprintable():
        bad = next(each for each in url if each in _NOT_IN_ADDRESS or not each.isprintable())
        what = "a space" if bad == " " else f"the character U+{ord(bad):04X}"
        message = f"has {what}, which an address cannot have"
    elif "@" in re.split("[/?#]", rest)[0]:
        message = "names a user before the host: people would take the user for the place that it leads to"
    if message:
        fields.reader.add(fields.value("url"), fields.place("url"), message)
    return url
