"""One person at the terminal: begin or resume, save every answer, and present the result."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pathfinder import ask as prompts
from pathfinder import pack as packfile
from pathfinder.answers import Session, fit
from pathfinder.answers.interview import start
from pathfinder.ask.flow import take_quiz
from pathfinder.cli.common import same_pack
from pathfinder.cli.present import present
from pathfinder.errors import InterruptionError, SessionError
from pathfinder.show.streams import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathfinder.answers import Store
    from pathfinder.answers.interview import AnswerSheet, Interview
    from pathfinder.ask.flow import Taken
    from pathfinder.cli.present import Request
    from pathfinder.pack import Pack, Question


GOES_ON: Final = "The quiz goes on, and the next answer saves all of them."


class Sitting:
    """A quiz with a person, saved in a store after every answer."""

    def __init__(self, pack: Pack, request: Request, store: Store) -> None:
        self._pack, self._request, self._store = pack, request, store
        self._asker = prompts.choose(plain=prompts.wants_plain(request.plain, os.environ))
        self._session: Session | None = None

    def begin(self) -> int:
        """Take up the last unfinished quiz if the person wants to, or start anew."""
        unfinished = None if self._request.fresh else self._unfinished()
        if self._request.resume and unfinished is None:
            raise SessionError("there is no unfinished quiz to resume; start one with: pathfinder quiz")
        if unfinished is not None and (self._request.resume or self._wants(unfinished)):
            return self.resume(unfinished)
        order = question_order(self._pack, self._request)
        ids = tuple(each.id for each in order)
        folder = self._folder()
        short = self._request.short
        try:
            session = self._store.create(self._pack, ids, folder, short=short)
        except SessionError as error:
            self._asker.notice = f"{error} {GOES_ON}"
            session = self._store.draft(self._pack, ids, folder, short=short)
        with self._store.lock(session.id):
            return self._run(session, order, session.sheet)

    def resume(self, session: Session) -> int:
        """Take up a saved quiz; what a changed pack no longer has is named and left out."""
        with self._store.lock(session.id):
            # Another window may have gone on with it since it was found.
            session = self._store.get(session.id)
            sheet, dropped = fit(session, self._pack)
            if dropped:
                say(f"The pack has changed since; no longer there: {', '.join(dropped)}.")
            order = self._order(session)
            stamp = replace(
                session.pack, version=self._pack.version, fingerprint=self._pack.fingerprint, folder=self._folder()
            )
            ids = tuple(each.id for each in order)
            return self._run(replace(session, finished=False, order=ids, pack=stamp), order, sheet)

    def _order(self, session: Session) -> tuple[Question, ...]:
        """Return what a saved quiz asks: what it asked before, and what a changed pack has added since."""
        known = self._pack.question_by_id
        kept = tuple(known[each] for each in session.order if each in known)
        if session.pack.fingerprint == self._pack.fingerprint:
            return kept
        added = [each for each in _ordered(self._pack, short=session.short) if each not in kept]
        if session.short:
            # What was left out before is no news; only as many as make half of the pack again.
            added = added[: max(0, (len(self._pack.questions) + 1) // 2 - len(kept))]
        return tuple(sorted((*kept, *added), key=lambda each: self._pack.themes.index(each.theme)))

    def _unfinished(self) -> Session | None:
        try:
            entries = self._store.list()
        except SessionError:
            return None
        for each in entries:
            if isinstance(each, Session) and not each.finished and each.sheet.answers and each.pack.id == self._pack.id:
                return each
        return None

    def _wants(self, session: Session) -> bool:
        given = f"{len(session.sheet.answers)} of {len(session.order)} questions asked"
        return self._asker.resume(f"An unfinished quiz was found: {session.updated.astimezone():%Y-%m-%d}, {given}.")

    def _run(self, session: Session, order: Sequence[Question], sheet: AnswerSheet) -> int:
        self._session = session
        taken = take_quiz(
            start(self._pack, tuple(order), sheet),
            save=self._save,
            offer=self._offer,
            sheet=sheet,
            asker=self._asker,
        )
        return self._leave(taken) if taken.left else self._finish(taken)

    def _save(self, sheet: AnswerSheet) -> str | None:
        problem = self._keep(sheet)
        return f"{problem} {GOES_ON}" if problem else None

    def _keep(self, sheet: AnswerSheet, **finished: object) -> str | None:
        if self._session is None:  # pragma: no cover - `_run` sets it before anything can be saved
            return None
        self._session = replace(self._session, sheet=sheet, **finished)  # type: ignore[arg-type]
        try:
            self._session = self._store.save(self._session)
        except SessionError as error:
            return str(error)
        return None

    def _offer(self, interview: Interview) -> str | None:
        from pathfinder.result.order import is_quickly_read, offers_stop

        if is_quickly_read(self._pack) and offers_stop(interview):
            return "Your answers already point one way. The questions left could make the result surer."
        return None

    def _leave(self, taken: Taken) -> int:
        if not taken.sheet.answers:
            option = same_pack(self._request.pack)
            raise InterruptionError(f"left before the first answer. Start again with: pathfinder quiz{option}")
        # What failed a while ago may work by now.
        problem = self._keep(taken.sheet) if taken.notice else None
        if problem:
            raise InterruptionError(f"left; the last answers were not saved. {problem}")
        identity = self._session.id if self._session else ""
        raise InterruptionError(f"left; your answers are saved as {identity}. Go on with: {self._again(identity)}")

    def _again(self, identity: str) -> str:
        found = self._unfinished()
        if found is not None and found.id == identity:
            return f"pathfinder quiz --resume{same_pack(self._request.pack)}"
        return f"pathfinder sessions resume {identity}{same_pack(self._request.pack)}"

    def _finish(self, taken: Taken) -> int:
        from pathfinder.result import evaluate

        found = evaluate(self._pack, taken.sheet)
        leaders = tuple(each.path.id for each in found.recommended)
        problem = self._keep(taken.sheet, finished=True, verdict=str(found.verdict), leader=leaders)
        identity = self._session.id if self._session else ""
        if problem and self._request.as_json:
            say(problem)
        saved = problem or f"Your answers are saved on this machine only: pathfinder sessions show {identity}"
        return present(found, self._request, saved)

    def _folder(self) -> str | None:
        folder = packfile.find(self._request.pack)
        return None if folder == packfile.bundled() else str(folder.absolute())


def question_order(pack: Pack, request: Request) -> tuple[Question, ...]:
    """Return what is asked: informative first within each theme, half of it with --short, or shuffled by a seed."""
    chosen = _ordered(pack, short=request.short)
    if request.shuffle is None:
        return chosen
    from random import Random

    drawn = list(chosen)
    Random(request.shuffle).shuffle(drawn)  # noqa: S311 - an order to ask in, not a secret
    return tuple(sorted(drawn, key=lambda each: pack.themes.index(each.theme)))


def _ordered(pack: Pack, *, short: bool) -> tuple[Question, ...]:
    from pathfinder.result.order import informative_order, is_quickly_read, short_order

    # The largest packs are asked in the order of their file, which nobody has to wait for.
    if not is_quickly_read(pack):
        return pack.in_order[::2] if short else pack.in_order
    return short_order(pack) if short else informative_order(pack)
