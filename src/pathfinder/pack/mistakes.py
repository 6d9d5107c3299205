"""What is wrong with YAML that cannot be parsed, in words for the person who wrote it.

The C parser and the pure one word the same mistake differently: both are understood.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from pathfinder.text import SPACES, named

if TYPE_CHECKING:
    from collections.abc import Sequence

_BRACKETS: Final = ("[", "{")
NO_ESCAPE: Final = "a backslash in this text starts no known escape: write it twice, or use single quotes"
NO_DIRECTIVE: Final = "a directive (%) is not allowed: remove this line"
_NOT_FITTING: Final = (
    "this does not fit the lines before it: check the indentation, and put quotes around text that holds"
    " quotes, brackets or a colon"
)
_NO_COLON: Final = (
    'this line is no "key: value" and continues no text: write the ":" and a space after it, or check the indentation'
)
_NEEDS_QUOTES: Final = "put the text in quotes"


class _Kind(NamedTuple):
    """A kind of mistake: how either parser words it, what to say, and whether the beginning is the place to show."""

    words: Sequence[str]
    message: str
    at_beginning: bool = False


# In order: the first kind with a word in the parser's "context: problem" is the one.
_KINDS: Final = (
    _Kind(("cannot start any token",), f"text cannot begin with CHARACTER: {_NEEDS_QUOTES}"),
    _Kind(
        ("mapping values are not allowed",),
        f'a ":" stands where none can be: {_NEEDS_QUOTES}, or check the indentation',
    ),
    _Kind(("entries are not allowed",), 'a "- " stands where no list can begin: check the indentation'),
    _Kind(("mapping keys are not allowed",), f'a "? " stands where no key can begin: {_NEEDS_QUOTES}'),
    _Kind(("could not find expected ':'",), _NO_COLON, at_beginning=True),
    _Kind(
        ("escape", "hexdecimal", "hexadecimal", "invalid unicode character"),
        NO_ESCAPE,
        at_beginning=True,
    ),
    _Kind(
        ("document indicator", "document separator"),
        'a "---" or "..." stands inside this quoted text: is a quote missing?',
        at_beginning=True,
    ),
    _Kind(("quoted scalar",), "this quote is never closed", at_beginning=True),
    _Kind(
        ("block scalar",),
        'after "|" or ">" the line must end, and the text below must be indented alike',
        at_beginning=True,
    ),
    _Kind(("directive",), NO_DIRECTIVE, at_beginning=True),
    _Kind(("unexpected ':'",), f'a ":" stands here without a space after it: add one, or {_NEEDS_QUOTES}'),
    _Kind(("scanning an alias",), f'"*" begins an alias, which is not allowed: {_NEEDS_QUOTES}', at_beginning=True),
    _Kind(("scanning an anchor",), f'"&" begins an anchor, which is not allowed: {_NEEDS_QUOTES}', at_beginning=True),
    _Kind((" tag", "tag handle"), f'"!" begins a tag, which is not allowed: {_NEEDS_QUOTES}', at_beginning=True),
    _Kind(("node content",), "a value is missing before this"),
    _Kind(("',' or '}'",), f'a "," or "}}" is missing before this; if it belongs to a text, {_NEEDS_QUOTES}'),
    _Kind(("',' or ']'",), f'a "," or "]" is missing before this; if it belongs to a text, {_NEEDS_QUOTES}'),
    _Kind(
        ("expected <document start>", "expected '<document start>'", "expected key", "<block end>", "'-' indicator"),
        _NOT_FITTING,
    ),
)


_UNKNOWN: Final = _Kind((), "this is not valid YAML")
_WITHIN: Final = _KINDS[-3:]
"""Something stands where what is around it should go on or end."""

_LINES_BACK: Final = 2
"""A parser stumbles in the line of what misled it or in the next one."""
_LOOKALIKES: Final = (
    # In the indentation, behind the "-" of a list, or behind the ":" of a key.
    (rf"(?:[ -]*|[^\"'#:]*:)([{SPACES}\u200b\u2060])", "remove it, or write a space"),
    ("[ -]*[a-z_]+ *([\uff1a\ufe55\u2236])", 'write ":"'),
    (" *([\u2010-\u2015\u2212\u2022]) ", 'write "-"'),
    ("[^\"'#:]*: *([\u2018-\u201f]).*(?:: | #)", "write \" or '"),
)
"""What looks like a sign of YAML where one is needed, and what to do."""
_COMMENT: Final = r"[^\"']*?\S +(#)[^\s#]"
_QUOTE_ENDS: Final = {
    "'": "the ' before this ends a text: write it twice ('') within one, or put double quotes around the text",
    '"': 'the " before this ends a text: write \\" for a quote within one; or one is missing before it',
}


class Place(Protocol):
    """A place in the text as PyYAML gives it, counted from 0."""

    @property
    def line(self) -> int: ...  # noqa: D102
    @property
    def column(self) -> int: ...  # noqa: D102


class Mistake(Protocol):
    """What a parser says: `context_mark` is where that begins in which it got lost, `problem_mark` where it gave up."""

    @property
    def context(self) -> str | None: ...  # noqa: D102
    @property
    def context_mark(self) -> Place | None: ...  # noqa: D102
    @property
    def problem(self) -> str | None: ...  # noqa: D102
    @property
    def problem_mark(self) -> Place | None: ...  # noqa: D102


def explain_mistake(error: Mistake, text: str, opened: tuple[int, int] | None) -> tuple[int, int, str]:
    """Return line and column (from 1) and a message for what a parser said about the text.

    `opened` is where the innermost list or mapping begins that has no end yet.
    """
    begin, mark = error.context_mark, error.problem_mark
    words = f"{error.context}: {error.problem}".lower()
    kind = next((each for each in _KINDS if any(word in words for word in each.words)), _UNKNOWN)
    place = begin if kind.at_beginning and begin is not None else mark
    if place is None:
        return 1, 1, kind.message
    line, column = place.line + 1, place.column + 1
    if misled := _misled(text, line) or _ended(kind, text, line, column):
        return misled
    if kind.at_beginning:
        return line, column, kind.message
    bracket = _at(text, *opened) if opened else ""
    rest = text.split("\n", place.line)
    if len(rest) <= place.line or not rest[-1][place.column :].strip():
        # Where the end is, the parsers see differently.
        if opened and bracket in _BRACKETS:
            return *opened, f'this "{bracket}" is never closed'
        return text.count("\n") + 1, 1, "the file ends where a value is needed"
    hint = (
        f' (the "{bracket}" stands in line {opened[0]})' if opened and bracket in _BRACKETS and opened[0] < line else ""
    )
    return line, column, kind.message.replace("CHARACTER", _at(text, line, column)) + hint


def _misled(text: str, line: int) -> tuple[int, int, str] | None:
    """Return place and name of what looks like one of YAML's signs, in this line or the one before it."""
    lines = text.split("\n", line)
    for number in range(min(line, len(lines)), max(0, line - _LINES_BACK), -1):
        for pattern, advice in _LOOKALIKES:
            if found := re.match(pattern, lines[number - 1]):
                return number, found.start(1) + 1, f"{named(found[1])} stands here: {advice}"
        if found := re.match(_COMMENT, lines[number - 1]):
            return number, found.start(1) + 1, f'this "#" begins a comment and ends the text: {_NEEDS_QUOTES}'
    return None


def _ended(kind: _Kind, text: str, line: int, column: int) -> tuple[int, int, str] | None:
    """Return the place and what to do when a quote within a text has ended it."""
    ending = _at(text, line, column - 1) if kind in _WITHIN and column > 1 else ""
    return (line, column, _QUOTE_ENDS[ending]) if ending in _QUOTE_ENDS else None


def _at(text: str, line: int, column: int) -> str:
    lines = text.split("\n", line)
    return lines[line - 1][column - 1 : column] if line <= len(lines) else ""
