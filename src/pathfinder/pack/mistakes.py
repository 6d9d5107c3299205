"""What is wrong with YAML that cannot be parsed, in words for the person who wrote it.

The C parser and the pure one word and place the same mistake differently; both come out of here alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

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
    _Kind(("',' or '}'",), 'a "," or "}" is missing before this'),
    _Kind(("',' or ']'",), 'a "," or "]" is missing before this'),
    _Kind(
        ("expected <document start>", "expected '<document start>'", "expected key", "<block end>", "'-' indicator"),
        _NOT_FITTING,
    ),
)


_UNKNOWN: Final = _Kind((), "this is not valid YAML")


class Mark(Protocol):
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
    def context_mark(self) -> Mark | None: ...  # noqa: D102
    @property
    def problem(self) -> str | None: ...  # noqa: D102
    @property
    def problem_mark(self) -> Mark | None: ...  # noqa: D102


def explain(error: Mistake, text: str, opened: tuple[int, int] | None) -> tuple[int, int, str]:
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


def _at(text: str, line: int, column: int) -> str:
    lines = text.split("\n", line)
    return lines[line - 1][column - 1 : column] if line <= len(lines) else ""
