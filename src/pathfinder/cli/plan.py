"""Planning what to do after a result: asking for it, doing it by flags, and writing it to a file."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeVar

from pathfinder import ask
from pathfinder.answers.plan import day_in, note_in, numbered, offered, ticked, with_steps, without_steps
from pathfinder.cli.plan_file import write
from pathfinder.errors import InterruptionError, SessionError, UsageError
from pathfinder.files import STREAM, check_target
from pathfinder.show.plan import plan_json, plan_page
from pathfinder.show.streams import emit_json, say
from pathfinder.text import command, one_line, parts
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from pathfinder.answers import PlannedStep, Session, Store
    from pathfinder.ask.asker import Asker
    from pathfinder.pack import Track
    from pathfinder.result import Result
    from pathfinder.show.plan import PlanPage

_T = TypeVar("_T")

NOTHING: Final = "-"
_PARTS: Final = 4
_MOST_DIGITS: Final = 4


@value
class PlanFlags:
    """What the flags of `sessions plan` ask for: numbers of steps, and `steps` as N[:DATE[:WHOM[:IF-THEN]]]."""

    steps: tuple[str, ...] = ()
    done: str | None = None
    undo: str | None = None
    drop: str | None = None

    def __bool__(self) -> bool:
        return bool(self.steps) or not self.done is self.undo is self.drop is None


@value
class Ways:
    """Where the plan goes: onto the screen, as JSON, or `to` a file, `yes` over one that is there."""

    to: Path | None = None
    yes: bool = False
    plain: bool = False
    as_json: bool = False


def change_plan(store: Store, session: Session, result: Result, wanted: PlanFlags, ways: Ways) -> None:
    """Change the plan of a quiz by flags, or ask for it at a terminal; then show it or write it to a file."""
    if ways.to is not None and ways.to != STREAM:
        check_target(ways.to, "plan", (".ics", ".md"))
    if wanted:
        session = _change_by_flags(store, session, _offers(result), wanted)
    elif ways.to is None and not ways.as_json and sys.stdin.isatty() and sys.stdout.isatty():
        make_plan(store, session, result, ask.choose(plain=ways.plain), plain=ways.plain)
        return
    told = _page(session, result)
    if ways.to is not None:
        write(ways.to, told, yes=ways.yes, plain=ways.plain)
    if ways.as_json:
        emit_json(plan_json(told))
    elif ways.to is None:
        _show(told, plain=ways.plain)


def make_plan(store: Store, session: Session, result: Result, asker: Asker, *, plain: bool = False) -> Session:
    """Let the person plan: choose steps, say when, with whom and what if, tick off; return the session.

    Everything is on the disk before the next question. Raises InterruptionError when the person leaves on the way.
    """
    # As it stands on the disk: it may have been changed since the session was read.
    session = store.change_plan(session.id, tuple)
    with _leaving(session):
        if not session.plan:
            session = _choose(store, session, result, asker)
        while session.plan:
            _show(_page(session, result), plain=plain, alone=True)
            wish = asker.pick_one("What would you like to do?", _WISHES)
            if wish == "tick":
                session = _tick(store, session, asker)
            elif wish == "choose":
                session = _choose(store, session, result, asker)
            elif wish == "change":
                session = _change_one(store, session, asker)
            else:
                break
    return session


def keep_plan(store: Store, session: Session, result: Result, asker: Asker, *, plain: bool) -> None:
    """Let the person plan in between; why it cannot be saved is told, and no reason to end."""
    try:
        make_plan(store, session, result, asker, plain=plain)
    except (SessionError, UsageError) as error:
        say(str(error))


_WISHES: Final = (
    ("tick", "Tick off what is done"),
    ("choose", "Choose other steps"),
    ("change", "Change a date, a person or an if-then"),
)


def today() -> date:
    """Return the day it is where the person is."""
    return datetime.now().astimezone().date()


def tracks_to_plan(result: Result) -> tuple[Track, ...]:
    """Return the recommended paths, each with its best track behind it; all that are not ruled out where none is."""
    found: list[Track] = []
    for match in result.recommended or result.ranking.standing:
        tracks = result.tracks.get(match.path.id)
        found += [match.path, *([tracks.matches[0].path] if tracks else [])]
    return tuple(found)


def _offers(result: Result) -> tuple[PlannedStep, ...]:
    return offered(tracks_to_plan(result), today())


def _page(session: Session, result: Result) -> PlanPage:
    return plan_page(result.pack, session, _offers(result), today())


def _show(told: PlanPage, *, plain: bool, alone: bool = False) -> None:
    from pathfinder.show.terminal.planning import checklist

    checklist(told, spoken=ask.wants_plain(plain), alone=alone)


@contextmanager
def _leaving(session: Session) -> Iterator[None]:
    try:
        yield
    except InterruptionError:
        again = command("sessions", "plan", session.id)
        raise InterruptionError(f"Saved. Go on planning with: {again}") from None


def _choose(store: Store, session: Session, result: Result, asker: Asker) -> Session:
    steps = numbered(session.plan, _offers(result))
    if not steps:
        raise UsageError("there is nothing to plan: these paths have no next steps.")
    planned = [step.id for step in session.plan]
    pairs = [(step.id, step.text) for step in steps.values()]
    picked = asker.pick_many("Which of these will you do? One or two are plenty.", pairs, planned)
    if picked is None:
        return session
    dropped = set(planned).difference(picked)
    added = [step for step in steps.values() if step.id in picked and step.id not in planned]
    session = store.change_plan(session.id, lambda plan: with_steps(without_steps(plan, dropped), added))
    for step in added:
        session = _ask_about(store, session, step, asker)
    return session


def _tick(store: Store, session: Session, asker: Asker) -> Session:
    pairs = [(step.id, step.text) for step in session.plan]
    done = asker.pick_many("Which are done?", pairs, [step.id for step in session.plan if step.done])
    if done is None:
        return session
    still = {step.id for step in session.plan}.difference(done)
    return store.change_plan(session.id, lambda plan: ticked(ticked(plan, done, done=True), still, done=False))


def _change_one(store: Store, session: Session, asker: Asker) -> Session:
    picked = asker.pick_one("Which one?", [(step.id, step.text) for step in session.plan])
    step = next((step for step in session.plan if step.id == picked), None)
    return session if step is None else _ask_about(store, session, step, asker)


def _ask_about(store: Store, session: Session, step: PlannedStep, asker: Asker) -> Session:
    """Ask by when, with whom and what if, each answer saved before the next question; return the session."""
    now = today()

    def day(text: str) -> date:
        # A day that was set before stands, also when it is over.
        return step.due if step.due and text.strip() == step.due.isoformat() else day_in(text, now)

    def save(step: PlannedStep) -> Session:
        return store.change_plan(session.id, lambda plan: with_steps(plan, [step]))

    told = f"{step.text} By when? Write it like {now.isoformat()}, or {NOTHING} for no date"
    said = asker.line(told, _check(day), step.due.isoformat() if step.due else "")
    step = replace(step, due=_given(said, day))
    save(step)
    said = asker.line(f"With whom? Or {NOTHING} for nobody", _check(note_in), step.with_whom or "")
    step = replace(step, with_whom=_given(said, note_in))
    save(step)
    told = f"What could come between? Write it as: If ..., then I ... Or {NOTHING} for nothing"
    return save(replace(step, if_then=_given(asker.line(told, _check(note_in), step.if_then or ""), note_in)))


def _given(text: str, read: Callable[[str], _T]) -> _T | None:
    return None if text.strip() in {"", NOTHING} else read(text)


def _check(read: Callable[[str], object]) -> Callable[[str], str | None]:
    def wrong(text: str) -> str | None:
        try:
            _given(text, read)
        except UsageError as error:
            return str(error)
        return None

    return wrong


def _change_by_flags(store: Store, session: Session, offers: Sequence[PlannedStep], wanted: PlanFlags) -> Session:
    """Do what the flags ask for, all of it or nothing; raises UsageError that says what is wrong with them."""
    listed, now = numbered(session.plan, offers), today()
    steps = [_step(listed, each, now) for each in wanted.steps]
    known = {
        number: step for number, step in listed.items() if step in session.plan or step.id in {s.id for s in steps}
    }
    done, undo, drop = (_ids(known, text) for text in (wanted.done, wanted.undo, wanted.drop))

    def change(plan: tuple[PlannedStep, ...]) -> tuple[PlannedStep, ...]:
        changed = ticked(ticked(with_steps(plan, steps), done, done=True), undo, done=False)
        return without_steps(changed, drop)

    return store.change_plan(session.id, change)


def _step(listed: Mapping[int, PlannedStep], text: str, now: date) -> PlannedStep:
    number, *given = text.split(":", _PARTS - 1)
    step = listed[_number(listed, number)]
    due, whom, if_then = (*given, "", "", "")[: _PARTS - 1]
    if due:
        step = replace(step, due=_given(due, lambda typed: day_in(typed, now)))
    if whom:
        step = replace(step, with_whom=_given(whom, note_in))
    return replace(step, if_then=_given(if_then, note_in)) if if_then else step


def _ids(listed: Mapping[int, PlannedStep], text: str | None) -> frozenset[str]:
    if text is None:
        return frozenset()
    return frozenset(listed[_number(listed, each)].id for each in parts(text))


def _number(listed: Mapping[int, PlannedStep], text: str) -> int:
    typed = text.strip()
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= _MOST_DIGITS else 0
    if number not in listed:
        there = ", ".join(map(str, listed)) or "none yet"
        raise UsageError(f"\u201c{one_line(typed)}\u201d is not the number of a step (there are: {there}).")
    return number
