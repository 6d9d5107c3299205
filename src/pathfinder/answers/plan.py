"""What the person will do after the result: steps with a day, somebody to do them with, and what to do if.

Values only; today comes in.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from pathfinder.errors import UsageError
from pathfinder.text import one_line
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from pathfinder.pack import Track

AGAIN: Final = timedelta(days=182)
"""After half a year a quiz is worth taking again."""

LATEST_DAY: Final = date(9998, 12, 31)
LONGEST_WAIT: Final = 36_500
LONGEST_TEXT: Final = 500
"""What a pack says at greater length is cut, and stands in the pack."""

LONGEST_NOTE: Final = 300
"""Nobody writes more beside a step; it has to fit a line of a calendar."""

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@value
class PlannedStep:
    """One thing to do. `id` stays the same while the pack says the step in the same words.

    `home` is the id of the path or track that it comes from, `when` what the pack says about the time; `due` is None
    where nobody has set a day. `with_whom` and `if_then` are the person's own words, None where there are none.
    """

    id: str
    home: str
    text: str
    when: str = ""
    due: date | None = None
    with_whom: str | None = None
    if_then: str | None = None
    done: bool = False
    sources: tuple[str, ...] = ()


def offered(tracks: Iterable[Track], today: date) -> tuple[PlannedStep, ...]:
    """Return the next steps of paths and tracks, each text once, due as soon as the pack says."""
    found: dict[str, PlannedStep] = {}
    for track in tracks:
        for step in track.next_steps:
            found.setdefault(
                step.text,
                PlannedStep(
                    id=step_id(track.id, step.text),
                    home=track.id,
                    text=_short(step.text),
                    when=_short(step.when),
                    due=None if step.within is None else _after(today, step.within),
                    sources=step.sources,
                ),
            )
    return tuple(found.values())


def _after(today: date, days: int) -> date:
    return min(today, LATEST_DAY - timedelta(days=LONGEST_WAIT)) + timedelta(days=min(days, LONGEST_WAIT))


def _short(text: str) -> str:
    line = " ".join(one_line(text).split())
    return line if len(line) <= LONGEST_TEXT else f"{line[: LONGEST_TEXT - 1]}\u2026"


def step_id(home: str, text: str) -> str:
    """Return the id of a step: where it comes from, and eight digits of its words."""
    return f"{home}.{sha256(text.encode()).hexdigest()[:8]}"


def numbered(plan: Sequence[PlannedStep], offers: Sequence[PlannedStep]) -> dict[int, PlannedStep]:
    """Return all steps by the numbers that people give: those on offer, as planned where they are, and then the rest."""
    planned, known = {step.id: step for step in plan}, {step.id for step in offers}
    listed = [*(planned.get(step.id, step) for step in offers), *(step for step in plan if step.id not in known)]
    return dict(enumerate(listed, start=1))


def with_steps(plan: Sequence[PlannedStep], steps: Iterable[PlannedStep]) -> tuple[PlannedStep, ...]:
    """Return the plan with these steps, in place of those that have the same id or behind the others."""
    changed = {step.id: step for step in (*plan, *steps)}
    return tuple(changed.values())


def without_steps(plan: Sequence[PlannedStep], ids: Collection[str]) -> tuple[PlannedStep, ...]:
    """Return the plan without the steps of these ids."""
    return tuple(step for step in plan if step.id not in ids)


def ticked(plan: Sequence[PlannedStep], ids: Collection[str], *, done: bool) -> tuple[PlannedStep, ...]:
    """Return the plan with the steps of these ids ticked off, or open again."""
    return tuple(replace(step, done=done) if step.id in ids else step for step in plan)


def day_in(text: str, today: date) -> date:
    """Return the day that was typed; raises UsageError, saying what is wrong, when there is none or it is over."""
    typed = text.strip()
    try:
        day = date.fromisoformat(typed) if _DAY.fullmatch(typed) else None
    except ValueError:
        day = None
    if day is None:
        raise UsageError(f"\u201c{one_line(typed)}\u201d is no date; write it like {today.isoformat()}.")
    if day < today:
        raise UsageError(f"{day.isoformat()} is over; today is {today.isoformat()}.")
    if day > LATEST_DAY:
        raise UsageError(f"{day.isoformat()} is too far away.")
    return day


def note_in(text: str) -> str | None:
    """Return what was typed beside a step, on one line, None when it is nothing; raises UsageError when it is too long."""
    note = " ".join(one_line(text).split())
    if len(note) > LONGEST_NOTE:
        raise UsageError(f"that is {len(note)} characters long; {LONGEST_NOTE} fit.")
    return note or None
