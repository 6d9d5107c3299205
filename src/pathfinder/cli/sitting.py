"""One person at the terminal: begin or resume, save every answer, and present the result."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Final, NoReturn

from pathfinder import ask
from pathfinder.answers import Session, fit
from pathfinder.answers.interview import start
from pathfinder.ask import words
from pathfinder.ask.flow import take_quiz
from pathfinder.cli.again import compare_with_earlier, earlier_one
from pathfinder.cli.common import pack_folder, same_pack
from pathfinder.cli.plan import keep_plan
from pathfinder.cli.present import After, present
from pathfinder.errors import InterruptionError, SessionError
from pathfinder.result import evaluate
from pathfinder.result.order import offers_stop, order, short_order
from pathfinder.result.scoring import rank
from pathfinder.show.streams import say
from pathfinder.text import command
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathfinder.answers import Store
    from pathfinder.answers.interview import AnswerSheet, Interview
    from pathfinder.ask.flow import Taken
    from pathfinder.cli.present import Request
    from pathfinder.pack import Pack, Question
    from pathfinder.result import Result


GOES_ON: Final = "The quiz goes on, and the next answer saves all of them."


@value
class Asking:
    """The options of `quiz` that say what is asked: `shuffle` is the number that an order is drawn with."""

    resume: bool = False
    fresh: bool = False
    short: bool = False
    shuffle: int | None = None
    name: str | None = None


class Sitting:
    """A quiz with a person, saved in a store after every answer; nothing is saved before the first one."""

    def __init__(self, pack: Pack, request: Request, store: Store) -> None:
        self._pack, self._request, self._store = pack, request, store
        self._folder = pack_folder(request.pack)
        self._asker = ask.choose(plain=request.plain)
        self._session: Session | None = None
        self._asking, self._order = Asking(), tuple[str, ...]()
        self._earlier: Session | None = None
        self._locks = ExitStack()

    def begin(self, asking: Asking) -> None:
        """Go on with the last unfinished quiz if the person wants to, or start a new one."""
        unfinished = None if asking.fresh else self._unfinished()
        if asking.resume and unfinished is None:
            raise SessionError(f"there is no unfinished quiz to resume; start one with: {command('quiz')}")
        if unfinished is not None and (asking.resume or self._wants(unfinished)):
            self.resume(unfinished)
            return
        self._asking = asking
        if not asking.fresh:
            self._earlier = earlier_one(self._store, self._pack, self._folder, self._asker)
        self._run(question_order(self._pack, asking), None)

    def resume(self, session: Session) -> None:
        """Go on with a saved quiz; what a changed pack no longer has is named and left out."""
        with self._locks:
            self._locks.enter_context(self._store.lock(session.id))
            # Another window may have gone on with it since it was found.
            session = self._store.get(session.id)
            sheet, dropped = fit(session, self._pack)
            if dropped:
                say(f"The questions have changed since then; no longer there: {', '.join(dropped)}.")
            order = self._order_of(session)
            stamp = replace(
                session.pack, version=self._pack.version, fingerprint=self._pack.fingerprint, folder=self._folder
            )
            ids = tuple(question.id for question in order)
            self._session = replace(session, finished=False, order=ids, pack=stamp)
            self._run(order, sheet)

    def _order_of(self, session: Session) -> tuple[Question, ...]:
        """Return what a saved quiz asks: what it asked before, and what a changed pack has added since."""
        known = self._pack.question_by_id
        kept = tuple(known[name] for name in session.order if name in known)
        if session.pack.fingerprint == self._pack.fingerprint:
            return kept
        added = [question for question in _ordered(self._pack, short=session.short) if question not in kept]
        if session.short:
            # What was left out before is no news; only as many as make half of the pack again.
            added = added[: max(0, (len(self._pack.questions) + 1) // 2 - len(kept))]
        return (*kept, *added)

    def _unfinished(self) -> Session | None:
        try:
            return next((s for s in self._store.of_pack(self._pack, self._folder) if not s.finished), None)
        except SessionError:
            return None

    def _wants(self, session: Session) -> bool:
        given = f"{len(session.sheet.answers)} of {len(session.order)} questions asked"
        day = f"{session.updated.astimezone():%Y-%m-%d}"
        return self._asker.resume(f"{self._pack.title}: you have an unfinished quiz from {day}, {given}.")

    def _run(self, order: Sequence[Question], sheet: AnswerSheet | None) -> None:
        self._order = tuple(question.id for question in order)
        with self._locks:
            taken = take_quiz(
                start(self._pack, tuple(order), sheet),
                save=self._save,
                offer=self._offer,
                sheet=sheet,
                asker=self._asker,
            )
            if taken.left:
                self._leave(taken)
            self._finish(taken)

    def _save(self, sheet: AnswerSheet) -> str | None:
        problem = self._keep(sheet)
        return f"{problem} {GOES_ON}" if problem else None

    def _keep(self, sheet: AnswerSheet, **finished: object) -> str | None:
        """Save; the first time, as a new session. Returns what went wrong, to be tried again with the next answer."""
        try:
            if self._session is None:
                asking = self._asking
                self._session = self._store.create(
                    self._pack,
                    self._order,
                    self._folder,
                    short=asking.short,
                    name=asking.name,
                    again=self._earlier.id if self._earlier else None,
                    sheet=sheet,
                )
                self._locks.enter_context(self._store.lock(self._session.id))
                if not finished:
                    return None
            self._session = replace(self._session, sheet=sheet, **finished)  # type: ignore[arg-type]
            self._session = self._store.save(self._session)
        except SessionError as error:
            return str(error)
        return None

    def _offer(self, interview: Interview) -> str | None:
        coming = [question for question in interview.order if question.id not in interview.answers]
        if not offers_stop(self._pack, interview.sheet(), coming):
            return None
        leader = rank(self._pack, interview.sheet()).standing[0]
        return words.worth(leader.path.name, leader.first)

    def _leave(self, taken: Taken) -> NoReturn:
        option = same_pack(self._request.pack)
        if not taken.sheet.answers:
            raise InterruptionError(f"left before the first answer. Start again with: {command('quiz')}{option}")
        # What failed a while ago may work by now.
        problem = self._keep(taken.sheet) if taken.notice else None
        if problem or self._session is None:
            raise InterruptionError(f"left; the last answers were not saved. {problem}")
        newest = self._unfinished()
        again = (
            ("quiz", "--resume")
            if newest and newest.id == self._session.id
            else ("sessions", "resume", self._session.id)
        )
        raise InterruptionError(f"Saved. Resume with: {command(*again)}{option}")

    def _finish(self, taken: Taken) -> None:
        found = evaluate(self._pack, taken.sheet)
        leaders = tuple(match.path.id for match in found.recommended)
        problem = self._keep(taken.sheet, finished=True, verdict=str(found.verdict), leader=leaders)
        if problem and self._request.as_json:
            say(problem)
        session, spoken = self._session, ask.wants_plain(self._request.plain)
        after = After(
            saved=problem or _where(session, found),
            plan=None if session is None else lambda asker: keep_plan(self._store, session, found, asker, plain=spoken),
            earlier=lambda: compare_with_earlier(self._store, session, found, plain=spoken),
        )
        present(found, self._request, after)


def _where(session: Session | None, found: Result) -> str | None:
    if session is None:
        return None
    # Where nothing is recommended, what helps is another answer.
    again = (
        f"Come back with: {command('sessions', 'show', session.id)}"
        if found.recommended
        else f"Add or change some with: {command('sessions', 'resume', session.id)}"
    )
    return f"Your answers are saved on this machine only. {again}"


def question_order(pack: Pack, asking: Asking) -> tuple[Question, ...]:
    """Return what is asked: what tells most first, half of it with --short, or shuffled by a number."""
    chosen = _ordered(pack, short=asking.short)
    if asking.shuffle is None:
        return chosen
    drawn = list(chosen)
    Random(asking.shuffle).shuffle(drawn)  # noqa: S311 - an order to ask in, not a secret
    return tuple(sorted(drawn, key=lambda question: pack.themes.index(question.theme)))


def _ordered(pack: Pack, *, short: bool) -> tuple[Question, ...]:
    return short_order(pack) if short else order(pack)
