"""The ids a pack defines, kind by kind: what each must look like, that each is its own, who refers to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pathfinder.located import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathfinder.located import Notes, Scalar

_SMALL: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_SLUG: Final = _SMALL | {"-"}
_SOURCE: Final = _SLUG | frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ.")
_LONGEST: Final = 60
_GUESSES: Final = 50


def is_slug(text: str) -> bool:
    """Whether a text is a lower-case id: letters a to z, digits and hyphens, at most 60, no hyphen first."""
    return 0 < len(text) <= _LONGEST and text[0] in _SMALL and _SLUG.issuperset(text)


def is_source_id(text: str) -> bool:
    """Whether a text may be the id of a source: as `is_slug`, with capitals and dots after the first."""
    return 0 < len(text) <= _LONGEST and text[0] not in "-." and _SOURCE.issuperset(text)


def slug_problem(text: str) -> str:
    """Say what is wrong with a text that is no slug, with the nearest slug as an example."""
    if len(text) > _LONGEST:
        return f"has {len(text)} characters: an id has at most {_LONGEST}"
    made = "-".join("".join(each if each in _SMALL else " " for each in text.lower()).split())
    hint = f", for example {shown(made)}" if made else ""
    return f"cannot be {shown(text)}: an id has small letters a-z, digits and hyphens{hint}"


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
        from difflib import get_close_matches

        by_small = {each.lower(): each for each in known}
        found = get_close_matches(word.lower(), by_small, n=1)
        return f'; did you mean "{by_small[found[0]]}"?' if found else ""


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

    def refer(self, scalar: Scalar, where: str, notes: Notes, guesses: Guesses) -> None:
        """Count a reference, and note when nothing has this id."""
        self.used.add(scalar.text)
        if self.complete and scalar.text not in self.places:
            hint = guesses.near(scalar.text, self.places)
            notes.add(scalar, where, f"there is no {self.kind} {shown(scalar.text)}{hint}")
