"""Standard output and error without any decoration: JSON, single lines, and an encoding that cannot crash."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from io import TextIOWrapper
from textwrap import fill
from typing import Any, Final

from pathfinder.text import clean, inert

# Patterns as text: most runs need none of them, and compiling them all takes a tenth of Python's own start.
_COMMAND: Final = (
    r"""(?<!\S)pathfinder (?:quiz|compare|faq|show|sessions|cohort|pack)(?: (?:'[^']*'|"[^"]*"|[^\s'",;()])+)*"""
)
_JOINED: Final = "\x00"


_LONGEST_SIZE: Final = 5
"""More digits than this are no number of columns or lines."""


def prepare() -> None:
    """Make standard streams and the terminal's size safe to use.

    Text that an encoding lacks degrades to lookalikes, a closed stream is an empty one, and a COLUMNS or LINES
    that is no number is as good as none.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - open until the end
    for name in ("COLUMNS", "LINES"):
        size = os.environ.get(name, "")
        if not (size.isascii() and size.isdecimal() and len(size) <= _LONGEST_SIZE):
            os.environ.pop(name, None)
    # What is typed in another encoding is a typing error, and no reason to crash.
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    # In the C locale Python writes UTF-8 all the same (PEP 538 and 540), but nobody said that it can be read there.
    locale = os.environ.get("LC_ALL") or os.environ.get("LANG")
    ascii_only = locale in {"C", "POSIX"} and "PYTHONIOENCODING" not in os.environ
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="lookalike", **({"encoding": "ascii"} if ascii_only else {}))


def emit_json(value: Any) -> None:
    """Write one JSON value and a newline to standard output, and nothing else; the same bytes in every locale."""
    import json

    text = json.dumps(value, allow_nan=False, indent=2)
    # The same value, and no command to GitHub's runner, which looks for them everywhere in a line.
    sys.stdout.write(text.replace("##[", "#\\u0023[") + "\n")


def say(line: str) -> None:
    """Write one line to standard error, where everything goes that is not the result.

    A terminal gets it broken between words. When even writing is impossible there is nobody left to tell.
    """
    try:
        sys.stderr.write(inert(_broken(clean(line))) + "\n")
        sys.stderr.flush()
    except OSError:
        _silence(sys.stderr)


def _broken(line: str) -> str:
    if not sys.stderr.isatty():
        return line
    width = os.get_terminal_size(sys.stderr.fileno()).columns
    if not width:
        return line
    # A command broken in two could not be copied.
    whole = re.sub(_COMMAND, lambda found: found[0].replace(" ", _JOINED), line)
    return fill(whole, width, break_long_words=False, break_on_hyphens=False).replace(_JOINED, " ")


def lost(error: OSError) -> str | None:
    """Return why standard output cannot be written, and write no more to it; None when the error is another one.

    A reader that has seen enough (`| head`) is another one: the caller's library knows what to do.
    """
    from pathfinder.files import REFUSALS, reason

    # What goes wrong with a stream names no file.
    if error.filename is not None or error.errno not in REFUSALS:
        return None
    _silence(sys.stdout)
    return f"the output cannot be written: {reason(error)}"


def _silence(stream: Any) -> None:
    # What is left in the stream would fail once more at the interpreter's end, with a message and a code of its own.
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
