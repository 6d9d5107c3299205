"""Values that know where they stand in a file, and problems that say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from pathfinder.text import one_line

MOST_PROBLEMS: Final = 1000
"""After so many errors a file is not read on, and after so many warnings the rest of them is left out."""

LONGEST_MESSAGE: Final = 500

_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_NUMBER_CHARACTERS: Final = frozenset("0123456789+-.eE")
_SHOWN: Final = 60

Severity: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in a file: line and column from 1, `where` the place among the keys ("" = the file)."""

    file: str
    line: int
    column: int
    where: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        return f"{self.file}:{self.line}:{self.column}: {where}{self.message}"


class Scalar:
    """A text as written, cleaned; `plain` when it stands without quotes, so that it may be a number or null."""

    __slots__ = ("column", "line", "plain", "text")

    def __init__(self, text: str, line: int, column: int, *, plain: bool) -> None:
        self.text = text
        self.line = line
        self.column = column
        self.plain = plain

    @property
    def null(self) -> bool:
        """Whether this is null in the YAML 1.2 core schema (nothing at all among it)."""
        return self.plain and self.text in _NULLS


class Sequence:
    """A list of values in the order of the file."""

    __slots__ = ("column", "items", "line")

    def __init__(self, line: int, column: int) -> None:
        self.items: list[Node] = []
        self.line = line
        self.column = column


class Mapping:
    """Keys and values in the order of the file: `entries[key]` is the key's own place and its value.

    `flow` when it stands within { }; while that is read, `before` is the last value without quotes.
    """

    __slots__ = ("before", "column", "entries", "flow", "line")

    def __init__(self, line: int, column: int, *, flow: bool = False) -> None:
        self.entries: dict[str, tuple[Scalar, Node]] = {}
        self.flow = flow
        self.before: Node | None = None
        self.line = line
        self.column = column


class Broken:
    """Stands for a value that is already a problem: nobody complains about it a second time."""

    __slots__ = ("column", "line")

    def __init__(self, line: int, column: int) -> None:
        self.line = line
        self.column = column


Node: TypeAlias = Scalar | Sequence | Mapping | Broken


class TooManyError(Exception):
    """A file has more problems than anybody reads."""


class Notes:
    """Writes the problems of one file into a list that may serve several files."""

    __slots__ = ("_left", "file", "problems")

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems
        self._left: dict[Severity, int] = {"error": MOST_PROBLEMS, "warning": MOST_PROBLEMS}

    def add(self, at: Node | None, where: str, message: str, severity: Severity = "error") -> None:
        """Note a problem at a value (None: the file itself); raises TooManyError after MOST_PROBLEMS errors."""
        line, column = (1, 1) if at is None else (at.line, at.column)
        left = self._left[severity]
        self._left[severity] -= 1
        if left > 0:
            # A key with a line break in it must not begin a line of its own, which a CI service could take for a command.
            self.problems.append(Problem(self.file, line, column, _brief(where), _brief(message), severity))
        elif left == 0:
            rest = "the rest is not read" if severity == "error" else "the rest is left out"
            text = f"there are more than {MOST_PROBLEMS} {severity}s: {rest}"
            self.problems.append(Problem(self.file, line, column, "", text, severity))
        if left <= 0 and severity == "error":
            raise TooManyError


def _brief(text: str) -> str:
    flat = one_line(text)
    return flat if len(flat) <= LONGEST_MESSAGE else f"{flat[:LONGEST_MESSAGE]}..."


def shown(text: str) -> str:
    """Return the text in double quotes on one line, cut to 60 characters: for use within a message."""
    flat = " ".join(text.split())
    return f'"{flat}"' if len(flat) <= _SHOWN else f'"{flat[:_SHOWN]}..."'


def as_number(scalar: Scalar) -> float:
    """Return the finite number a plain scalar is in YAML 1.2 (core schema, decimal).

    Raises ValueError with a message that says what is wanted instead.
    """
    text = scalar.text
    if not scalar.plain:
        unquoted = as_number_or_none(text)
        hint = ": remove the quotes" if unquoted is not None else ""
        raise ValueError(f"needs a number, and {shown(text)} is text{hint}")
    if scalar.null:
        raise ValueError("needs a number, and nothing is here")
    value = as_number_or_none(text)
    if value is None:
        raise ValueError(f"needs a number, not {shown(text)}{_hint(text)}")
    if value in (float("inf"), float("-inf")):
        raise ValueError(f"needs a number, and {shown(text)} is too large")
    return value


def as_number_or_none(text: str) -> float | None:
    """Return the number a text spells in decimal (infinite when too large for a float), or None."""
    if not _NUMBER_CHARACTERS.issuperset(text):
        return None
    try:
        return float(text)
    except ValueError:
        return None


def _hint(text: str) -> str:
    lower = text.lower().lstrip("+-")
    if lower in (".inf", ".nan", "inf", "nan", "infinity"):
        return ": only finite numbers serve"
    if lower.startswith(("0x", "0o", "0b")):
        return ": write it in decimal"
    if "_" in text and as_number_or_none(text.replace("_", "")) is not None:
        return ": leave out the underscores"
    if "," in text and as_number_or_none(text.replace(",", ".")) is not None:
        return ": write a decimal point instead of the comma"
    return ""
