"""A YAML file as values that know their line and column; what is unsafe or ambiguous in it is refused.

One pass over the parser's events: nothing is composed, so aliases cannot multiply and depth is bounded, and
nothing is guessed: text is text (`no`, `010`, `2024-01-01`), and a number is read where one is wanted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from pathfinder.files import MOST_BYTES, FileRefusedError, read_bytes
from pathfinder.pack.lazy_yaml import CParser, yaml
from pathfinder.pack.mistakes import NO_DIRECTIVE, NO_ESCAPE, explain
from pathfinder.pack.nodes import Broken, Mapping, Node, Notes, Problem, Scalar, Sequence, TooManyError, shown
from pathfinder.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["Broken", "Mapping", "Node", "Problem", "Scalar", "Sequence", "parse", "read"]

MOST_DEPTH: Final = 20
MOST_VALUES: Final = 1_000_000
"""Keys and values of one file."""
_HIDDEN: Final = "\ufdd0"  # A noncharacter: no text has it.
_BREAKS: Final = "\x85\u2028\u2029"  # YAML 1.2 takes these for text; both parsers would begin a line.


class PureParser(yaml.SafeLoader):
    """The parser that is always there, several times slower; only its `get_event` is used."""

    def __init__(self, text: str) -> None:
        # Within brackets it takes the end of "Really?" for the mark of a key.
        super().__init__(re.sub(r"(?<=[^\s\[{,])\?", _HIDDEN, text))

    def get_event(self) -> Any:
        """Return the next event."""
        event: Any = super().get_event()  # type: ignore[no-untyped-call]
        if type(event) is yaml.ScalarEvent:
            event.value = event.value.replace(_HIDDEN, "?")
        return event


PARSER: Callable[[str], Any] = PureParser if CParser is None else CParser
"""Makes the parser of a text."""


def read(path: Path, problems: list[Problem], *, limit: int = MOST_BYTES) -> Node | None:
    """Return what a file of at most `limit` bytes holds; None, with a Problem noted, when nothing can be read.

    Never raises for anything in the file or about it. A value comes back beside noted problems where the
    rest of the file can still be checked.
    """
    name = one_line(str(path))
    try:
        data = read_bytes(path, limit=limit)
    except FileRefusedError as error:
        Notes(name, problems).add(None, "", str(error))
        return None
    return parse(data, name, problems)


def parse(data: bytes, name: str, problems: list[Problem]) -> Node | None:
    """Return what the bytes of the file `name` hold, as `read` does."""
    notes = Notes(name, problems)
    try:
        text = decode(data, notes)
        text = None if text is None else _alike(text, notes)
        return None if text is None else _Reading(text, notes).run()
    except TooManyError:
        return None


def _alike(text: str, notes: Notes) -> str | None:
    """Return the text with nothing in it that the two parsers take differently; columns stay."""
    if not text.isascii():
        for each in _BREAKS:
            text = text.replace(each, " ")
    if "\t" in text:
        at = _indenting_tab(text)
        if at is not None:
            notes.add(at, "", "a tab stands in the indentation: use spaces")
            return None
        text = text.replace("\t", " ")
    return text


def _indenting_tab(text: str) -> Broken | None:
    for number, line in enumerate(text.split("\n"), start=1):
        if "\t" in line:
            rest = line.lstrip(" \t")
            tab = line.find("\t", 0, len(line) - len(rest))
            if tab >= 0 and rest and rest[0] != "#":
                return Broken(number, tab + 1)
    return None


class _RefusedError(Exception):
    """The text is refused as a whole; the problem is noted."""


class _Reading:
    """The values under construction: the open containers, and the key each mapping waits for a value with."""

    __slots__ = ("_count", "_documents", "_keys", "_notes", "_root", "_stack", "_text")

    def __init__(self, text: str, notes: Notes) -> None:
        self._text = text
        self._notes = notes
        self._root: Node | None = None
        self._stack: list[Sequence | Mapping] = []
        self._keys: list[Node | None] = []
        self._count = 0
        self._documents = 0

    def run(self) -> Node | None:
        """Return the first document's value, or None when there is none to be had."""
        try:
            self._refuse_directive(0)
            self._read_all()
        except _RefusedError:
            return None
        except yaml.MarkedYAMLError as error:
            top = self._stack[-1] if self._stack else None
            place = explain(error, self._text, (top.line, top.column) if top is not None else None)
            self._syntax(*place)
            return None
        except (yaml.YAMLError, ValueError, OverflowError):
            # The pure parser passes on what `chr` says about "\UFFFFFFFF".
            self._syntax(1, 1, NO_ESCAPE)
            return None
        if self._root is None:
            self._notes.add(None, "", "is empty")
        return self._root

    def _syntax(self, line: int, column: int, message: str) -> None:
        self._notes.add(Broken(line, column), "", message)

    def _read_all(self) -> None:
        parser = PARSER(self._text)
        scalar, opened, closed = self._scalar, self._open, (yaml.MappingEndEvent, yaml.SequenceEndEvent)
        scalar_event = yaml.ScalarEvent
        while True:
            event = parser.get_event()
            kind = type(event)
            if kind is scalar_event:
                scalar(event)
            elif kind is yaml.MappingStartEvent:
                opened(event, Mapping(event.start_mark.line + 1, event.start_mark.column + 1))
            elif kind is yaml.SequenceStartEvent:
                opened(event, Sequence(event.start_mark.line + 1, event.start_mark.column + 1))
            elif kind in closed:
                self._stack.pop()
                self._keys.pop()
            elif kind is yaml.AliasEvent:
                at = _at(event)
                self._notes.add(
                    at,
                    "",
                    f"an alias (*{clean(event.anchor)}) is not allowed: write the value out, or put it in quotes",
                )
                self._place(at)
            elif kind is yaml.DocumentStartEvent:
                self._begin(event)
            elif kind is yaml.DocumentEndEvent:
                self._refuse_directive(event.end_mark.index)
            elif kind is yaml.StreamEndEvent:
                return

    def _begin(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            self._notes.add(_at(event), "", 'a second document begins here: a file holds one; remove the "---"')
            raise _RefusedError

    def _refuse_directive(self, start: int) -> None:
        """Refuse a directive where a document may begin: thousands of them would take the C parser minutes."""
        at = start if self._text.startswith("%", start) else self._text.find("\n%", start) + 1
        if at <= start and not self._text.startswith("%", start):
            return
        if all(
            line.lstrip(" ")[:1] in ("", "#") or line.startswith("...") for line in self._text[start:at].split("\n")
        ):
            self._notes.add(place_of(self._text, at), "", NO_DIRECTIVE)
            raise _RefusedError

    def _scalar(self, event: Any) -> None:
        mark = event.start_mark
        text = clean(event.value)
        node = Scalar(text, mark.line + 1, mark.column + 1, plain=not event.style)
        if text != event.value:
            if not event.value.isascii() and any("\ud800" <= each <= "\udfff" for each in event.value):
                # Only the pure parser lets half a pair through.
                self._syntax(node.line, node.column, NO_ESCAPE)
                raise _RefusedError
            if text.replace("\u200c", "") != event.value.replace("\u200c", ""):
                self._notes.add(node, "", "has invisible or control characters, which are left out", "warning")
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event, node)
        self._place(node)

    def _open(self, event: Any, node: Sequence | Mapping) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event, node)
        # With a tag it is something else than it looks like: what it holds is nobody's business.
        self._place(node if event.tag is None else Broken(node.line, node.column))
        if len(self._stack) == MOST_DEPTH:
            self._notes.add(node, "", f"is nested more than {MOST_DEPTH} levels deep")
            raise _RefusedError
        self._stack.append(node)
        self._keys.append(None)

    def _refuse_properties(self, event: Any, node: Node) -> None:
        if event.anchor is not None:
            self._notes.add(
                node, "", f"an anchor (&{clean(event.anchor)}) is not allowed: remove it, or put the text in quotes"
            )
        if event.tag is not None:
            self._notes.add(node, "", "a tag (!) is not allowed: remove it, or put the text in quotes")

    def _place(self, node: Node) -> None:
        self._count += 1
        if self._count > MOST_VALUES:
            self._notes.add(node, "", f"holds more than {MOST_VALUES:,} keys and values, which is more than is read")
            raise _RefusedError
        if not self._stack:
            self._root = node
            return
        top = self._stack[-1]
        if type(top) is Sequence:
            top.items.append(node)
            return
        key = self._keys[-1]
        if key is None:
            self._keys[-1] = self._key(node)
            return
        self._keys[-1] = None
        if type(top) is Mapping and type(key) is Scalar:
            if type(node) is Scalar and node.plain and not node.text:
                # Nothing stands nowhere; the parsers differ about where.
                node.line, node.column = key.line, key.column
            self._enter(top, key, node)

    def _key(self, node: Node) -> Node:
        """Return the key, or Broken when the entry is to be passed over."""
        if type(node) is Scalar:
            if node.plain and node.text == "<<":
                self._notes.add(node, "", 'a merge key ("<<") is not allowed: write the keys out')
                return Broken(node.line, node.column)
            return node
        if type(node) is not Broken:
            self._notes.add(node, "", "a list or a mapping cannot be a key: is a quote missing?")
        return Broken(node.line, node.column)

    def _enter(self, top: Mapping, key: Scalar, node: Node) -> None:
        earlier = top.entries.get(key.text)
        if earlier is None:
            top.entries[key.text] = key, node
        else:
            self._notes.add(
                key, "", f"the key {shown(key.text)} stands here a second time: the first is in line {earlier[0].line}"
            )


def _at(event: Any) -> Broken:
    return Broken(event.start_mark.line + 1, event.start_mark.column + 1)


_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"

_FORBIDDEN: Final = "".join(
    map(
        chr,
        [
            *range(0x09),
            0x0B,
            0x0C,
            *range(0x0E, 0x20),
            *range(0x7F, 0x85),
            *range(0x86, 0xA0),
            0xFDD0,
            0xFEFF,
            0xFFFE,
            0xFFFF,
        ],
    )
)


def decode(data: bytes, notes: Notes) -> str | None:
    """Return UTF-8 bytes as text with newlines for every kind of line break.

    None, with a problem noted, when they are not UTF-8 or hold characters that no text file holds.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        notes.add(None, "", "is UTF-16: save it as UTF-8")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec counts from after the byte order mark.
        bad = data.removeprefix(_BYTE_ORDER_MARK)
        before = bad[: error.start].decode()
        notes.add(place_of(before, len(before)), "", f"is not UTF-8: the byte 0x{bad[error.start]:02x} stands here")
        return None
    first = min((at for at in map(text.find, _FORBIDDEN) if at >= 0), default=-1)
    if first >= 0:
        message = f"has the character U+{ord(text[first]):04X}: is it a text file?"
        notes.add(place_of(text, first), "", message)
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def place_of(text: str, index: int) -> Broken:
    """Return line and column of an index."""
    return Broken(text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
