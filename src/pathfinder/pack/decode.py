"""The bytes of a file as text that every YAML parser takes in the same way; what no text file holds is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pathfinder.pack.nodes import Broken

if TYPE_CHECKING:
    from pathfinder.pack.nodes import Notes

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_OTHER_ENCODINGS: Final = (
    # UTF-32 first: its mark begins like the one of UTF-16.
    ("UTF-32", (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")),
    ("UTF-16", (b"\xff\xfe", b"\xfe\xff")),
)
_FORBIDDEN_RANGES: Final = (range(0x09), range(0x0B, 0x0D), range(0x0E, 0x20), range(0x7F, 0x85), range(0x86, 0xA0))
_FORBIDDEN: Final = "".join(chr(each) for codes in _FORBIDDEN_RANGES for each in codes) + "\ufdd0\ufeff\ufffe\uffff"
_BREAKS: Final = "\x85\u2028\u2029"  # YAML 1.2 takes these for text; the parsers would begin a line.


def decode(data: bytes, notes: Notes) -> str | None:
    """Return UTF-8 bytes as text with newlines for every kind of line break.

    None, with a problem noted, when they are not UTF-8 or hold characters that no text file holds.
    """
    for name, marks in _OTHER_ENCODINGS:
        if data.startswith(marks):
            notes.add(None, "", f"is {name}: save it as UTF-8")
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
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    return text if text.isascii() else text.translate(dict.fromkeys(map(ord, _BREAKS), " "))


def without_tabs(text: str, notes: Notes) -> str | None:
    """Return the text with spaces for tabs; None, with a problem noted, when one stands in the indentation."""
    if "\t" not in text:
        return text
    for number, line in enumerate(text.split("\n"), start=1):
        rest = line.lstrip(" \t")
        tab = line.find("\t", 0, len(line) - len(rest))
        if tab >= 0 and rest and rest[0] != "#":
            notes.add(Broken(number, tab + 1), "", "a tab stands in the indentation: use spaces")
            return None
    return text.replace("\t", " ")


def place_of(text: str, index: int) -> Broken:
    """Return line and column of an index."""
    return Broken(text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
