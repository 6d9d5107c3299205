"""A pack's folder: which one, and its files as a pack."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pathfinder.errors import PackError
from pathfinder.files import FileRefusedError, read_bytes
from pathfinder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pathfinder.pack.model import Faq, Pack, Source
    from pathfinder.pack.nodes import Problem

FILES: Final = ("paths.yaml", "questions.yaml", "faq.yaml", "sources.yaml")
REFERENCE: Final = ("faq.yaml", "sources.yaml")
VARIABLE: Final = "PATHFINDER_PACK"


def bundled() -> Path:
    """Return the folder of the pack that comes with the program: in the wheel, or in the checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "data"
    return inside if inside.is_dir() else package.parent.parent / "data"


def find(option: str | None) -> Path:
    """Return the pack's folder: the option, else PATHFINDER_PACK, else the bundled one; it need not exist."""
    chosen = option or os.environ.get(VARIABLE)
    return Path(chosen) if chosen else bundled()


def read_pack(folder: Path, problems: list[Problem]) -> Pack | None:
    """Return the pack in a folder, noting every problem, sorted; None when one of them is an error.

    Never raises for anything in the folder or about it. Always reads the YAML itself.
    """
    files = _files(folder, FILES)
    return _read(folder, files, _digest(files), problems)


def load_pack(folder: Path) -> Pack:
    """Return the pack in a folder; raises PackError with the first problems when there is an error."""
    refuse_no_folder(folder)
    files = _files(folder, FILES)
    problems: list[Problem] = []
    pack = _read(folder, files, _digest(files), problems)
    if pack is None:
        raise PackError(_summary(folder, problems))
    return pack


def fingerprint(folder: Path) -> str:
    """Return the fingerprint of the pack in a folder as it is now, "" where a file is missing; nothing is checked."""
    return _digest(_files(folder, FILES))


def load_faq(folder: Path) -> tuple[tuple[Faq, ...], tuple[Source, ...]]:
    """Return a pack's FAQ and sources, reading these two files only; raises PackError as `load_pack` does.

    Whether the paths that entries name exist is not checked.
    """
    refuse_no_folder(folder)
    files = _files(folder, REFERENCE)
    from pathfinder.pack.reading import Reading

    reading = Reading(folder, files)
    found = reading.reference()
    if found is None:
        raise PackError(_summary(folder, sorted(reading.problems)))
    return found


def _files(folder: Path, names: Sequence[str]) -> dict[str, bytes | FileRefusedError]:
    found: dict[str, bytes | FileRefusedError] = {}
    for name in names:
        try:
            found[name] = read_bytes(folder / name)
        except FileRefusedError as error:
            found[name] = error
    return found


def _read(
    folder: Path, files: Mapping[str, bytes | FileRefusedError], digest: str, problems: list[Problem]
) -> Pack | None:
    from pathfinder.pack.reading import Reading

    reading = Reading(folder, files)
    pack = reading.pack(digest)
    problems.extend(sorted(reading.problems))
    return pack


def _digest(files: Mapping[str, bytes | FileRefusedError]) -> str:
    """Return "sha256:" and the hex digest over names and bytes, whatever the line breaks; "" when a file is missing."""
    from hashlib import sha256

    digest = sha256()
    for name, data in files.items():
        if isinstance(data, FileRefusedError):
            return ""
        plain = data.replace(b"\r\n", b"\n")
        digest.update(f"{name} {len(plain)}\n".encode())
        digest.update(plain)
    return f"sha256:{digest.hexdigest()}"


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


def _summary(folder: Path, problems: Sequence[Problem]) -> str:
    errors = [str(each) for each in problems if each.severity == "error"]
    if len(errors) == 1:
        return errors[0]
    from pathfinder.text import command, operand

    check = command("pack", "check", operand(folder))
    return f"{errors[0]} (the first of {len(errors)} problems; see them all with: {check})"
