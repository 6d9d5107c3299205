"""A plan as a calendar and as Markdown: read by parsers that did not write it, whatever the texts are."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import cmarkgfm
import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from hostile import ALL, ATTACKS, CONTROLS
from pathfinder.answers import PackStamp, PlannedStep, Session
from pathfinder.answers.interview import AnswerSheet
from pathfinder.answers.plan import note_in, offered
from pathfinder.pack import CareerPath, NextStep, Pack, Source
from pathfinder.show.plan import details, plan_page
from pathfinder.show.plan_calendar import is_ours, to_calendar
from pathfinder.show.report.render import markdown_of
from pathfinder.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathfinder.show.plan import PlanPage

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
EMOJI = "\U0001f469\u200d\u2695\ufe0f\U0001f3fd \u6f22\u5b57 \u05e9\u05dc\u05d5\u05dd e\u0301"
WORDS = "Ask; wait, then \\ sign: \"now\" 'or' never\\n"


def plan_of(*texts: str, whom: str = "", due: date | None = date(2026, 12, 25)) -> PlanPage:
    """Return a plan of these steps, each with the same person and day, from a pack whose texts are clean as loaded."""
    source = Source(
        id="S1", title=clean(texts[0] if texts else "x"), url="https://example.org/a;b,c?x=1&y=2", kind="primary"
    )
    steps = tuple(
        NextStep(text=clean(text), more=clean(f"{text}\nmore"), when=clean(text), sources=("S1",)) for text in texts
    )
    path = CareerPath(
        id="home",
        name=clean(f"Home {texts[0]}" if texts else "Home"),
        summary="",
        profile={},
        week={},
        next_steps=steps,
    )
    pack = Pack(
        id="test", version="1", title=clean(texts[0] if texts else "Test"), about="", themes=(), dimensions=(), paths=(path,),
        questions=(), sources=(source,),
    )  # fmt: skip
    plan = tuple(
        replace(step, due=due, with_whom=note_in(whom[:200]), if_then=note_in(whom[:200]))
        for step in offered([path], TODAY)
    )
    session = Session(
        id="2026-11-20-abc", created=NOW - timedelta(days=5), updated=NOW - timedelta(days=5),
        pack=PackStamp(id="test", version="1", fingerprint=""), order=(), sheet=AnswerSheet(pack="test"), finished=True, plan=plan,
    )  # fmt: skip
    return plan_page(pack, session, offered([path], TODAY), TODAY)


def events(data: bytes) -> list[tuple[str, date, str, str]]:
    """Return uid, day, summary and description of each event, after two parsers agreed on them."""
    read: Any = icalendar.Calendar.from_ical(data)
    one = [
        (str(each["UID"]), each["DTSTART"].dt, str(each["SUMMARY"]), str(each["DESCRIPTION"]))
        for each in read.walk("VEVENT")
    ]
    other = [
        (each.uid.value, each.dtstart.value, each.summary.value, each.description.value)
        for each in vobject.readOne(data.decode()).vevent_list
    ]
    assert one == other
    assert all(type(day) is date for _, day, _, _ in one)
    return one


def hold(plan: PlanPage) -> list[tuple[str, date, str, str]]:
    """Check what holds of every calendar file, and return its events."""
    data = to_calendar(plan, NOW)
    assert is_ours(data)
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in data.replace(b"\r\n", b"")
    # No character is cut in two by folding.
    assert all(line.decode() for line in lines[:-1])
    assert CONTROLS.search(data.decode().replace("\r\n", "")) is None
    found = events(data)
    assert len({uid for uid, *_ in found}) == len(found)
    return found


def test_days_and_words_arrive() -> None:
    """Each dated step is a day of its own with its sources, and the quiz comes again half a year after it was taken."""
    step, again = hold(plan_of("Ask somebody", whom="Dr. Lee"))
    assert step[1:3] == (date(2026, 12, 25), "Ask somebody")
    assert "With Dr. Lee." in step[3]
    assert "Source: Ask somebody (secondary)." not in step[3]
    assert "https://example.org/a;b,c?x=1&y=2" in step[3]
    assert "pathfinder sessions plan 2026-11-20-abc --done 1" in step[3]
    assert again[1:3] == (date(2027, 5, 21), "Take the quiz again: Ask somebody")
    assert len(hold(plan_of("One", "Two", due=None))) == 1


def test_the_same_step_keeps_its_event() -> None:
    """Another day, another note, a tick and another step change no UID; another quiz's step has its own."""
    first = hold(plan_of("One", "Two"))
    plan = plan_of("One", "Two", "Three", whom="Ana", due=date(2027, 1, 1))
    ticked = replace(plan.session, plan=tuple(replace(step, done=True) for step in plan.session.plan))
    later = hold(
        replace(
            plan, session=ticked, items=tuple(replace(each, step=replace(each.step, done=True)) for each in plan.items)
        )
    )
    assert {uid for uid, *_ in first} < {uid for uid, *_ in later}
    assert later[0][2] == "Done: One"
    other = replace(plan, session=replace(plan.session, created=NOW))
    assert {uid for uid, *_ in hold(other)}.isdisjoint({uid for uid, *_ in later})


@pytest.mark.parametrize("text", [*ATTACKS.values(), ALL, WORDS, EMOJI * 20, "x" * 400, "\u6f22" * 300, "a\nb\tc"])
def test_hostile_text_stays_text(text: str) -> None:
    """Whatever a pack or a person writes is one event's words, folded at 75 octets."""
    found = hold(plan_of(f"Step {text}", whom=text))
    assert len(found) == 2
    assert found[0][2] == offered_text(f"Step {text}")


def offered_text(text: str) -> str:
    """Return a step's text as it is planned: on one line, cut where it is longer than any pack's."""
    [step] = offered(
        [
            CareerPath(
                id="h", name="", summary="", profile={}, week={}, next_steps=(NextStep(text=clean(text), when=""),)
            )
        ],
        TODAY,
    )
    return step.text


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_stays_text(text: str, whom: str) -> None:
    """The same for texts that nobody thought of."""
    [step, _] = hold(plan_of(f"Step {text}", whom=whom))
    assert step[2] == offered_text(f"Step {text}")


@pytest.fixture
def zones(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Let tests change the zone, and put it back."""
    yield ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York", "Asia/Kathmandu"]
    monkeypatch.undo()
    time.tzset()


def test_no_zone_moves_a_day(zones: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A day is a day, east and west of the date line, on the last day of a year and where clocks change."""
    for day in (date(2026, 12, 31), date(2027, 3, 14), date(2028, 2, 29)):
        seen = set()
        for zone in zones:
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            data = to_calendar(plan_of("One", due=day), NOW)
            assert b"TZID" not in data
            assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}\r\n".encode() in data
            seen.add(events(data)[0][1])
        assert seen == {day}


def test_only_our_calendars_are_ours() -> None:
    """A calendar of somebody else's, also one that speaks of ours, is not taken for one."""
    ours = to_calendar(plan_of("One"), NOW)
    assert is_ours(ours)
    assert not is_ours(b"")
    assert not is_ours(ours.replace(b"//pathfinder", b"//other"))
    other = icalendar.Calendar()
    other.add("prodid", "-//somebody//EN")
    other.add("x-note", "PRODID:-//pathfinder//plan 1")
    assert not is_ours(other.to_ical())


def test_overdue_steps_say_so_until_they_are_done() -> None:
    """A day that is over is marked; a tick takes the mark away."""
    plan = plan_of("One", due=date(2026, 11, 1))
    assert "(overdue)" in details(plan.items[0])[0]
    done = page_of_done(plan)
    assert "(overdue)" not in details(done.items[0])[0]
    assert done.done == 1


def page_of_done(plan: PlanPage) -> PlanPage:
    """Return the page of the same plan with everything ticked off."""
    steps: tuple[PlannedStep, ...] = tuple(replace(step, done=True) for step in plan.session.plan)
    pack = Pack(id="test", version="1", title="", about="", themes=(), dimensions=(), paths=(), questions=())
    return plan_page(pack, replace(plan.session, plan=steps), (), TODAY)


@pytest.mark.parametrize("text", [*ATTACKS.values(), WORDS, EMOJI])
def test_markdown_is_boxes_and_text(text: str) -> None:
    """Each step is one box; no text opens another, a link or markup."""
    plan = plan_of(f"Step {text}", "Second", whom=text)
    written = markdown_of("plan.md.j2", page=plan, details=details)
    assert CONTROLS.search(written) is None
    assert written.count("\n- [ ] ") == 3
    html = cmarkgfm.github_flavored_markdown_to_html(written)
    assert html.count("<li>") == 3
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript:' not in html
    ticked = markdown_of("plan.md.j2", page=page_of_done(plan), details=details)
    assert ticked.count("\n- [x] ") == 2
