"""What several commands do alike: open the pack, find saved quizzes, and understand ids."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pathfinder.errors import UsageError
from pathfinder.show.streams import say
from pathfinder.text import command, near, one_line, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pathfinder.answers import BrokenSession, Session, Store
    from pathfinder.answers.interview import AnswerSheet
    from pathfinder.pack import Faq, Pack, Source, Track
    from pathfinder.result import Result


def open_pack(option: str | None) -> Pack:
    """Load the pack that --pack or PATHFINDER_PACK names, or else the bundled one; raises PackError."""
    from pathfinder.pack import find, load_pack

    return load_pack(find(option))


def open_faq(option: str | None) -> tuple[tuple[Faq, ...], tuple[Source, ...]]:
    """Load the FAQ and the sources of the pack that `open_pack` would load, and no more; raises PackError."""
    from pathfinder.pack import find, load_faq

    return load_faq(find(option))


def is_watched() -> bool:
    """Whether a person sits at both ends: keys come from a terminal, and the text goes to one."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def same_pack(option: str | None) -> str:
    """Return what a suggested command needs to read the same pack: a space and --pack, or nothing."""
    if not option or option == os.environ.get("PATHFINDER_PACK"):
        return ""
    return f" {quoted('--pack', option)}"


def pack_folder(option: str | None) -> str | None:
    """Return the folder of the pack that is asked for, as sessions keep it; None for the bundled one."""
    from pathfinder.pack import bundled, find

    folder = find(option)
    return None if folder == bundled() else str(folder.absolute())


def open_store() -> Store:
    """Return the saved quizzes of this user."""
    from pathfinder.answers import Store, home

    return Store(home(), lambda: datetime.now().astimezone())


def open_session(reference: str, pack: str | None, *, finished: bool = False) -> tuple[Store, Session, Pack]:
    """Return a saved quiz with the pack it was taken with, or the one asked for.

    "last" is the last one that was finished when `finished` says so and there is one, else the last of all.
    """
    store = open_store()
    session = store.get(reference, finished=finished)
    return store, session, pack_of(session, pack)


def pack_of(session: Session, option: str | None) -> Pack:
    """Return the pack that is asked for, or else the one that a quiz was taken with; raises UsageError when it moved."""
    folder = session.pack.folder
    if option is None and folder is not None and not os.path.isdir(folder):  # noqa: PTH112 - a name may be none
        from pathfinder.text import one_line

        raise UsageError(
            f"the pack of {session.id} is not in {one_line(folder)} any more; if it was moved, say where with --pack DIR."
        )
    return open_pack(option or folder)


def fitted(session: Session, pack: Pack) -> AnswerSheet:
    """Return the answers of a saved quiz that its pack still has, and say so where the pack has changed."""
    from pathfinder.answers import fit

    sheet, dropped = fit(session, pack)
    if dropped:
        say(f"The questions have changed since {session.id}; no longer there: {', '.join(dropped)}.")
    elif session.pack.fingerprint != pack.fingerprint:
        say(f"The pack has changed since {session.id}; your answers still fit.")
    return sheet


def result_of(session: Session, pack: Pack) -> Result:
    """Return the result of a saved quiz, as `fitted` has its answers."""
    from pathfinder.result import evaluate

    return evaluate(pack, fitted(session, pack))


def changed_packs(entries: Iterable[Session | BrokenSession]) -> dict[str, bool | None]:
    """Return by the ids of sessions whether their pack has changed since, None where it is not there any more."""
    from pathfinder.answers import Session
    from pathfinder.pack import bundled, fingerprint

    now: dict[str | None, str] = {}
    found: dict[str, bool | None] = {}
    for entry in entries:
        if isinstance(entry, Session):
            folder = entry.pack.folder
            if folder not in now:
                now[folder] = fingerprint(Path(folder) if folder else bundled())
            found[entry.id] = None if not now[folder] else now[folder] != entry.pack.fingerprint
    return found


def own_sheet(pack: Pack, folder: str | None, answers: Path | None) -> AnswerSheet:
    """Return the answers in a file, or else those of the last saved quiz of this pack; raises UsageError."""
    if answers is not None:
        from pathfinder.answers.sheetfile import read_sheet

        return read_sheet(answers, pack)
    from pathfinder.answers import fit

    for session in open_store().of_pack(pack, folder):
        return fit(session, pack)[0]
    raise UsageError(f"there are no answers of yours yet; take the quiz first: {command('quiz')}")


def session_ids() -> list[str]:
    """Return "last" and the ids of all readable saved quizzes."""
    from pathfinder.answers import Session

    return ["last", *(entry.id for entry in open_store().list() if isinstance(entry, Session))]


def choose_track(pack: Pack, wanted: str) -> Track:
    """Return the path or track with this id; raises UsageError that names the ids there are."""
    if wanted not in pack.track_by_id:
        raise UsageError(unknown("path or track", wanted, pack.track_by_id))
    return pack.track_by_id[wanted]


def choose_path(pack: Pack, wanted: str) -> None:
    """Raise UsageError, naming the ids there are, unless this is the id of a path."""
    if wanted in pack.path_by_id:
        return
    home = next((path for path in pack.paths for track in path.tracks if track.id == wanted), None)
    if home is not None:
        raise UsageError(
            f"\u201c{wanted}\u201d is a track of {home.id}; give a path (there are: {', '.join(pack.path_by_id)})"
        )
    raise UsageError(unknown("path", wanted, pack.path_by_id))


def choose_several(pack: Pack, wanted: Sequence[str]) -> tuple[Track, ...]:
    """Return the paths or tracks with these ids, each once, in the order asked for; all paths when none is named."""
    return tuple(choose_track(pack, name) for name in dict.fromkeys(wanted)) or pack.paths


def unknown(kind: str, wanted: str, known: Iterable[str]) -> str:
    """Return the message for an id that does not exist: what was probably meant, and all there are."""
    ids = list(known)
    found = near(wanted, ids)
    hint = f"; did you mean \u201c{found}\u201d?" if found else ""
    return f"there is no {kind} \u201c{one_line(wanted)}\u201d{hint} (there are: {', '.join(ids)})"
