"""Packs that have been read and checked before, kept by the digest of their files.

Reading the YAML again would cost a command one to four times Python's own start (docs/performance.md).
An entry is JSON, named by the digest of the very bytes it was made of, so it can be missing but never out of date,
and behind a seal, so that one that was damaged or renamed is not read. It is trusted like a file of this program: it
stands in a folder that only its owner can write to. Whatever goes wrong here is silent: the YAML is still there.
"""

from __future__ import annotations

import json
from contextlib import suppress
from time import time
from typing import TYPE_CHECKING, Any, Final

from pathfinder import __version__
from pathfinder.files import PRIVATE_FOLDER, read_private, sweep, write_private
from pathfinder.pack import (
    CareerPath,
    Dimension,
    Fact,
    Faq,
    NextStep,
    Option,
    Pack,
    Question,
    Scale,
    Source,
    Statement,
    Track,
)
from pathfinder.place import cache

if TYPE_CHECKING:
    from pathlib import Path

LARGEST: Final = 50_000_000
MOST_ENTRIES: Final = 16
"""So many packs are kept; an author's every edit makes one."""

_CLASSES: Final = (
    Source, Dimension, Statement, Fact, NextStep, Track, CareerPath, Option, Scale, Question, Faq, Pack,
)  # fmt: skip
_FIELDS: Final = tuple(tuple(each.__dataclass_fields__) for each in _CLASSES)
_NUMBER: Final = {each: number for number, each in enumerate(_CLASSES)}
_TUPLE: Final = -1

SHAPE: Final = f"{__version__} " + " ".join(
    f"{c.__name__}:{','.join(f)}" for c, f in zip(_CLASSES, _FIELDS, strict=True)
)
"""What an entry was written by: another version, or other fields, and it is not read."""


def load(digest: str) -> Any:
    """Return what was stored under a digest ("sha256:" and hex digits); None when there is nothing to be had."""
    path = _path(digest)
    if path is None:
        return None
    with suppress(OSError, ValueError, TypeError, LookupError, RecursionError):
        seal, _, text = read_private(path, LARGEST).partition(b"\n")
        if seal != _seal(digest, text):
            return None
        stored = json.loads(text)
        if stored["shape"] == SHAPE:
            return _thawed(stored["value"])
    return None


def store(digest: str, value: Any) -> None:
    """Keep a pack, or a tuple of parts of one, under a digest."""
    path = _path(digest)
    if path is None:
        return
    with suppress(OSError, ValueError):
        path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        _tidy(path.parent)
        text = json.dumps({"shape": SHAPE, "value": _frozen(value)}, separators=(",", ":")).encode()
        write_private(path, _seal(digest, text) + b"\n" + text)


def _seal(digest: str, text: bytes) -> bytes:
    from hashlib import sha256

    return sha256(digest.encode() + b"\n" + text).hexdigest().encode()


def _path(digest: str) -> Path | None:
    folder = cache()
    return None if folder is None else folder / f"{digest.replace(':', '-')}.json"


def _tidy(folder: Path) -> None:
    sweep(folder, time())
    entries = sorted(folder.glob("sha256-*.json"), key=lambda each: each.lstat().st_mtime, reverse=True)
    for each in entries[MOST_ENTRIES - 1 :]:
        each.unlink(missing_ok=True)


def _frozen(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_TUPLE, *map(_frozen, value)]
    number = _NUMBER.get(type(value))
    if number is None:
        return value
    return [number, *(_frozen(getattr(value, name)) for name in _FIELDS[number])]


def _thawed(stored: Any) -> Any:
    # Lists stand for tuples and values, by their first entry; everything else is what JSON made of it.
    if type(stored) is not list:
        return stored
    parts = [each if type(each) is not list else _thawed(each) for each in stored[1:]]
    number = stored[0]
    if number == _TUPLE:
        return tuple(parts)
    return _CLASSES[number](**dict(zip(_FIELDS[number], parts, strict=True)))
