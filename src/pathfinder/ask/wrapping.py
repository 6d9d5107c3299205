"""Breaking text into lines by the columns that it takes on a terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import category

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WIDE: Final = 2
# Categories of characters that may not begin a line: closing brackets and quotes, stops, marks that lengthen.
_CLINGING: Final = frozenset({"Pe", "Pf", "Po", "Lm"})
# Latin letters and the punctuation around them take one column each.
_NARROW: Final = re.compile(r"[ -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e]*")


def columns(text: str) -> int:
    """Return how many columns a text without control characters takes.

    prompt_toolkit knows for every script, and is loaded only for those that need it: the first question
    does not wait for it.
    """
    if _NARROW.fullmatch(text):
        return len(text)
    from prompt_toolkit.utils import get_cwidth

    return get_cwidth(text)


def wrap(text: str, width: int) -> list[str]:
    """Break text into lines of at most `width` columns: at spaces, between wide characters, or else anywhere.

    Nothing is lost but the spaces at the breaks. A character wider than `width` stands alone.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for gap, unit in _units(paragraph):
            joined = line + gap + unit if line else unit
            if columns(joined) <= width:
                line = joined
                continue
            if line:
                lines.append(line)
            *full, line = _pieces(unit, width)
            lines += full
        lines.append(line)
    return lines


def shorten(text: str, width: int, ellipsis: str) -> str:
    """Return text on one line of at most `width` columns, ended by the ellipsis at a word when cut."""
    flat = " ".join(text.split())
    if columns(flat) <= width:
        return flat
    first = wrap(flat, max(1, width - columns(ellipsis)))[0]
    return first.rstrip(" ,;:.") + ellipsis


def _units(paragraph: str) -> Iterator[tuple[str, str]]:
    """Yield what must stay together and the space before it; no-break spaces hold words together."""
    for gap, word in re.findall(r"([ \t\r\f\v]*)([^ \t\r\f\v]+)", paragraph):
        before, unit = " " if gap else "", ""
        for cluster in _clusters(word):
            wide = columns(cluster) >= _WIDE
            apart = unit and (wide or columns(unit[-1:]) >= _WIDE) and category(cluster[0]) not in _CLINGING
            if apart:
                yield before, unit
                before, unit = "", ""
            unit += cluster
        yield before, unit


def _clusters(word: str) -> Iterator[str]:
    """Yield characters with the marks of no width that belong to them."""
    cluster = ""
    for character in word:
        if cluster and columns(character) > 0 and not cluster.endswith("\u200d"):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _pieces(unit: str, width: int) -> Sequence[str]:
    pieces = [""]
    for cluster in _clusters(unit):
        if pieces[-1] and columns(pieces[-1] + cluster) > width:
            pieces.append("")
        pieces[-1] += cluster
    return pieces
