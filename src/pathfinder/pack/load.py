"""A pack's folder: which one, and its four files read and checked into values in one pass."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from pathfinder.errors import PackError, UsageError
from pathfinder.files import FileRefusedError, expanded, read_bytes
from pathfinder.pack.model import Pack
from pathfinder.pack.nodes import Notes, TooManyError
from pathfinder.pack.paths import Known, has_format, read_paths
from pathfinder.pack.questions import read_questions
from pathfinder.pack.reader import Reader
from pathfinder.pack.reference import read_faq, read_sources
from pathfinder.text import command, one_line, operand, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import TypeAlias, TypeVar

    from pathfinder.pack.ids import Ids
    from pathfinder.pack.model import Faq, Source
    from pathfinder.pack.nodes import Node, Problem

    T = TypeVar("T")
    Contents: TypeAlias = Mapping[str, bytes | FileRefusedError]

FILES: Final = ("paths.yaml", "questions.yaml", "faq.yaml", "sources.yaml")
REFERENCE: Final = ("faq.yaml", "sources.yaml")
VARIABLE: Final = "PATHFINDER_PACK"
_RIGHT_TO_LEFT: Final = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"


def bundled() -> Path:
    """Return the folder of the pack that comes with the program: in the wheel, or in the checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "data"
    return inside if inside.is_dir() else package.parent.parent / "data"


def find(option: str | None) -> Path:
    """Return the pack's folder: the option, else PATHFINDER_PACK, else the bundled one; it need not exist.

    Raises UsageError when the option is empty: a variable that somebody forgot to set must not check another pack.
    """
    if option is not None and not option.strip():
        raise UsageError("the name of the pack's folder is empty; leave it out for the bundled pack.")
    chosen = option or os.environ.get(VARIABLE)
    return expanded(chosen) if chosen else bundled()


def read_pack(folder: Path, problems: list[Problem]) -> Pack | None:
    """Return the pack in a folder, noting every problem, sorted; None when one of them is an error.

    Never raises for anything in the folder or about it.
    """
    return pack_from(folder, _contents(folder, FILES), problems)


def load_pack(folder: Path) -> Pack:
    """Return the pack in a folder; raises PackError with the first problems when there is an error."""
    refuse_no_folder(folder)
    problems: list[Problem] = []
    pack = read_pack(folder, problems)
    if pack is None:
        raise PackError(_summary(folder, problems))
    return pack


def fingerprint(folder: Path) -> str:
    """Return the fingerprint of the pack in a folder as it is now, "" where a file is missing; nothing is checked."""
    return _digest(_contents(folder, FILES))


def load_faq(folder: Path) -> tuple[tuple[Faq, ...], tuple[Source, ...]]:
    """Return a pack's FAQ and sources, reading these two files only; raises PackError as `load_pack` does.

    Whether the paths that entries name exist is not checked.
    """
    refuse_no_folder(folder)
    reading = _Reading(folder, _contents(folder, REFERENCE))
    sources = reading.part("sources.yaml", read_sources)
    faq = reading.part("faq.yaml", read_faq)
    if faq is None or sources is None or reading.failed:
        raise PackError(_summary(folder, sorted(reading.problems)))
    return faq, sources


def pack_from(folder: Path, contents: Contents, problems: list[Problem]) -> Pack | None:
    """Return the pack that the contents of its four files make, as `read_pack` does; messages name the folder."""
    reading = _Reading(folder, contents)
    pack = reading.pack(_digest(contents))
    problems.extend(sorted(reading.problems))
    return pack


def refuse_no_folder(folder: Path) -> None:
    """Raise PackError when there is no such folder."""
    try:
        if folder.is_dir():
            return
        there = folder.exists()
    except (OSError, ValueError):
        there = False
    name = one_line(str(folder))
    if there:
        raise PackError(f"{name} is a file: a pack is a folder that holds {', '.join(FILES)}")
    raise PackError(f"{name} does not exist: a pack is a folder that holds {', '.join(FILES)}")


def _contents(folder: Path, names: Sequence[str]) -> dict[str, bytes | FileRefusedError]:
    found: dict[str, bytes | FileRefusedError] = {}
    for name in names:
        try:
            found[name] = read_bytes(folder / name)
        except FileRefusedError as error:
            found[name] = error
    return found


def _digest(contents: Contents) -> str:
    """Return "sha256:" and the hex digest over names and bytes, whatever the line breaks; "" when a file is missing."""
    digest = sha256()
    for name, data in contents.items():
        if isinstance(data, FileRefusedError):
            return ""
        plain = data.replace(b"\r\n", b"\n")
        digest.update(f"{name} {len(plain)}\n".encode())
        digest.update(plain)
    return f"sha256:{digest.hexdigest()}"


def _summary(folder: Path, problems: Sequence[Problem]) -> str:
    errors = [str(each) for each in problems if each.severity == "error"]
    if len(errors) == 1:
        return errors[0]
    check = command("pack", "check", operand(folder))
    return f"{errors[0]} (the first of {len(errors)} problems; see them all with: {check})"


class _Reading:
    """What is known and noted so far of the files in a folder; `contents` holds their bytes, or why there are none."""

    def __init__(self, folder: Path, contents: Contents) -> None:
        self.problems: list[Problem] = []
        self.known = Known()
        self._folder = folder
        self._contents = contents

    @property
    def failed(self) -> bool:
        """Whether an error has been noted."""
        return any(each.severity == "error" for each in self.problems)

    def part(self, name: str, read: Callable[[Reader, Node, Known], T]) -> T | None:
        """Return what `read` makes of a file, None when it cannot be read that far."""
        # The parser is half of what this room costs at the start, and a fingerprint needs none.
        from pathfinder.pack.yaml_file import parse

        reader = Reader(self._name(name), self.problems)
        data = self._contents[name]
        try:
            if isinstance(data, FileRefusedError):
                reader.add(None, "", str(data))
                return None
            node = parse(data, reader.file, self.problems)
            return read(reader, node, self.known) if node is not None and has_format(reader, node) else None
        except TooManyError:
            return None

    def pack(self, fingerprint: str) -> Pack | None:
        """Read all four files, those first that others refer to."""
        sources = self.part("sources.yaml", read_sources)
        head = self.part("paths.yaml", read_paths)
        questions = self.part("questions.yaml", read_questions)
        faq = self.part("faq.yaml", read_faq)
        if head is None or questions is None or faq is None or sources is None or self.failed:
            return None
        pack = Pack(**head, questions=questions, faq=faq, sources=sources, fingerprint=fingerprint)
        self._warn_of_unused(pack)
        self._warn_of_names(pack)
        return pack

    def _name(self, file: str) -> str:
        return one_line(str(self._folder / file))

    def _warn_of_unused(self, pack: Pack) -> None:
        asked = {
            name for each in pack.questions for option in each.options for name, by in option.effects.items() if by
        }
        levels = {
            name for path in pack.paths for each in (path, *path.tracks) for name, by in each.profile.items() if by
        }
        themes = {each.theme for each in pack.questions}
        known = self.known
        self._warn_without(known.dimensions, asked, "dimensions[{}]", "no question asks about it")
        self._warn_without(known.dimensions, levels, "dimensions[{}]", "no path or track has a level on it")
        self._warn_without(known.themes, themes, "themes", 'no question belongs to the theme "{}"')
        self._warn_without(known.sources, known.sources.used, "sources[{}]", "nothing refers to it", "sources.yaml")

    def _warn_without(self, ids: Ids, used: set[str], where: str, message: str, file: str = "paths.yaml") -> None:
        notes = Notes(self._name(file), self.problems)
        for name, at in ids.places.items():
            if name not in used:
                notes.add(at, where.format(name), message.format(name), "warning")

    def _warn_of_names(self, pack: Pack) -> None:
        paths = Notes(self._name("paths.yaml"), self.problems)
        questions = Notes(self._name("questions.yaml"), self.problems)
        known = self.known
        for kind, ids, entries in (
            ("paths", known.paths, pack.paths),
            ("dimensions", known.dimensions, pack.dimensions),
        ):
            for each, earlier in _alike((entry.id, entry.name) for entry in entries):
                message = f'reads like the name of "{earlier}": people could not tell them apart'
                paths.add(ids.places[each], f"{kind}[{each}].name", message, "warning")
        turned = next((each for each in pack.paths if re.search(_RIGHT_TO_LEFT, each.name)), None)
        if turned:
            message = "has letters that run from right to left: tables on a terminal are not laid out for them"
            paths.add(known.paths.places[turned.id], f"paths[{turned.id}].name", message, "warning")
        for each, earlier in _alike((question.id, question.text) for question in pack.questions):
            message = f'reads like the text of "{earlier}": nobody answers the same thing twice'
            questions.add(known.questions.places[each], f"questions[{each}].text", message, "warning")
        for question in pack.questions:
            for each, earlier in _alike((option.id, option.text) for option in question.options):
                at, where = known.questions.places[question.id], f"questions[{question.id}].options[{each}].text"
                questions.add(at, where, f'reads like the text of "{earlier}"', "warning")


def _alike(named: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the ids of those whose text reads like that of an earlier one, with the earlier one's id."""
    seen: dict[str, str] = {}
    for each, text in named:
        earlier = seen.setdefault(_read(text), each)
        if earlier != each:
            yield each, earlier


def _read(text: str) -> str:
    if text.isascii():
        return text.lower()
    return normalize("NFC", visible(text)).lower()
