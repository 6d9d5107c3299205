"""Another day: a quiz of half a year ago is offered to be taken again, and compared with when it has been."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pathfinder.answers import fit
from pathfinder.answers.plan import AGAIN
from pathfinder.errors import InterruptionError, SessionError
from pathfinder.result import evaluate
from pathfinder.show.streams import say
from pathfinder.text import command

if TYPE_CHECKING:
    from pathfinder.answers import Session, Store
    from pathfinder.ask.asker import Asker
    from pathfinder.pack import Pack
    from pathfinder.result import Result

_WISHES = (("again", "Take it again and compare"), ("new", "Take it without comparing"))


def earlier_one(store: Store, pack: Pack, folder: str | None, asker: Asker) -> Session | None:
    """Return the quiz that the person wants to compare a new one with: the last one, when it is half a year old."""
    try:
        last = next((session for session in store.of_pack(pack, folder) if session.finished), None)
    except SessionError:
        return None
    if last is None or datetime.now(UTC) - last.updated < AGAIN:
        return None
    # What came out then is not told, or the answers would follow it.
    told = f"You took this quiz on {last.updated.astimezone():%Y-%m-%d}. What you want may have changed since."
    wish = asker.pick_one(told, _WISHES)
    if wish is None:
        raise InterruptionError(f"left before the first answer. Start again with: {command('quiz')}")
    return last if wish == "again" else None


def compare_with_earlier(store: Store, session: Session | None, result: Result, *, plain: bool = False) -> None:
    """Print in short what has changed since the quiz that this one was to be compared with, if there is one."""
    if session is None or session.again is None:
        return
    from pathfinder.show.terminal.history import print_since

    try:
        earlier = store.get(session.again)
        sheet, _ = fit(earlier, result.pack)
    except SessionError as error:
        say(f"There is nothing to compare with: {error}")
        return
    print_since((earlier, session), (evaluate(result.pack, sheet), result), spoken=plain)
