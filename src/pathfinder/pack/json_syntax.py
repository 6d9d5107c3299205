"""What is wrong with the syntax of a JSON text; its values are read as YAML, which JSON is a part of."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from pathfinder.pack.nodes import Broken, shown

if TYPE_CHECKING:
    from pathfinder.pack.nodes import Notes

_MESSAGES: Final = (
    ("Unterminated", "this quote is never closed"),
    ("Extra data", "something stands after the end of the JSON value"),
    ("Expecting ','", 'a "," is missing before this, or the bracket around it is never closed'),
    ("Expecting ':'", 'a ":" is missing before this'),
    ("Expecting property", "a key in double quotes is needed here"),
    ("Illegal trailing", "a comma stands before the closing bracket: remove it"),
    ("Invalid control", "this line ends within quotes: is one missing?"),
    ("Invalid", "a backslash in this text starts no known escape: write it twice"),
)


_PAIR: Final = re.compile(r"\\(?:u(d[89ab]..)\\u(d[c-f]..)|.)", re.IGNORECASE)
"""A character beyond the first 65,536 as JSON's writers escape it, in two halves; or any other escape."""


def without_pairs(text: str) -> str:
    """Return JSON with its pairs of halves as the one escape that YAML has for them."""
    return _PAIR.sub(_joined, text)


def _joined(found: re.Match[str]) -> str:
    if found[1] is None:
        return found[0]
    halves = bytes.fromhex(found[1] + found[2])
    return f"\\U{ord(halves.decode('utf-16-be')):08x}"


def is_json(text: str, notes: Notes) -> bool:
    """Whether a text is JSON; else a problem is noted."""
    try:
        # Numbers are read later, where they are wanted; Python refuses those of thousands of digits.
        json.loads(text, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        rest = text[error.pos :]
        found = next((message for begin, message in _MESSAGES if error.msg.startswith(begin)), None)
        if found is None or not rest:
            word = re.match(r"[^\s,:\[\]{}\"]*", rest)
            what = shown((word and word[0]) or rest[:1])
            found = f"{what} is not a JSON value" if rest else "the text ends before its value is complete"
        notes.add(Broken(error.lineno, error.colno), "", found)
        return False
    except RecursionError:
        return True  # The YAML reader knows how deep is too deep.
    return True
