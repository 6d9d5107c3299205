"""What several commands do alike: open the pack and understand the ids of paths."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pathfinder.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pathfinder.pack import CareerPath, Pack


def open_pack(option: str | None) -> Pack:
    """Load the pack that --pack or PATHFINDER_PACK names, or else the bundled one; raises PackError."""
    from pathfinder import pack as packfile

    return packfile.load_pack(packfile.find(option))


def same_pack(option: str | None) -> str:
    """Return what a suggested command needs to read the same pack: a space and --pack, or nothing."""
    if not option or option == os.environ.get("PATHFINDER_PACK"):
        return ""
    from pathfinder.text import command

    return f" {command('--pack', option)}"


def choose_path(pack: Pack, wanted: str) -> CareerPath:
    """Return the path with this id; raises UsageError that names the ids there are."""
    if wanted not in pack.path_by_id:
        raise UsageError(unknown("path", wanted, pack.path_by_id))
    return pack.path_by_id[wanted]


def choose_paths(pack: Pack, wanted: Sequence[str]) -> tuple[CareerPath, ...]:
    """Return the paths with these ids, each once, in the order asked for; all when none is named."""
    return tuple(choose_path(pack, each) for each in dict.fromkeys(wanted)) or pack.paths


def unknown(kind: str, wanted: str, known: Iterable[str]) -> str:
    """Return the message for an id that does not exist: what was probably meant, and all there are."""
    from pathfinder.text import near, one_line

    ids = list(known)
    found = near(wanted, ids)
    hint = f"; did you mean \u201c{found}\u201d?" if found else ""
    return f"there is no {kind} \u201c{one_line(wanted)}\u201d{hint} (there are: {', '.join(ids)})"
