"""A plan as an iCalendar file (icalendar is used only here)."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from pathfinder import __version__
from pathfinder.show.plan import details
from pathfinder.text import clean, command

if TYPE_CHECKING:
    from datetime import datetime

    from pathfinder.show.plan import PlanItem, PlanPage

PRODUCER: Final = "-//pathfinder//plan"
"""By this a file of ours is known."""


def to_calendar(plan: PlanPage, now: datetime) -> bytes:
    """Return the dated steps, and the day to take the quiz again, as days of a calendar; they belong to no time zone.

    The same step of the same quiz keeps its UID, so that a second import changes the event and adds none.
    """
    calendar = Calendar()
    calendar.add("prodid", f"{PRODUCER} {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for item in plan.items:
        if item.step.due is not None:
            mark = "Done: " if item.step.done else ""
            calendar.add_component(
                _event(plan, item.step.id, item.step.due, (mark + item.step.text, _description(plan, item)), now)
            )
    told = f"Half a year has gone by since {plan.taken:%Y-%m-%d}. Take it again with {command('quiz')}, and see what has changed."
    calendar.add_component(_event(plan, "again", plan.again, (f"Take the quiz again: {plan.title}", told), now))
    return bytes(calendar.to_ical())


def is_ours(data: bytes) -> bool:
    """Return whether a file holds a calendar that this program wrote."""
    head = data[:400].replace(b"\r\n ", b"")
    return head.startswith(b"BEGIN:VCALENDAR") and f"\r\nPRODID:{PRODUCER} ".encode() in head


def _event(plan: PlanPage, key: str, day: date, told: tuple[str, str], now: datetime) -> Event:
    session = plan.session
    event = Event()
    # An id of a quiz is unique on one machine; with the microsecond of its start it is so everywhere.
    event.add("uid", str(uuid5(NAMESPACE_URL, f"pathfinder:{session.id}:{session.created.isoformat()}:{key}")))
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", _text(told[0]))
    event.add("description", _text(told[1]))
    # A day with a step is not a day off, and nobody else's business.
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _description(plan: PlanPage, item: PlanItem) -> str:
    sources = [f"Source: {reference} {address}" for reference, address in item.sources]
    tick = command("sessions", "plan", plan.session.id, "--done", str(item.number))
    parts = [
        *details(item)[1:],
        item.more or "",
        f"{item.home}: {item.step.when}".rstrip(": "),
        *sources,
        f"Done? {tick}",
    ]
    return "\n".join(" ".join(each.split()) for each in parts if each)


def _text(text: str) -> str:
    return clean(text).replace("\t", " ")
