"""Reads values of every kind out of one file; what is wrong is noted at its place, never raised."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pathfinder.pack.ids import Guesses, id_problem, is_id
from pathfinder.pack.nodes import Broken, Mapping, Notes, Scalar, Sequence, as_number, shown
from pathfinder.text import SPACES, named, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathfinder.pack.ids import Ids
    from pathfinder.pack.nodes import Node, Problem

_PLAIN_DIGITS: Final = 20


class Reader(Notes):
    """Notes of one file, with what all its parts need."""

    __slots__ = ("guesses",)

    def __init__(self, file: str, problems: list[Problem]) -> None:
        super().__init__(file, problems)
        self.guesses = Guesses()

    def keys(self, node: Node, where: str, required: Iterable[str], optional: Iterable[str] = ()) -> Mapping:
        """Return a mapping, an empty one for what is none, after noting keys that are missing or unknown."""
        mapping = self.mapping(node, where)
        if mapping is None:
            return Mapping(1, 1)
        entries = mapping.entries
        known = (*required, *optional)
        for key in required:
            if key not in entries:
                self.add(mapping, where, f'the key "{key}" is missing')
        for key, (place, _) in entries.items():
            if key not in known:
                self._unknown_key(place, where, known, mapping)
        return mapping

    def _unknown_key(self, key: Scalar, where: str, known: Iterable[str], mapping: Mapping) -> None:
        if self.has_lookalike(key, where):
            return
        missing = [each for each in known if each not in mapping.entries]
        hint = self.guesses.near(key.text, missing) or f"; the keys are {', '.join(known)}"
        if mapping.flow and " " in key.text:
            hint = "; if it belongs to the text before it, put that text in quotes"
        self.add(key, where, f"there is no key {shown(key.text)} here{hint}")

    def has_lookalike(self, scalar: Scalar, where: str) -> bool:
        """Whether a word that names something holds what only looks like a space; noted where it stands."""
        found = None if scalar.text.isascii() else re.search(f"[{SPACES}]", scalar.text)
        if found is None:
            return False
        place = Broken(scalar.line, scalar.column + found.start() + (not scalar.plain))
        self.add(place, where, f"{named(found[0])} stands here and looks like a space: remove it")
        return True

    def mapping(self, node: Node, where: str) -> Mapping | None:
        """Return the value when it is a mapping."""
        if isinstance(node, Mapping):
            return node
        self._wrong_type(node, where, "keys with values")
        return None

    def scalar(self, node: Node, where: str) -> Scalar | None:
        """Return the value when it is a text with something in it."""
        if not isinstance(node, Scalar):
            self._wrong_type(node, where, "a text")
        elif node.null:
            self.add(node, where, f"is empty: put {node.text} in quotes if it is a text" if node.text else "is empty")
        elif not node.text or node.text.isspace() or not (node.text.isascii() or visible(node.text).strip()):
            self.add(node, where, "is empty")
        else:
            return node
        return None

    def identifier(self, node: Node, where: str) -> Scalar | None:
        """Return the value when it is a text, after noting what an id may not look like."""
        scalar = self.scalar(node, where)
        if scalar is not None and not is_id(scalar.text) and not self.has_lookalike(scalar, where):
            self.add(scalar, where, id_problem(scalar.text))
        return scalar

    def number(self, node: Node, where: str, low: float, high: float) -> float:
        """Return the number from low to high that the value is, `low` when it is none."""
        if not isinstance(node, Scalar):
            self._wrong_type(node, where, "a number")
            return low
        if self.has_lookalike(node, where):
            return low
        try:
            value = as_number(node)
        except ValueError as error:
            self.add(node, where, str(error))
            return low
        if low <= value <= high:
            return value
        self.add(node, where, f"needs a number from {decimal(low)} to {decimal(high)}, not {_short(node.text)}")
        return low

    def refer(self, scalar: Scalar, where: str, ids: Ids) -> None:
        """Count a reference, and note when nothing has this id."""
        ids.used.add(scalar.text)
        if ids.complete and scalar.text not in ids.places and not self.has_lookalike(scalar, where):
            hint = self.guesses.near(scalar.text, ids.places)
            self.add(scalar, where, f"there is no {ids.kind} {shown(scalar.text)}{hint}")

    def items(self, node: Node, where: str) -> list[Node]:
        """Return the values of a list."""
        if isinstance(node, Sequence):
            return node.items
        self._wrong_type(node, where, "a list")
        return []

    def _wrong_type(self, node: Node, where: str, wanted: str) -> None:
        if isinstance(node, Broken):
            return
        if isinstance(node, Scalar):
            found = f"not the text {shown(node.text)}" if not node.null else "and nothing is here"
        else:
            found = "not a list" if isinstance(node, Sequence) else "not keys with values"
        self.add(node, where, f"needs {wanted}, {found}")


def _short(number: str) -> str:
    return number if len(number) <= _PLAIN_DIGITS else shown(number)


def decimal(number: float) -> str:
    """Return a number without zeros that say nothing."""
    return f"{number:f}".rstrip("0").rstrip(".")
