"""A JSON text as values that know their line and column, with the refusals of `yamlsource`; loads no YAML."""

from __future__ import annotations

import re
from bisect import bisect_right
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Final

from pathfinder.pack.nodes import Broken, Mapping, Notes, Scalar, Sequence, TooManyError, shown
from pathfinder.text import clean

if TYPE_CHECKING:
    from pathfinder.pack.nodes import Node

MOST_DEPTH: Final = 20
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_PLAIN: Final = re.compile(r"[^\s,:\[\]{}\"]+")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?\Z")
_WORDS: Final = ("true", "false", "null")


class _SyntaxError(Exception):
    """The text is not JSON at this index."""

    def __init__(self, index: int, message: str) -> None:
        super().__init__(message)
        self.index = index


def parse_json(text: str, notes: Notes) -> Node | None:
    """Return what the text holds; None, with a problem noted, when it is not JSON."""
    try:
        return _Reading(text, notes).run()
    except TooManyError:
        return None


class _Reading:
    """The text and the indices at which its lines begin."""

    __slots__ = ("_notes", "_starts", "_text")

    def __init__(self, text: str, notes: Notes) -> None:
        self._text = text
        self._notes = notes
        self._starts = [0, *(each.end() for each in re.finditer(r"\r\n|\n|\r", text))]

    def run(self) -> Node | None:
        """Read one value and nothing after it."""
        try:
            return self._whole()
        except _SyntaxError as error:
            self._notes.add(self._at(error.index), "", str(error))
            return None

    def _whole(self) -> Node:
        node, index = self._value(self._space(0), 0)
        if index < len(self._text):
            raise _SyntaxError(index, "something stands after the end of the JSON value")
        return node

    def _at(self, index: int) -> Broken:
        line = bisect_right(self._starts, index)
        return Broken(line, index - self._starts[line - 1] + 1)

    def _space(self, index: int) -> int:
        found = _SPACE.match(self._text, index)
        return index if found is None else found.end()

    def _value(self, index: int, depth: int) -> tuple[Node, int]:
        """Return the value at an index, and the index of what follows it and the space after it."""
        if depth == MOST_DEPTH:
            raise _SyntaxError(index, f"is nested more than {MOST_DEPTH} levels deep")
        char = self._text[index : index + 1]
        node: Node
        if char == "{":
            node, index = self._mapping(index, depth)
        elif char == "[":
            node, index = self._sequence(index, depth)
        elif char == '"':
            node, index = self._string(index)
        else:
            node, index = self._plain(index)
        return node, self._space(index)

    def _plain(self, index: int) -> tuple[Scalar, int]:
        found = _PLAIN.match(self._text, index)
        word = found.group() if found else ""
        if word in _WORDS or _NUMBER.match(word):
            at = self._at(index)
            return Scalar(word, at.line, at.column, plain=True), index + len(word)
        if index >= len(self._text):
            raise _SyntaxError(index, "the text ends where a value is needed")
        raise _SyntaxError(index, f"{shown(clean(word or self._text[index]))} is not a JSON value")

    def _string(self, index: int) -> tuple[Scalar, int]:
        at = self._at(index)
        try:
            text, end = scanstring(self._text, index + 1, True)  # noqa: FBT003
        except JSONDecodeError as error:
            what = "this quote is never closed"
            raise _SyntaxError(index, what if "Unterminated" in error.msg else "this text is not valid JSON") from None
        node = Scalar(clean(text), at.line, at.column, plain=False)
        if node.text != text:
            self._notes.add(node, "", "has invisible or control characters, which are left out", "warning")
        return node, end

    def _sequence(self, index: int, depth: int) -> tuple[Sequence, int]:
        at = self._at(index)
        node = Sequence(at.line, at.column)
        index = self._space(index + 1)
        while self._text[index : index + 1] != "]":
            if node.items:
                index = self._comma(index, "]")
            value, index = self._value(index, depth + 1)
            node.items.append(value)
        return node, index + 1

    def _mapping(self, index: int, depth: int) -> tuple[Mapping, int]:
        at = self._at(index)
        node = Mapping(at.line, at.column)
        index = self._space(index + 1)
        first = True
        while self._text[index : index + 1] != "}":
            if not first:
                index = self._comma(index, "}")
            first = False
            if self._text[index : index + 1] != '"':
                raise _SyntaxError(index, "a key in double quotes is needed here")
            key, index = self._string(index)
            index = self._space(index)
            if self._text[index : index + 1] != ":":
                raise _SyntaxError(index, 'a ":" is missing before this')
            value, index = self._value(self._space(index + 1), depth + 1)
            self._enter(node, key, value)
        return node, index + 1

    def _comma(self, index: int, closing: str) -> int:
        if self._text[index : index + 1] != ",":
            raise _SyntaxError(index, f'a "," or "{closing}" is missing before this')
        return self._space(index + 1)

    def _enter(self, node: Mapping, key: Scalar, value: Node) -> None:
        earlier = node.entries.setdefault(key.text, (key, value))[0]
        if earlier is not key:
            message = f"the key {shown(key.text)} stands here a second time: the first is in line {earlier.line}"
            self._notes.add(key, "", message)
