"""A plan: steps under stable ids, days that come from the pack, and a file that old and new programs read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathfinder.answers import PlannedStep, Store
from pathfinder.answers.plan import LATEST_DAY, day_in, note_in, numbered, offered, ticked, with_steps, without_steps
from pathfinder.answers.session import UnreadableError, from_text, to_text
from pathfinder.errors import SessionError, UsageError
from pathfinder.pack import CareerPath, NextStep, Track
from pathfinder.text import one_line
from quizzes import named

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 25)
PACK = named("three")


def track(*steps: NextStep) -> Track:
    """Return a path with these next steps."""
    return CareerPath(id="home", name="Home", summary="", profile={}, week={}, next_steps=steps)


def store_at(home: Path, moment: datetime) -> Store:
    """Return a store whose clock stands."""
    return Store(home, lambda: moment)


def test_steps_are_due_as_soon_as_the_pack_says() -> None:
    """A step without a number of days has no date; one that stands twice is offered once; huge waits stay dates."""
    steps = (
        NextStep(text="Ask", when="this month", within=30, sources=("S1",)),
        NextStep(text="Sign", when="before you sign"),
        NextStep(text="Ask", when="again", within=5),
        NextStep(text="Wait", when="for ever", within=10**9),
    )
    found = offered([track(*steps)], TODAY)
    assert [(step.text, step.due) for step in found[:2]] == [("Ask", date(2026, 12, 25)), ("Sign", None)]
    assert len(found) == 3
    assert found[0].sources == ("S1",)
    assert offered([track(steps[3])], date(9999, 12, 31))[0].due == LATEST_DAY
    assert TODAY < (found[2].due or TODAY) < LATEST_DAY


def test_a_step_keeps_its_id_wherever_it_stands() -> None:
    """The id follows the words, not the place, so that a pack may put steps in another order."""
    one, two = NextStep(text="One", when=""), NextStep(text="Two", when="")
    there, back = offered([track(one, two)], TODAY), offered([track(two, one)], TODAY)
    assert [step.id for step in there] == [step.id for step in reversed(back)]
    assert there[0].id != there[1].id


def test_numbers_hold_what_is_planned_and_what_the_pack_has_lost() -> None:
    """Planned steps stand where they are offered; those that the pack no longer has come behind."""
    offers = offered([track(NextStep(text="One", when=""), NextStep(text="Two", when=""))], TODAY)
    gone = PlannedStep(id="gone", home="home", text="Gone")
    plan = with_steps((gone,), [replace(offers[1], with_whom="Ana")])
    listed = numbered(plan, offers)
    assert [(number, step.text, step.with_whom) for number, step in listed.items()] == [
        (1, "One", None), (2, "Two", "Ana"), (3, "Gone", None),
    ]  # fmt: skip
    assert [step.done for step in ticked(plan, {"gone"}, done=True)] == [True, False]
    assert without_steps(plan, {"gone"}) == plan[1:]


@pytest.mark.parametrize(
    "text", ["20261201", "2026-W49-1", "1.12.2026", "2026-02-30", "", "2026-11-24", "9999-12-31", "\u0662026-12-01"]
)
def test_what_is_no_day_to_come_is_refused(text: str) -> None:
    """Only YYYY-MM-DD is a day, and one that is over is none to plan for."""
    with pytest.raises(UsageError):
        day_in(text, TODAY)


def test_a_day_is_taken_as_it_is_typed() -> None:
    """Today counts; spaces do not."""
    assert day_in(" 2026-11-25 ", TODAY) == TODAY
    assert note_in("  Dr.\tLee\n ") == "Dr. Lee"
    assert note_in("\u202e \u2066") is None
    with pytest.raises(UsageError, match="301"):
        note_in("x" * 301)


@given(st.text(max_size=200), st.text(max_size=300), st.dates(date(2, 1, 1), LATEST_DAY), st.booleans())
def test_a_plan_survives_the_file(whom: str, text: str, due: date, done: bool) -> None:  # noqa: FBT001
    """Whatever a pack says and a person types comes back from the session's file."""
    session = replace(from_text(_text(), "x"), plan=())
    step = PlannedStep(
        id="home.1", home="home", text=" ".join(one_line(text).split()), due=due, with_whom=note_in(whom), done=done
    )
    planned = replace(session, plan=(step,), again="2026-01-01-abc")
    assert from_text(to_text(planned), "x") == planned


def _text() -> bytes:
    moment = "2026-11-25T12:00:00Z"
    data = {
        "schema": "pathfinder.session/1", "id": "x", "created": moment, "updated": moment,
        "pack": {"id": "test", "version": "1", "fingerprint": "sha256:0", "folder": None},
        "order": ["one"], "finished": True, "verdict": "clear", "leader": ["academic"],
        "sheet": {"format": 1, "pack": "test", "answers": {"one": 4}},
    }  # fmt: skip
    return json.dumps(data).encode()


def test_files_of_before_are_read_and_damaged_plans_named() -> None:
    """A session without a plan has an empty one and stays without the entry; an odd plan is an unreadable session."""
    session = from_text(_text(), "x")
    assert session.plan == ()
    assert {"plan", "again"}.isdisjoint(json.loads(to_text(session)))
    for odd in (
        "text",
        [1],
        [{"id": "a"}],
        [{"id": "a", "home": "b", "text": "\u202e"}],
        [{"id": "a", "home": "b", "due": "soon"}],
    ):
        with pytest.raises(UnreadableError):
            from_text(json.dumps({**json.loads(_text()), "plan": odd}).encode(), "x")


def test_a_name_with_signs_in_it_can_be_read_again(tmp_path: Path) -> None:
    """A name may hold an emoji of several signs; what cannot be seen is left out of it."""
    store = store_at(tmp_path, datetime.now(UTC))
    session = store.create(PACK, ("one",), name="\U0001f469\u200d\u2695\ufe0f and \u202eme")
    assert store.get(session.id).name == "\U0001f469\u200d\u2695\ufe0f and me"


def test_planning_leaves_the_answers_and_their_time_alone(tmp_path: Path) -> None:
    """A plan of last year's quiz does not make it the last quiz, and two windows add to one plan."""
    old = datetime.now(UTC) - timedelta(days=300)
    session = store_at(tmp_path, old).create(PACK, ("one",))
    one, other = store_at(tmp_path, datetime.now(UTC)), store_at(tmp_path, datetime.now(UTC))
    steps = [PlannedStep(id=name, home="home", text=name) for name in ("a", "b")]
    one.change_plan(session.id, lambda plan: with_steps(plan, steps[:1]))
    both = other.change_plan(session.id, lambda plan: with_steps(plan, steps[1:]))
    assert [step.id for step in both.plan] == ["a", "b"]
    assert one.get(session.id) == both == replace(session, plan=tuple(steps))


def test_a_plan_waits_for_a_quiz_that_is_being_taken(tmp_path: Path) -> None:
    """Another window's quiz is not written over; the window that has it may plan; a lost one says so."""
    store, other = (store_at(tmp_path, datetime.now(UTC)) for _ in range(2))
    session = store.create(PACK, ("one",))
    step = PlannedStep(id="a", home="home", text="a")
    with store.lock(session.id):
        with pytest.raises(SessionError, match="open in another window"):
            other.change_plan(session.id, lambda plan: with_steps(plan, [step]))
        assert store.change_plan(session.id, lambda plan: with_steps(plan, [step])).plan == (step,)
        assert store.save(session).plan == ()
    store.delete(session)
    with pytest.raises(SessionError, match="is gone"):
        store.change_plan(session.id, lambda plan: plan)
