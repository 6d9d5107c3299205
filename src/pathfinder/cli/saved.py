"""Finding saved quizzes, and the answers in them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from pathfinder.answers import Session, Store, fit, home
from pathfinder.cli.common import open_pack
from pathfinder.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from pathfinder.answers.interview import AnswerSheet
    from pathfinder.pack import Pack


def open_store() -> Store:
    """Return the saved quizzes of this user."""
    return Store(home(), lambda: datetime.now().astimezone())


def open_session(reference: str, pack: str | None) -> tuple[Store, Session, Pack]:
    """Return a saved quiz, meant by id or "last", with the pack it was taken with, or the one asked for."""
    store = open_store()
    session = store.get(reference)
    return store, session, open_pack(pack or session.pack.folder)


def own_sheet(pack: Pack, reference: str | None, answers: Path | None) -> AnswerSheet:
    """Return the answers in a file, or else in a saved quiz of this pack; "last" is the last of this pack."""
    if answers is not None:
        from pathfinder.answers.sheetfile import read_sheet

        return read_sheet(answers, pack)
    store = open_store()
    if reference is None or reference == "last":
        for each in store.list():
            if isinstance(each, Session) and each.pack.id == pack.id and each.sheet.answers:
                return fit(each, pack)[0]
        raise UsageError("there are no answers of yours yet; take the quiz first: pathfinder quiz")
    return fit(store.get(reference), pack)[0]


def session_ids() -> list[str]:
    """Return "last" and the ids of all readable saved quizzes."""
    return ["last", *(each.id for each in open_store().list() if isinstance(each, Session))]
