"""Bytes and text of a file that may be anything: a folder, a pipe, a device, too large, binary, gone."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

from pathfinder.clean import one_line
from pathfinder.files import reason
from pathfinder.located import Broken

if TYPE_CHECKING:
    from pathlib import Path

    from pathfinder.located import Notes

MOST_BYTES: Final = 5_000_000
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
_KINDS: Final = (
    (stat.S_ISDIR, "is a folder, not a file"),
    (stat.S_ISFIFO, "is a pipe, not a file"),
    (stat.S_ISSOCK, "is a socket, not a file"),
    (stat.S_ISCHR, "is a device, not a file"),
    (stat.S_ISBLK, "is a device, not a file"),
)


class FileRefusedError(Exception):
    """The file cannot be read; the message says why and does not repeat the file's name."""


def read_bytes(path: Path, *, limit: int = MOST_BYTES) -> bytes:
    """Return what a regular file holds, at most `limit` bytes; links are followed, pipes never waited for.

    Raises FileRefusedError for everything else.
    """
    try:
        # Before opening, since opening a device can already do something; and after, since it may be replaced.
        _refuse_special(os.stat(path))  # noqa: PTH116
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(path, flags), "rb") as file:  # noqa: PTH123
            found = os.fstat(file.fileno())
            _refuse_special(found)
            data = b"" if found.st_size > limit else file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise FileRefusedError(_reason(path, error)) from error
    if found.st_size > limit or len(data) > limit:
        raise FileRefusedError(f"is larger than {limit / 1_000_000:g} MB")
    return data


def _refuse_special(found: os.stat_result) -> None:
    for test, message in _KINDS:
        if test(found.st_mode):
            raise FileRefusedError(message)


def _reason(path: Path, error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        twin = path.with_suffix(".yml" if path.suffix == ".yaml" else ".yaml") if path.name else path
        if not twin.is_file():
            return "does not exist"
        return f"does not exist; rename {one_line(twin.name)} to {one_line(path.name)}"
    if isinstance(error, OSError):
        return f"cannot be read: {reason(error)}"
    return "cannot be read: its name is not a possible file name"


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
