"""The few signs that are not words, and the few colors; each color only repeats what a sign or a word says already."""

from __future__ import annotations

import codecs
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pathfinder.text  # noqa: F401 - it knows the lookalikes
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Mapping


@value
class Marks:
    """Signs of one column each (but `arrows` and `ellipsis`); text must fit `encoding`."""

    dot: str
    done: str
    open: str
    pointer: str
    arrows: str
    above: str
    below: str
    ellipsis: str
    encoding: str

    def clean(self, text: str) -> str:
        """Return text that the terminal can show: what it has no character for becomes ASCII or "?"."""
        return text if self.encoding == "utf-8" else text.encode(self.encoding, "lookalike").decode(self.encoding)


UNICODE: Final = Marks(
    dot="·", done="━", open="─", pointer="»", arrows="↑↓", above="↑", below="↓", ellipsis="…", encoding="utf-8"
)
ASCII: Final = Marks(
    dot="-", done="#", open=".", pointer=">", arrows="arrows", above="^", below="v", ellipsis="...", encoding="ascii"
)

# Blue, gray and orange-brown of about the same luminance: 4:1 or more on white and on black, and told apart by
# the color-blind. All are in the palette of 256, so that every terminal shows the same.
BLUE: Final = "#0087d7"
_GRAY: Final = "#767676"
_BROWN: Final = "#af5f00"
_PALETTE: Final = {BLUE: 32, _GRAY: 243, _BROWN: 130}

STYLES: Final = {
    "theme": "bold",
    "done": f"{BLUE} bold",
    "open": _GRAY,
    "opening": _GRAY,
    "echo": _GRAY,
    "question": "bold",
    "pointer": f"{BLUE} bold",
    "selected": "bold",
    "digit": _GRAY,
    "key": "bold",
    "meaning": _GRAY,
    "warning": f"{_BROWN} bold",
}
"""Classes of the running quiz; a class that is missing is plain text."""

QUESTIONARY_STYLES: Final = {
    "qmark": f"{BLUE} bold",
    "answer": "bold",
    "highlighted": "bold",
    "selected": "",
    "text": "",
    "instruction": _GRAY,
    "separator": _GRAY,
    "validation-toolbar": f"{_BROWN} bold noreverse bg:default",
    "bottom-toolbar": "noreverse",
}
"""The same for Questionary's own classes."""


def escape(style: str, *, colored: bool) -> str:
    """Return the control sequence for a style such as "class:done"."""
    codes = ["0"]
    for word in STYLES.get(style.removeprefix("class:"), "").split():
        if word == "bold":
            codes.append("1")
        elif colored:
            codes.append(f"38;5;{_PALETTE[word]}")
    return f"\x1b[{';'.join(codes)}m"


def marks_for(encoding: str | None, environ: Mapping[str, str]) -> Marks:
    """Return the signs for an output's encoding and locale: ASCII unless both are UTF-8.

    Python writes UTF-8 under LANG=C too (PEP 538 sets LC_CTYPE to C.UTF-8, PEP 540 sees LC_ALL=C), so the locale
    that was asked for counts, as it does for what is printed.
    """
    try:
        name = codecs.lookup(encoding or "ascii").name
    except LookupError:
        name = "ascii"
    asked = environ.get("LC_ALL") or environ.get("LANG")
    if asked in {"C", "POSIX"}:
        return ASCII
    return UNICODE if name == "utf-8" else replace(ASCII, encoding=name)
