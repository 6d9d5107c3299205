"""A YAML file as values that know their line and column; what is unsafe or ambiguous in it is refused.

One pass over the parser's events: nothing is composed, so aliases cannot multiply and depth is bounded, and
nothing is guessed: text is text (`no`, `010`, `2024-01-01`), and a number is read where one is wanted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import yaml

from pathfinder.pack.decode import decode, place_of, without_tabs
from pathfinder.pack.mistakes import NO_DIRECTIVE, NO_ESCAPE, explain_mistake
from pathfinder.pack.nodes import (
    Broken,
    Mapping,
    Notes,
    Scalar,
    Sequence,
    TooManyError,
    as_number_or_none,
    shown,
)
from pathfinder.text import clean

try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML was built without libyaml.
    CParser = None  # type: ignore[assignment,misc]

if TYPE_CHECKING:
    from collections.abc import Callable

    from pathfinder.pack.nodes import Node, Problem

MOST_DEPTH: Final = 20
MOST_VALUES: Final = 1_000_000
"""Keys and values of one file."""
_COMMENT: Final = re.compile(r" +#(?=[^\s#])")
"""A comment as people do not write them: without a space behind its sign."""
_NO_COMMENT: Final = re.compile(r"\n *#(?= )")
_NO_COMMENT_HERE: Final = "in a text below | or > this begins no comment: people will read it"
_HIDDEN: Final = "\ufdd0"  # A noncharacter: no text has it.


_CUT_BY_COMMENT: Final = (
    'the text ends before this "#", which begins a comment: put the text in quotes, or a space behind the "#"'
)


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


def parse(data: bytes, name: str, problems: list[Problem], *, json: bool = False) -> Node | None:
    """Return what the bytes of the file `name` hold, in YAML or in JSON alone.

    None, with a Problem noted, when nothing can be read; a value comes back beside noted problems where the rest
    of the file can still be checked. Never raises for anything in the file.
    """
    notes = Notes(name, problems)
    try:
        text = decode(data, notes)
        if text is None:
            return None
        if json:
            from pathfinder.pack.json_syntax import is_json, without_pairs

            return _Reading(without_pairs(text).replace("\t", " "), notes).run() if is_json(text, notes) else None
        text = without_tabs(text, notes)
        return None if text is None else _Reading(text, notes).run()
    except TooManyError:
        return None


class _RefusedError(Exception):
    """The text is refused as a whole; the problem is noted."""


class _Reading:
    """The values under construction: the open containers, and the key each mapping waits for a value with."""

    __slots__ = ("_commented", "_count", "_documents", "_end", "_keys", "_notes", "_root", "_stack", "_text")

    def __init__(self, text: str, notes: Notes) -> None:
        self._text = text
        self._notes = notes
        self._root: Node | None = None
        self._stack: list[Sequence | Mapping] = []
        self._keys: list[Node | None] = []
        self._count = 0
        self._documents = 0
        self._end = 0
        self._commented = " #" in text

    def run(self) -> Node | None:
        """Return the first document's value, or None when there is none to be had."""
        try:
            self._refuse_directive(0)
            self._read_all()
        except _RefusedError:
            return None
        except yaml.MarkedYAMLError as error:
            top = self._stack[-1] if self._stack else None
            place = explain_mistake(error, self._text, (top.line, top.column) if top is not None else None)
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
                place = event.start_mark
                opened(event, Mapping(place.line + 1, place.column + 1, flow=event.flow_style))
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
        end = event.end_mark
        if node.plain and self._commented and (comment := _COMMENT.match(self._text, end.index)):
            place = Broken(end.line + 1, end.column + len(comment[0]))
            self._notes.add(place, "", _CUT_BY_COMMENT, "warning")
        if event.style in ("|", ">") and (sign := _NO_COMMENT.search(self._text, mark.index, end.index)):
            self._notes.add(place_of(self._text, sign.end() - 1), "", _NO_COMMENT_HERE, "warning")
        bare = node.plain and not text and ":" not in self._text[self._end : mark.index]
        self._end = end.index
        self._place(node, bare=bare)

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

    def _place(self, node: Node, *, bare: bool = False) -> None:
        """Put a value where it belongs; `bare` is the missing value of a key that has no colon either."""
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
                # Nothing stands nowhere: the key is what people can find.
                node.line, node.column = key.line, key.column
            if not (top.flow and self._is_cut_by_comma(top, key, node, bare=bare)):
                self._enter(top, key, node)

    def _is_cut_by_comma(self, top: Mapping, key: Scalar, node: Node, *, bare: bool) -> bool:
        """Whether what looks like a key within { } is the rest of the value before it; noted once for each."""
        before = top.before
        if not bare or not key.plain or before is None:
            top.before = node if type(node) is Scalar and node.plain and node.text else None
            return False
        if type(before) is Scalar:
            if as_number_or_none(before.text) is None:
                message = f"the comma before this ends the text {shown(before.text)}: put the whole text in quotes"
            elif key.text.isdigit():
                message = f"a comma ends a value here: if a decimal is meant, write {before.text}.{key.text}"
            else:
                return False
            self._notes.add(key, "", message)
            top.before = Broken(key.line, key.column)
        return True

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
