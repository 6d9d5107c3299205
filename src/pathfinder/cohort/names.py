"""What questions, dimensions and paths are called in other tools, and how their texts are compared."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from pathfinder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pathfinder.pack import Pack

MATTERS_MOST: Final = "matters_most"
DOES_NOT_MATTER: Final = "does_not_matter"
RULE_OUT: Final = "rule_out"
LEAN: Final = "lean"

ASKED: Final = {
    MATTERS_MOST: "Which of these matter most to you? Choose up to three, or none.",
    DOES_NOT_MATTER: "Which of these do not matter to you at all? Choose any, or none.",
    RULE_OUT: "Is there one that you would not do, whatever the result? Choose any, or none.",
    LEAN: "Before you see a result: which one are you drawn to?",
}
"""What is asked beside the questions of a pack, by the name of its column."""

_LONGEST_CODE: Final = 20
_TAKEN: Final = (*ASKED, "record_id", "id", "start", "end", "today", "token", "key")

# What no dialect takes for the name of a column unless it is quoted.
_WORDS: Final = (
    "all alter and any array as asc at between both by case cast check collate column connect constraint create "
    "cross cube current current_date current_time current_timestamp current_user default delete desc describe "
    "distinct do drop else end enum escape except exclude exists extract false fetch filter following for foreign "
    "from full function grant group grouping groups hash having if ignore ilike in increment inner insert "
    "intersect interval into is issue join lateral leading left like limit localtime localtimestamp lookup merge "
    "minus natural new no not null nulls of offset on only or order outer over overlaps partition pivot preceding "
    "primary proto qualify range recursive references regexp respect revoke right rlike rollup row rows sample "
    "schema select semi session set show some start struct summarize table tablesample then time timestamp to "
    "trailing treat trigger true try_cast unbounded union unique unnest unpivot update user using values view "
    "when whenever where window with within first verdict track tied "
)
_RESERVED: Final = frozenset(_WORDS.split())

_QUOTES: Final = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u0060\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\u200b\u200c\u200d\ufeff\u00ad"),
    }
)


# What a spreadsheet takes for the beginning of a formula.
_RUN: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def inert_cell(text: str) -> str:
    """Return a cell that no spreadsheet runs as a formula, on one line and without what could steer a terminal."""
    line = one_line(text)
    return f"'{line}" if line.lstrip().startswith(_RUN) or text.startswith(_RUN) else line


def folded(text: str) -> str:
    """Return a text in the one form in which texts are compared: capitals, spaces and typographic signs aside."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    # An apostrophe in front is how a formula is made text.
    # REDCap keeps the bar for itself.
    return " ".join(text.casefold().removeprefix("'").replace("|", "/").split())


def variables(ids: Iterable[str]) -> dict[str, str]:
    """Return a name for each id that REDCap, ODK and SQL take for a variable: small letters, digits and underscores."""
    return _named(ids, _variable)


def codes(ids: Iterable[str]) -> dict[str, str]:
    """Return a code for each id as LimeSurvey takes it: at most twenty small letters and digits, a letter first."""
    return _named(ids, _code)


def members(pack: Pack, column: str) -> dict[str, str]:
    """Return what can be chosen in a column beside the questions: names by ids of dimensions or paths."""
    if column in {MATTERS_MOST, DOES_NOT_MATTER}:
        return {each.id: each.name for each in pack.dimensions}
    return {each.id: each.name for each in pack.paths}


def _named(ids: Iterable[str], shape: Callable[[str], str]) -> dict[str, str]:
    taken = {shape(each) for each in _TAKEN}
    named = {}
    for each in ids:
        name, number = shape(each), 1
        while name in taken:
            number += 1
            name = shape(each)[: _LONGEST_CODE - len(str(number)) - 1] + f"x{number}"
        taken.add(name)
        named[each] = name
    return named


def _variable(text: str) -> str:
    name = re.sub("[^a-z0-9_]", "_", text.lower())
    return f"q_{name}" if name in _RESERVED or not name[0].isalpha() else name


def _code(text: str) -> str:
    name = re.sub("[^a-z0-9]", "", text.lower())
    return (name if name[:1].isalpha() else f"q{name}")[:_LONGEST_CODE]
