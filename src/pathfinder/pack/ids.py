"""The ids a pack defines, kind by kind: what each must look like, that each is its own, who refers to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pathfinder.pack.nodes import shown
from pathfinder.text import near

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathfinder.pack.nodes import Notes, Scalar

_SMALL: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_FIRST: Final = _SMALL | frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_ID: Final = _FIRST | frozenset("-_.")
_LONGEST: Final = 60
_GUESSES: Final = 50


def is_id(text: str) -> bool:
    """Whether a text may be an id: Latin letters, digits, hyphens, underscores and dots, at most 60, no mark first."""
    return 0 < len(text) <= _LONGEST and text[0] in _FIRST and _ID.issuperset(text)


def id_problem(text: str) -> str:
    """Say what is wrong with a text that may be no id, with one that may be as an example."""
    if len(text) > _LONGEST:
        return f"has {len(text)} characters: an id has at most {_LONGEST}"
    made = "-".join("".join(each if each in _SMALL else " " for each in text.lower()).split())
    hint = f", for example {shown(made)}" if made else ""
    return f"cannot be {shown(text)}: an id has letters a-z, digits, hyphens, underscores and dots{hint}"


class Guesses:
    """Finds what a mistyped word was meant to be; the first fifty times, since nobody reads more."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = _GUESSES

    def near(self, word: str, known: Iterable[str]) -> str:
        """Return `; did you mean "..."?` for the nearest known word, "" when none is near."""
        if self._left == 0 or len(word) > _LONGEST:
            return ""
        self._left -= 1
        found = near(word, known)
        return f'; did you mean "{found}"?' if found else ""


class Ids:
    """The ids of one kind.

    While `complete` is False, because the place that defines them has not been read or cannot be, every
    reference passes.
    """

    __slots__ = ("_folded", "complete", "kind", "places", "used")

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.complete = False
        self.places: dict[str, Scalar] = {}
        self.used: set[str] = set()
        self._folded: dict[str, str] = {}

    def define(self, scalar: Scalar, where: str, notes: Notes) -> None:
        """Take up an id, and note when it is there already, be it with other capitals."""
        text = scalar.text
        folded = text.lower()
        earlier = self._folded.setdefault(folded, text)
        if self.places.setdefault(text, scalar) is not scalar:
            line = self.places[text].line
            notes.add(scalar, where, f"another {self.kind} has the id {shown(text)} already, in line {line}")
        elif earlier != text:
            line = self.places[earlier].line
            notes.add(scalar, where, f"{shown(text)} differs only by capitals from {shown(earlier)} in line {line}")
