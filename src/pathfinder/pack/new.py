"""Writes a new pack: small, commented, and already passing check and audit."""

from __future__ import annotations

import json
import unicodedata
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

from pathfinder.errors import UsageError
from pathfinder.files import reason
from pathfinder.pack.load import FILES, pack_from
from pathfinder.text import is_blank, one_line
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathfinder.pack.nodes import Problem

FEWEST_OPTIONS: Final = 2
MOST_OPTIONS: Final = 8
LONGEST_SLUG: Final = 40
DEFAULT_THEMES: Final = ("practical", "personal")

DIMENSIONS: Final = ("cost", "effort", "safety", "company", "novelty", "freedom", "pleasure")
"""The dimensions of the templates, in the order of their questions."""

# Words of the (7, 4) Hamming code (1950), some signs turned: any two differ in three or more of seven levels, so that
# none is a blend of others. The first two differ in all, or two options would leave some questions dead. Chosen
# with the order of the templates' options so that audits of two to eight options find nothing.
_LEVELS: Final = ("-+--+-+", "+-++-+-", "---+--+", "-+---+-", "+----++", "-++++--", "+++---+", "+---+--")

_SPELLED: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"}
)
"""Latin letters that are no others with a mark."""
_PUNCTUATION: Final = frozenset(" .,:;!?'\"()[]{}-_/\\")
_JOINERS: Final = "\u200c\u200d"
_TEMPLATES: Final = Path(__file__).parent / "templates"


@value
class NewPack:
    """What to ask the author of a new pack.

    `title`: what the decision is, in a few words. `options`: two to eight names of what one can choose.
    `themes`: one to seven names of groups of questions.
    """

    title: str
    options: tuple[str, ...]
    themes: tuple[str, ...] = DEFAULT_THEMES


def problem(new: NewPack) -> str | None:
    """Return why no pack can be made of this, in a sentence; None when one can."""
    return _made(new, Path())[1]


def write_new_pack(folder: Path, new: NewPack) -> tuple[Path, ...]:
    """Write the four files of a new pack into a folder that is absent or empty; return their paths.

    Nothing is ever overwritten, and on any failure all that was made is removed. Raises UsageError when the folder
    holds something or cannot be written, or when `problem` finds one.
    """
    contents, wrong = _made(new, folder)
    if wrong:
        raise UsageError(f"{wrong}.")
    made: list[Path] = []
    try:
        _make_folder(folder, made)
        _refuse_full(folder)
        for name, content in contents.items():
            with (folder / name).open("x", encoding="utf-8", newline="\n") as file:
                made.append(folder / name)
                file.write(content)
    except BaseException as error:
        for each in reversed(made):
            with suppress(OSError):
                each.rmdir() if each.is_dir() else each.unlink()
        if isinstance(error, OSError):
            raise UsageError(f"{one_line(str(folder))} cannot be written: {reason(error)}.") from error
        raise
    return tuple(folder / name for name in FILES)


def _made(new: NewPack, folder: Path) -> tuple[dict[str, str], str | None]:
    """Return the files' contents and why they would make no good pack: the loader is asked."""
    if not FEWEST_OPTIONS <= len(new.options) <= MOST_OPTIONS:
        return {}, f"a new pack has {FEWEST_OPTIONS} to {MOST_OPTIONS} options, not {len(new.options)}"
    if not 1 <= len(new.themes) <= len(DIMENSIONS):
        return {}, f"a new pack has 1 to {len(DIMENSIONS)} themes, not {len(new.themes)}"
    names = [_tidy(each) for each in (new.title, *new.options, *new.themes)]
    if not all(names):
        return {}, "the title and every option and theme need a name"
    contents = texts(new)
    problems: list[Problem] = []
    pack_from(folder, {name: text.encode() for name, text in contents.items()}, problems)
    wrong = next((each for each in problems if "right to left" not in each.message), None)
    return contents, f"no good pack comes of these names: {wrong.where} {wrong.message}" if wrong else None


def texts(new: NewPack) -> dict[str, str]:
    """Return the contents of the four files by their names; `new` must be without a problem."""
    ids = slugs(new.options, "option")
    themes = slugs(new.themes, "theme")
    theme_of = {each: themes[place * len(themes) // len(DIMENSIONS)] for place, each in enumerate(DIMENSIONS)}
    paths = [_path(place, name, ids[place]) for place, name in enumerate(map(_tidy, new.options))]
    values = {
        "id": _quoted(pack_id(_tidy(new.title))),
        "title": _quoted(_tidy(new.title)),
        "about": _quoted("Yours to write: for whom this quiz is, what it is, and what it is not."),
        "themes": ", ".join(map(_quoted, themes)),
        "paths": "".join(paths).rstrip("\n"),
        "path_ids": ", ".join(map(_quoted, ids)),
        **{f"theme_{dimension}": _quoted(theme) for dimension, theme in theme_of.items()},
    }
    return {name: _template(name).substitute(values) for name in FILES}


def pack_id(title: str) -> str:
    """Return an id for a title; where one in Latin letters would not say it all, a few signs tell it from others.

    Saved answers name their pack by it: C++ and C# must not be the same.
    """
    slug = _slug(title)
    spelled = unicodedata.normalize("NFKD", title.casefold().translate(_SPELLED))
    if 0 < len(slug) < LONGEST_SLUG and all(
        (each.isascii() and each.isalnum()) or each in _PUNCTUATION or _is_quiet(each) for each in spelled
    ):
        return slug
    digest = sha256(unicodedata.normalize("NFKC", title.casefold()).encode()).hexdigest()
    return f"{slug or 'pack'}-{digest[:6]}"


def slugs(names: Sequence[str], fallback: str) -> tuple[str, ...]:
    """Return an id for each name, all different: "Café, but quiet" gives "cafe-but-quiet".

    A name without any Latin letter or digit gives the fallback's name with its number.
    """
    made: list[str] = []
    for number, name in enumerate(names, start=1):
        slug = _slug(name) or f"{fallback}-{number}"
        again = 2
        unique = slug
        while unique in made:
            unique, again = f"{slug}-{again}", again + 1
        made.append(unique)
    return tuple(made)


def _slug(name: str) -> str:
    spelled = unicodedata.normalize("NFKD", name.casefold().translate(_SPELLED))
    plain = spelled.encode("ascii", "ignore").decode().replace("'", "")
    words = "".join(each if each.isalnum() else " " for each in plain).split()
    return "-".join(words)[:LONGEST_SLUG].strip("-")


def _path(place: int, name: str, slug: str) -> str:
    profile = dict(zip(DIMENSIONS, (1 if each == "+" else -1 for each in _LEVELS[place]), strict=True))
    return _template("path.yaml").substitute(
        id=_quoted(slug),
        name=_quoted(name),
        summary=_quoted(f"Yours to write: what {name} is, in one or two sentences."),
        profile=", ".join(f"{dimension}: {level}" for dimension, level in profile.items()),
        for_it=next(each for each, level in profile.items() if level > 0),
        against_it=next(each for each, level in profile.items() if level < 0),
    )


def _is_quiet(character: str) -> bool:
    """Whether an id may leave a character out: a mark above a letter, or punctuation that ASCII lacks."""
    return not character.isascii() and unicodedata.category(character)[0] in "MP"


def _template(name: str) -> Template:
    return Template((_TEMPLATES / name).read_text(encoding="utf-8"))


def _quoted(text: str) -> str:
    # A JSON string is a YAML string, whatever quotes, colons or braces stand in it.
    return json.dumps(text, ensure_ascii=False)


def _tidy(text: str) -> str:
    # Joiners shape letters and emoji; what else does not print (private use, noncharacters) no YAML file may hold.
    kept = (" " if each.isspace() else each for each in one_line(text) if _stays(each))
    tidy = " ".join("".join(kept).split())
    return "" if is_blank(tidy) else tidy


def _stays(character: str) -> bool:
    return character.isprintable() or character.isspace() or character in _JOINERS


def _refuse_full(folder: Path) -> None:
    if any(folder.iterdir()):
        raise UsageError(f"{one_line(str(folder))} is not empty; name a folder that does not exist yet.")


def _make_folder(folder: Path, made: list[Path]) -> None:
    missing: list[Path] = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir()
        made.append(each)
