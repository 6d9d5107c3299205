"""Reads the values of one mapping, key by key, each with its own check; what is wrong is noted, never raised.

Every reader returns a value of its type even when there is nothing good to return: a pack is built in one
pass, and thrown away at the end when anything was noted as an error.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final
from unicodedata import category

from pathfinder.pack.nodes import Sequence, shown
from pathfinder.pack.reader import decimal
from pathfinder.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathfinder.pack.ids import Ids
    from pathfinder.pack.nodes import Node, Scalar, Severity
    from pathfinder.pack.reader import Reader

LONGEST_TEXT: Final = 10_000
LEAST_LEVEL: Final = 1e-6
"""Sums of smaller levels and effects beside common ones would be mere rounding."""

_LANGUAGE: Final = "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"


class Fields:
    """The keys and values of one mapping; `where` names its place for messages."""

    __slots__ = ("_entries", "node", "reader", "where")

    def __init__(
        self, reader: Reader, node: Node, where: str, required: Iterable[str], optional: Iterable[str] = ()
    ) -> None:
        self.reader = reader
        self.node = reader.keys(node, where, required, optional)
        self._entries = self.node.entries
        self.where = where

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def place(self, key: str) -> str:
        """Return the name of a key's place for messages."""
        return f"{self.where}.{key}" if self.where else key

    def value(self, key: str) -> Node | None:
        """Return a key's value, None when the key is absent."""
        entry = self._entries.get(key)
        return None if entry is None else entry[1]

    def text(self, key: str, sensible: int) -> str:
        """Return a text without space around it; more than `sensible` characters are a warning."""
        return self._text(self.value(key), self.place(key), sensible)

    def line(self, key: str, sensible: int) -> str:
        """Return a text as `text` does, its line breaks and runs of spaces as one space each."""
        return " ".join(self.text(key, sensible).split())

    def optional_line(self, key: str, sensible: int) -> str | None:
        """Return a line, or None when the key is absent."""
        return self.line(key, sensible) if key in self._entries else None

    def identifier(self, key: str) -> str:
        """Return an id that nothing else needs to know."""
        node = self.value(key)
        scalar = None if node is None else self.reader.identifier(node, self.place(key))
        return "" if scalar is None else scalar.text

    def define(self, ids: Ids) -> str:
        """Return the mapping's own id, after entering it among the ids of its kind."""
        node = self.value("id")
        if node is None:
            return ""
        place = self.place("id")
        scalar = self.reader.identifier(node, place)
        if scalar is None:
            return ""
        ids.define(scalar, place, self.reader)
        return scalar.text

    def number(self, key: str, low: float, high: float, default: float) -> float:
        """Return a number from low to high, the default when the key is absent."""
        node = self.value(key)
        return default if node is None else self.reader.number(node, self.place(key), low, high)

    def whole(self, key: str, low: float, high: float) -> int | None:
        """Return a whole number from low to high, None when the key is absent."""
        node = self.value(key)
        if node is None:
            return None
        number = self.reader.number(node, self.place(key), low, high)
        if not number.is_integer():
            self.reader.add(node, self.place(key), f"needs a whole number, not {decimal(number)}")
        return int(number)

    def day(self, key: str) -> date | None:
        """Return a day that is written as 2026-11-25, None when the key is absent."""
        node = self.value(key)
        scalar = None if node is None else self.reader.scalar(node, self.place(key))
        if scalar is None:
            return None
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", scalar.text):
                return date.fromisoformat(scalar.text)
        except ValueError:
            pass
        self.reader.add(scalar, self.place(key), f"needs a day such as 2026-11-25, not {shown(scalar.text)}")
        return None

    def language(self, key: str, default: str) -> str:
        """Return a language's tag as web pages name it, the default when the key is absent."""
        node = self.value(key)
        scalar = None if node is None else self.reader.scalar(node, self.place(key))
        if scalar is not None and not re.fullmatch(_LANGUAGE, scalar.text):
            self.reader.add(scalar, self.place(key), f"needs a language such as en or pt-BR, not {shown(scalar.text)}")
        return default if scalar is None else scalar.text

    def items(self, key: str, what: str, fewest: int, most: int) -> list[Node]:
        """Return the values of a list, the first `most` of them, noting too few or too many; [] when absent."""
        node = self.value(key)
        if node is None:
            return []
        place = self.place(key)
        found = self.reader.items(node, place)
        if len(found) < fewest and isinstance(node, Sequence):
            message = f"needs at least {fewest} {what}" if found else f"is empty: {what} are needed"
            self.reader.add(node, place, message)
        elif len(found) > most:
            self.reader.add(found[most], place, f"has {len(found)} {what}: {most} are the most")
        return found[:most]

    def is_whole(self, key: str, fewest: int, most: int) -> bool:
        """Whether a list has as many entries as it may have, so that what it lacks is lacking."""
        node = self.value(key)
        return isinstance(node, Sequence) and fewest <= len(node.items) <= most

    def lines(self, key: str, sensible: int, most: int) -> tuple[str, ...]:
        """Return a list of short texts, each of its own."""
        place = self.place(key)
        found = [self._text(each, place, sensible) for each in self.items(key, "entries", 0, most)]
        return tuple(" ".join(each.split()) for each in found)

    def references(self, key: str, ids: Ids, most: int, *, repeats: Severity = "warning") -> tuple[str, ...]:
        """Return a list of ids of a kind, each once; `repeats` is how bad a second time is."""
        place = self.place(key)
        found: list[str] = []
        for node in self.items(key, "entries", 0, most):
            scalar = self.reader.scalar(node, place)
            if scalar is None:
                continue
            self.reader.refer(scalar, place, ids)
            if scalar.text in found:
                self.reader.add(scalar, place, f"{shown(scalar.text)} stands here twice", repeats)
            else:
                found.append(scalar.text)
        return tuple(found)

    def reference(self, key: str, ids: Ids) -> str | None:
        """Return the id of a kind that a key names, None when it is absent or no text."""
        node = self.value(key)
        scalar = None if node is None else self.reader.scalar(node, self.place(key))
        if scalar is None:
            return None
        self.reader.refer(scalar, self.place(key), ids)
        return scalar.text

    def levels(self, key: str, low: float, high: float, ids: Ids) -> dict[str, float]:
        """Return numbers by id of a kind."""
        found: dict[str, float] = {}
        for at, value in self._pairs(key):
            self.reader.refer(at, self.place(key), ids)
            place = f"{self.place(key)}.{at.text}"
            number = self.reader.number(value, place, low, high)
            if 0 < abs(number) < LEAST_LEVEL:
                self.reader.add(value, place, "is next to nothing: write 0, or a number that somebody could notice")
            found[at.text] = number
        return found

    def amounts(self, key: str, low: float, high: float, sensible: int) -> dict[str, float]:
        """Return numbers by labels that people read; more than `sensible` characters are a warning."""
        found: dict[str, float] = {}
        for at, value in self._pairs(key):
            label = " ".join(self._text(at, self.place(key), sensible).split())
            if label in found:
                self.reader.add(at, self.place(key), f"{shown(label)} stands here twice, but for spaces")
            found[label] = self.reader.number(value, f"{self.place(key)}.{label}", low, high)
        return found

    def _pairs(self, key: str) -> Iterable[tuple[Scalar, Node]]:
        node = self.value(key)
        mapping = None if node is None else self.reader.mapping(node, self.place(key))
        return () if mapping is None else mapping.entries.values()

    def _text(self, node: Node | None, place: str, sensible: int) -> str:
        scalar = None if node is None else self.reader.scalar(node, place)
        if scalar is None:
            return ""
        text = scalar.text.strip().replace("\t", " ")
        if not text[0].isascii() and category(visible(text)[0]).startswith("M"):
            self.reader.add(scalar, place, "begins with a mark that would change whatever stands before it")
        if len(text) > LONGEST_TEXT:
            self.reader.add(scalar, place, f"has {len(text)} characters: {LONGEST_TEXT} are the most")
        elif len(text) > sensible:
            self.reader.add(
                scalar, place, f"has {len(text)} characters: above {sensible} it reads badly on a screen", "warning"
            )
        return text
