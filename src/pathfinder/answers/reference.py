"""Which saved quiz a person means by what they typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pathfinder.answers.session import Session
from pathfinder.errors import SessionError
from pathfinder.text import command, near, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathfinder.answers.session import BrokenSession

LAST: Final = "last"

SHORT: Final = 3
"""So many letters end an id, and as few of one are enough to find it by."""


def find_session(
    reference: str, entries: Sequence[Session | BrokenSession], *, finished: bool
) -> Session | BrokenSession:
    """Return the entry, of those that stand newest first, meant by its name, id, a part of its id, or "last".

    With `finished`, "last" is the last finished one, where there is one. Raises SessionError.
    """
    sessions = [entry for entry in entries if isinstance(entry, Session)]
    if reference == LAST:
        done = [session for session in sessions if session.finished] if finished else []
        newest = next(iter(done or sessions), None)
        if newest is None:
            raise SessionError(f"there is no saved quiz yet; take one with: {command('quiz')}")
        return newest
    named = next((session for session in sessions if session.name == reference), None)
    if named is not None:
        return named
    exact = [entry for entry in entries if entry.id == reference]
    partly = [
        entry
        for entry in entries
        if len(reference) >= SHORT and (entry.id.startswith(reference) or entry.id.endswith(reference))
    ]
    found = exact or partly
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(entry.id for entry in found[:5])
        raise SessionError(f"{len(found)} quizzes fit \u201c{one_line(reference)}\u201d: {names}; give more of the id.")
    raise SessionError(f"there is no saved quiz \u201c{one_line(reference)}\u201d{_meant(reference, entries)}")


def _meant(reference: str, entries: Sequence[Session | BrokenSession]) -> str:
    names = {entry.id: entry.id for entry in entries} | {entry.id[-SHORT:]: entry.id for entry in entries}
    if found := near(reference, names):
        return f"; did you mean {names[found]}?"
    return f"; see them with: {command('sessions')}" if entries else "; none is saved yet."
