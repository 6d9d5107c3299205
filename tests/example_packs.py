"""The example packs: good ones, and bad ones that hold only what differs from the smallest good one.

A bad pack says what must be found: in its own files after `# expect: line:column: where: message` (or
`# expect warning:`), or in expect.txt, there with the file's name first. `without: NAME` in expect.txt takes
a file away.
"""

from __future__ import annotations

import shutil
from pathlib import Path

PACKS = Path(__file__).parent / "packs"
MINIMAL = PACKS / "good" / "minimal"
GOOD = sorted((PACKS / "good").iterdir())
BAD = sorted((PACKS / "bad").iterdir())


def build(example: Path, folder: Path) -> list[str]:
    """Make the whole pack of a bad example, and return the problems it must have."""
    shutil.copytree(MINIMAL, folder, dirs_exist_ok=True)
    expected = []
    for file in example.iterdir():
        for line in file.read_bytes().decode("utf-8", "replace").splitlines():
            mark, colon, text = line.removeprefix("# ").partition(": ")
            if mark == "without":
                (folder / text).unlink()
            elif colon and mark in ("expect", "expect warning"):
                prefix = "" if file.name == "expect.txt" else f"{file.name}:"
                expected.append(f"{mark.removeprefix('expect').strip() or 'error'} {prefix}{text}")
        if file.name != "expect.txt":
            shutil.copy(file, folder)
    return sorted(expected)
