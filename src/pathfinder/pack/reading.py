"""One pass over the four files of a pack, each read and checked into values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pathfinder.files import FileRefusedError
from pathfinder.pack.fields import Reader
from pathfinder.pack.model import Pack
from pathfinder.pack.nodes import Notes, Problem, TooManyError
from pathfinder.pack.paths import Known, has_format, read_paths
from pathfinder.pack.questions import read_questions
from pathfinder.pack.reference import read_faq, read_sources
from pathfinder.pack.yaml_file import parse
from pathfinder.text import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import TypeVar

    from pathfinder.pack.model import Faq, Source
    from pathfinder.pack.nodes import Node

    T = TypeVar("T")

_RIGHT_TO_LEFT: Final = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"


class Reading:
    """What is known and noted so far of the files in a folder; `files` holds their bytes, or why there are none."""

    def __init__(self, folder: Path, files: Mapping[str, bytes | FileRefusedError]) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.known = Known()
        self._files = files

    @property
    def failed(self) -> bool:
        """Whether an error has been noted."""
        return any(each.severity == "error" for each in self.problems)

    def part(self, name: str, read: Callable[[Reader, Node, Known], T]) -> T | None:
        """Return what `read` makes of a file, None when it cannot be read that far."""
        reader = Reader(one_line(str(self.folder / name)), self.problems)
        data = self._files[name]
        try:
            if isinstance(data, FileRefusedError):
                reader.add(None, "", str(data))
                return None
            node = parse(data, reader.file, self.problems)
            return read(reader, node, self.known) if node is not None and has_format(reader, node) else None
        except TooManyError:
            return None

    def reference(self) -> tuple[tuple[Faq, ...], tuple[Source, ...]] | None:
        """Read the FAQ and the sources alone; whether the paths that entries name exist is not checked."""
        self.known.paths.complete = False
        sources = self.part("sources.yaml", read_sources)
        faq = self.part("faq.yaml", read_faq)
        return None if faq is None or sources is None or self.failed else (faq, sources)

    def pack(self, fingerprint: str) -> Pack | None:
        """Read all four files, those first that others refer to."""
        sources = self.part("sources.yaml", read_sources)
        head = self.part("paths.yaml", read_paths)
        questions = self.part("questions.yaml", read_questions)
        faq = self.part("faq.yaml", read_faq)
        if head is None or questions is None or faq is None or sources is None or self.failed:
            return None
        pack = Pack(
            id=head.id,
            version=head.version,
            title=head.title,
            about=head.about,
            lang=head.lang,
            themes=head.themes,
            dimensions=head.dimensions,
            paths=head.paths,
            questions=questions,
            faq=faq,
            sources=sources,
            fingerprint=fingerprint,
        )
        self._warn_of_unused(pack)
        self._warn_of_names(pack)
        return pack

    def _warn_of_unused(self, pack: Pack) -> None:
        paths = Notes(one_line(str(self.folder / "paths.yaml")), self.problems)
        asked = {
            name for each in pack.questions for option in each.options for name, by in option.effects.items() if by
        }
        levels = {
            name for path in pack.paths for each in (path, *path.tracks) for name, by in each.profile.items() if by
        }
        themes = {each.theme for each in pack.questions}
        for name, at in self.known.dimensions.places.items():
            if name not in asked:
                paths.add(at, f"dimensions[{name}]", "no question asks about it", "warning")
            if name not in levels:
                paths.add(at, f"dimensions[{name}]", "no path or track has a level on it", "warning")
        for name, at in self.known.themes.places.items():
            if name not in themes:
                paths.add(at, "themes", f'no question belongs to the theme "{name}"', "warning")
        sources = Notes(one_line(str(self.folder / "sources.yaml")), self.problems)
        for name, at in self.known.sources.places.items():
            if name not in self.known.sources.used:
                sources.add(at, f"sources[{name}]", "nothing refers to it", "warning")

    def _warn_of_names(self, pack: Pack) -> None:
        paths = Notes(one_line(str(self.folder / "paths.yaml")), self.problems)
        questions = Notes(one_line(str(self.folder / "questions.yaml")), self.problems)
        for kind, ids, entries in (
            ("paths", self.known.paths, pack.paths),
            ("dimensions", self.known.dimensions, pack.dimensions),
        ):
            for each, earlier in _alike((entry.id, entry.name) for entry in entries):
                message = f'reads like the name of "{earlier}": people could not tell them apart'
                paths.add(ids.places[each], f"{kind}[{each}].name", message, "warning")
        turned = next(
            (each for each in pack.paths if not each.name.isascii() and re.search(_RIGHT_TO_LEFT, each.name)), None
        )
        if turned:
            message = "has letters that run from right to left: tables on a terminal are not laid out for them"
            paths.add(self.known.paths.places[turned.id], f"paths[{turned.id}].name", message, "warning")
        for each, earlier in _alike((question.id, question.text) for question in pack.questions):
            message = f'reads like the text of "{earlier}": nobody answers the same thing twice'
            questions.add(self.known.questions.places[each], f"questions[{each}].text", message, "warning")
        for question in pack.questions:
            for each, earlier in _alike((option.id, option.text) for option in question.options):
                at, where = self.known.questions.places[question.id], f"questions[{question.id}].options[{each}].text"
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
    from unicodedata import normalize

    return normalize("NFC", visible(text)).lower()
