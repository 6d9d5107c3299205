"""Takes out of a text what could steer a terminal or hide from a reader; done once, where text enters."""

from __future__ import annotations

import codecs
import os
import re
import sys
import unicodedata
from difflib import get_close_matches
from functools import cache
from shlex import quote
from shutil import which
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


@cache
def _table(*, one_line: bool) -> dict[int, str | None]:
    # Most runs meet plain ASCII only, and making this takes a twentieth of Python's own start.
    removed = [
        *range(0x20),  # C0, ESC among them
        *range(0x7F, 0xA0),  # DEL and C1: a terminal may take U+009B for ESC [
        0x00AD,  # soft hyphen
        0x034F,  # combining grapheme joiner
        0x061C,  # Arabic letter mark
        *(0x115F, 0x1160, 0x3164, 0xFFA0),  # fillers of Hangul: letters that show nothing
        *(0x17B4, 0x17B5),  # inherent vowels of Khmer
        *range(0x180B, 0x1810),  # Mongolian variation selectors and the vowel separator
        0x200B,  # zero-width space; U+200C and U+200D stay, scripts and emoji need them
        *range(0x200E, 0x2010),  # direction marks
        *range(0x202A, 0x202F),  # bidirectional embeddings and overrides
        *range(0x2060, 0x2070),  # word joiner, invisible operators, bidirectional isolates
        *range(0xFE00, 0xFE0E),  # variation selectors; the last two stay, they choose between text and emoji
        0xFEFF,  # byte order mark
        *range(0xFFF0, 0xFFFD),  # unassigned, interlinear annotation, and a place for an object
        *range(0x13430, 0x13440),  # joiners of hieroglyphs
        *range(0x1BCA0, 0x1BCA4),  # of shorthand
        *range(0x1D173, 0x1D17B),  # of music
        *range(0xE0000, 0xE1000),  # tag characters and further variation selectors, which can carry any text unseen
        *range(0xFDD0, 0xFDF0),  # no characters at all, as are the last two of every plane
        *(plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)),
    ]
    table: dict[int, str | None] = dict.fromkeys(removed)
    table.update(dict.fromkeys((0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), " "))
    table[0x2800] = " "  # Braille without a dot
    # Half a pair, from a file name that is not UTF-8, could not be printed at all.
    table.update(dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))
    for each in (0x09, 0x0A):
        table[each] = " " if one_line else chr(each)
    return table


# What measures widths lets a joiner swallow the character behind it, be it a part of another text. A non-joiner in
# between changes no letter's shape.
_LOOSE: Final = "\u200d(?=\\s|$)"
_UNSEEN: Final = "\u200c\u200d\ufe0e\ufe0f"


# What Python calls printable and nobody sees: letters and marks, where the rest of what is removed are controls.
_HIDDEN_LETTERS: Final = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\ufffc"
    + "".join(map(chr, (*range(0xFE00, 0xFE0E), *range(0xE0100, 0xE01F0))))
)


def clean(text: str) -> str:
    """Return the text without control, direction and invisible characters; newlines and tabs stay.

    Other line separators become spaces, lone surrogates U+FFFD. Cleaning a clean text changes nothing.
    """
    if text.isprintable() and (text.isascii() or _HIDDEN_LETTERS.isdisjoint(text)):
        return text
    return _tied(text.translate(_table(one_line=False)))


def one_line(text: str) -> str:
    """Return the text as `clean` does, with newlines and tabs as spaces: for names within a message."""
    if text.isprintable() and (text.isascii() or _HIDDEN_LETTERS.isdisjoint(text)):
        return text
    return _tied(text.translate(_table(one_line=True)))


def is_blank(text: str) -> bool:
    """Whether a clean text shows nothing: no character, or only spaces, joiners and selectors."""
    return not text or text.isspace() or not visible(text).strip()


def visible(text: str) -> str:
    """Return a clean text without its joiners and selectors: what a reader can tell apart."""
    return text if text.isascii() else text.translate(dict.fromkeys(map(ord, _UNSEEN)))


SPACES: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""What looks like a space and is none, as a class of a regular expression."""


def named(character: str) -> str:
    """Return a character's name and number, for one that looks like another: "a no-break space (U+00A0)"."""
    name = unicodedata.name(character, "character").lower()
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name} (U+{ord(character):04X})"


def parts(text: str) -> list[str]:
    """Return what stands between commas, those of an input method or of Arabic too."""
    return re.split("[,\uff0c\u3001\u060c]", text)


def near(word: str, known: Iterable[str], alike: float = 0.6) -> str | None:
    """Return the known word that a mistyped one was probably meant to be, None when none is near; capitals do not count."""
    by_small = {each.lower(): each for each in known}
    found = get_close_matches(word.lower(), by_small, n=1, cutoff=alike)
    return by_small[found[0]] if found else None


NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def counted(number: int) -> str:
    """Return a small number as a word."""
    return NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"


def several(number: int, one: str, many: str = "") -> str:
    """Return a number of things: "1 path", "2 paths"; `many` where an s does not make it."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def title(name: str) -> str:
    """Return the id of a theme or topic as people read it: "work-life" becomes "Work life"."""
    spaced = name.replace("-", " ").replace("_", " ").strip()
    return spaced[:1].upper() + spaced[1:]


def percent(share: float) -> str:
    """Return a share of 0..1 in whole percent."""
    return f"{100 * share:.0f}%"


def first_sentence(text: str) -> str:
    """Return the text up to the end of its first sentence, or of its first line."""
    found = re.match(r".*?[.!?](?=[\"'\u2019\u201d)]*(?:\s|$))[\"'\u2019\u201d)]*", text)
    return found[0] if found else text.split("\n", 1)[0]


def _tied(text: str) -> str:
    return re.sub(_LOOSE, "\u200d\u200c", text) if "\u200d" in text else text


_RUNNER_COMMAND: Final = r"(?m)^\s*::|##\["
_LOOKALIKES: Final = {
    "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-", "\u2011": "-", "\u2012": "-",
    "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2022": "*",
    "\u00b7": "|", "\u2026": "~", "\u00d7": "x", "\u2192": ">", "\u2190": "<", "\u2265": ">", "\u2264": "<",
    "\u2588": "#", "\u2591": ".", "\u2592": "=", "\u2502": "|", "\u2713": "v", "\u2717": "x",
    "\u25cb": "-", "\u25cf": "x", "\u00ab": '"', "\u00bb": '"',
}  # fmt: skip
"""Characters of the same width that an ASCII terminal can show."""


def _lookalike(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(_LOOKALIKES.get(each) or _base(each) for each in lost), error.end


def _base(character: str) -> str:
    if unicodedata.combining(character):
        return ""
    first = unicodedata.normalize("NFKD", character)[0]
    return first if first.isascii() else "?"


codecs.register_error("lookalike", _lookalike)


def is_accessible(environ: Mapping[str, str]) -> bool:
    """Return whether the person asks, by ACCESSIBLE, for text that can be heard instead of seen."""
    return environ.get("ACCESSIBLE", "").strip().lower() not in {"", "0", "false", "no", "off"}


def is_unicode(encoding: str | None) -> bool:
    """Return whether text in this encoding can hold every character."""
    return (encoding or "ascii").lower().replace("-", "").replace("_", "").startswith("utf")


def as_printed(text: str) -> str:
    """Return a text as standard output will show it: where that lacks characters, with their lookalikes."""
    encoding = sys.stdout.encoding or "ascii"
    return text if text.isascii() or is_unicode(encoding) else text.encode(encoding, "lookalike").decode(encoding)


def operand(path: Path) -> str:
    """Return a path as a word of a command that no command takes for an option."""
    return os.path.join(os.curdir, path) if str(path).startswith("-") else str(path)  # noqa: PTH118


def program() -> str:
    """Return what the reader types to start this program: PATHFINDER_AS, as run.py sets it, or what the process was started as."""
    named = os.environ.get("PATHFINDER_AS", "")
    if re.fullmatch(r"(?=.{1,200}$)([\w./~:\\ -]|'[\w./~:\\ -]+')+", named):
        return named
    started = sys.argv[0] if sys.argv else ""
    if started.endswith(".pyz"):
        return f"python3 {quoted(started)}"
    return _by_package() if re.search(r"(^|[/\\])pathfinder-quiz(\.exe)?$", started) else "pathfinder"


def _by_package() -> str:
    """Return what the reader types who started the script that bears the package's name."""
    # uvx sets UV and puts its temporary script on the PATH; pipx run does neither.
    if "UV" not in os.environ and which("pathfinder-quiz"):
        return "pathfinder-quiz"
    runner, option = ("uvx", "--from") if "UV" in os.environ else ("pipx run", "--spec")
    origin = _origin()
    return f"{runner} {f'{option} {quoted(origin)} ' if origin else ''}pathfinder-quiz"


@cache
def _origin() -> str:
    """Return the folder, file or repository that this was installed from (PEP 610); empty for a package index."""
    import json
    from importlib.metadata import PackageNotFoundError, distribution
    from urllib.request import url2pathname

    try:
        noted = json.loads(distribution("pathfinder-quiz").read_text("direct_url.json") or "{}")
    except PackageNotFoundError:
        return ""
    url = str(noted.get("url", ""))
    if url.startswith("file:"):
        return url2pathname(urlsplit(url).path)
    return f"{noted['vcs_info']['vcs']}+{url}" if "vcs_info" in noted else url


def quoted(*words: str) -> str:
    """Return words to copy into a shell: each in quotes where a shell would read it as more than itself.

    The quotes are put around what will be shown, since a lookalike can be a quote too.
    """
    return " ".join(quote(as_printed(one_line(each))) for each in words)


def command(*words: str) -> str:
    """Return a command of this program, in the form that the reader can type."""
    return f"{program()} {quoted(*words)}"


def inert(text: str) -> str:
    """Return lines without what GitHub's runner, if it reads them, would take for commands to itself."""
    if "GITHUB_ACTIONS" not in os.environ:
        return text
    return re.sub(_RUNNER_COMMAND, lambda found: f"{found[0][:-1]} {found[0][-1]}", text)
