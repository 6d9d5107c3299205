"""What a cell of a survey tool's export says: an answer, a skip, nothing, or something that fits nothing."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from pathfinder.cohort.names import codes, folded, variables
from pathfinder.pack import SKIP
from pathfinder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pathfinder.pack import Question

SKIPS: Final = frozenset({"skip", "not sure", "na", "n/a", "-99"})
"""What says that somebody saw a question and gave no answer; -99 is Qualtrics' way."""

YES: Final = frozenset({"1", "1.0", "y", "yes", "true", "checked", "x"})
NO: Final = frozenset({"", "0", "0.0", "n", "no", "false", "unchecked", "n/a"})

_LONGEST_SHOWN: Final = 60
_SHOWN: Final = 8
_MOST_PARTS: Final = 200
_KEPT: Final = 5_000
"""So many different cells of a column are remembered; people have far fewer answers to choose from."""


class CellError(ValueError):
    """A cell that fits nothing; the text says why."""


def as_cell(value: object) -> str:
    """Return a value of a typed table as the text that a cell of a survey tool's file would hold."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(map(as_cell, value))
    if isinstance(value, bool) or (isinstance(value, float) and value.is_integer()):
        return str(int(value))
    return str(value)


def quoted_cell(text: str) -> str:
    """Return what a cell holds, in quotes, on one line and not too long."""
    line = one_line(text)
    return f"\u201c{line[:_LONGEST_SHOWN]}\u2026\u201d" if len(line) > _LONGEST_SHOWN else f"\u201c{line}\u201d"


def lookup(names: Mapping[str, str]) -> dict[str, str]:
    """Return ids by everything that may stand for them in a cell, given their names by id.

    An id goes before a text, that before a name made from the id, that before a place (1, 2, ... or A1, A2, ...).
    A text that two of them share stands for neither.
    """
    ids = list(names)
    known: dict[str, str] = {}
    texts = [folded(each) for each in names.values()]
    for keys in (
        [(folded(each), each) for each in ids],
        [(text, each) for text, each in zip(texts, ids, strict=True) if texts.count(text) == 1],
        [(made, each) for naming in (variables, codes) for each, made in naming(ids).items()],
    ):
        for key, each in keys:
            known.setdefault(key, each)
    numbers = any(each.isdecimal() and each != str(place) for place, each in enumerate(ids, start=1))
    for number, each in enumerate(ids, start=1):
        # Where ids are numbers themselves, other ones than the places, a number is an id and nothing else.
        plain_places = (f"{each}.0",) if numbers else (str(number), f"{number}.0")
        for key in (*plain_places, f"a{number}", f"a{number:02}", f"ao{number:02}", f"a{number:03}"):
            known.setdefault(key, each)
    return known


class Choice:
    """Reads the cells of a column in which one thing is chosen: the answer to a question, or a path."""

    __slots__ = ("_known", "_seen", "_wanted")

    def __init__(self, names: Mapping[str, str], wanted: str) -> None:
        self._known = lookup(names)
        self._wanted = wanted
        self._seen: dict[str, str | None] = {}

    def read(self, cell: str) -> str | None:
        """Return an id or SKIP, and None for an empty cell; raises CellError."""
        try:
            return self._seen[cell]
        except KeyError:
            pass
        value = self._read(folded(cell), cell)
        if len(self._seen) < _KEPT:
            self._seen[cell] = value
        return value

    def _read(self, text: str, cell: str) -> str | None:
        if not text:
            return None
        if text in self._known:
            return self._known[text]
        if text in SKIPS:
            return SKIP
        # As in "4 - Agree", where both halves have to say the same.
        halves = re.fullmatch(r"(\d+)\s*[-.:=)]\s*(.+)", text)
        both = {self._known.get(each) for each in halves.groups()} if halves else set()
        if len(both) == 1 and None not in both:
            return both.pop()
        near = get_close_matches(text[:_LONGEST_SHOWN], self._known, n=1)
        hint = f"; did you mean {quoted_cell(near[0])}?" if near else ""
        raise CellError(f"needs {self._wanted}, not {quoted_cell(cell)}{hint}")


def answer_of(question: Question) -> Choice:
    """Return what reads the answers to a question."""
    names = {each.id: each.text for each in question.options}
    if question.scale is not None:
        return Choice(names, f"a number from 1 to {len(names)}, its word, or skip")
    listed = ", ".join(names) if len(names) <= _SHOWN else f"one of its {len(names)} options"
    return Choice(names, f"one of {listed}, or skip" if len(names) <= _SHOWN else f"{listed}, or skip")


class Several:
    """Reads the cells of a column in which several things are chosen, by ids or names."""

    __slots__ = ("_kind", "_known")

    def __init__(self, names: Mapping[str, str], kind: str) -> None:
        self._known = lookup(names)
        self._kind = kind

    def read(self, cell: str) -> tuple[str, ...]:
        """Return the ids, each once; raises CellError."""
        text = folded(cell)
        if not text or text in SKIPS:
            return ()
        parts = self._parts(text)
        return tuple(dict.fromkeys(parts))

    def _parts(self, text: str) -> Iterable[str]:
        if text in self._known:
            return [self._known[text]]
        # Kobo puts a mere space between them.
        problem = CellError(f"there is no {self._kind} {quoted_cell(text)}")
        for sign in reversed([each for each in (";", ",", " ") if each in text]):
            parts = [each.strip() for each in text.split(sign)]
            if len(parts) > _MOST_PARTS:
                problem = CellError(f"names too many, beginning with {quoted_cell(text)}")
                continue
            try:
                return list(self._joined(parts, sign))
            except CellError as error:
                problem = error
        raise problem

    def _joined(self, parts: Sequence[str], sign: str) -> Iterable[str]:
        # A name may hold the separator itself: the longest run of parts that is a name counts.
        start = 0
        while start < len(parts):
            for end in range(len(parts), start, -1):
                whole = (" " if sign == " " else f"{sign} ").join(parts[start:end])
                if whole in self._known:
                    yield self._known[whole]
                    break
                if end == start + 1 and whole:
                    raise CellError(f"there is no {self._kind} {quoted_cell(whole)}")
            start = end


def is_ticked(cell: str, names: frozenset[str]) -> bool:
    """Return whether a box for one thing is ticked; some tools write what was ticked. Raises CellError."""
    text = folded(cell)
    if text in NO:
        return False
    if text in YES or text in names or text.isdecimal():
        return True
    raise CellError(f"needs 1 or 0, not {quoted_cell(cell)}")
