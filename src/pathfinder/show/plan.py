"""A plan -> what is said about it: the checklist on screen, the file for a calendar and the Markdown all draw this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pathfinder.answers.plan import AGAIN, LATEST_DAY, numbered
from pathfinder.answers.session import step_to_data
from pathfinder.show.references import web_address
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from pathfinder.answers import PlannedStep, Session
    from pathfinder.pack import Pack


@value
class PlanItem:
    """A step under the number that people give it, as it is shown; `more` and `sources` are what the pack says.

    A source is its reference and its address, "" where it has none.
    """

    number: int
    step: PlannedStep
    home: str
    more: str | None
    sources: tuple[tuple[str, str], ...]
    overdue: bool


@value
class PlanPage:
    """A plan: `items` are planned, `others` could be; `taken` is when the quiz was, `again` when to take it again."""

    title: str
    session: Session
    taken: datetime
    again: date
    items: tuple[PlanItem, ...]
    others: tuple[PlanItem, ...]

    @property
    def done(self) -> int:
        """How many planned steps are ticked off."""
        return sum(item.step.done for item in self.items)


def plan_page(pack: Pack, session: Session, offers: Sequence[PlannedStep], today: date) -> PlanPage:
    """Return what there is to say about the plan of a saved quiz; no clock is read."""
    planned = {step.id for step in session.plan}
    items = [_item(pack, number, step, today) for number, step in numbered(session.plan, offers).items()]
    taken = session.updated.astimezone()
    due = min(taken.date(), LATEST_DAY - AGAIN) + AGAIN
    return PlanPage(
        title=pack.title,
        session=session,
        taken=taken,
        # What is over by now would help nobody.
        again=due if due > today else min(today, LATEST_DAY - AGAIN) + AGAIN,
        items=tuple(item for item in items if item.step.id in planned),
        others=tuple(item for item in items if item.step.id not in planned),
    )


def _item(pack: Pack, number: int, step: PlannedStep, today: date) -> PlanItem:
    home = pack.track_by_id.get(step.home)
    said = next((each for each in home.next_steps if each.text == step.text), None) if home else None
    known = pack.source_by_id
    return PlanItem(
        number=number,
        step=step,
        home=home.name if home else step.home,
        more=said.more if said else None,
        sources=tuple(_source(pack, name) for name in step.sources if name in known),
        overdue=step.due is not None and step.due < today and not step.done,
    )


def _source(pack: Pack, name: str) -> tuple[str, str]:
    source = pack.source_by_id[name]
    return f"{source.reference}.", web_address(source.url) or ""


def details(item: PlanItem) -> tuple[str, ...]:
    """Return what is said beneath a step: by when, with whom, and what to do if."""
    step = item.step
    day = f"By {step.due.isoformat()}{' (overdue)' if item.overdue else ''}" if step.due else "No date yet"
    told = f"{day}. {_sentence(step.when)}".rstrip()
    return tuple(
        each
        for each in (told, _sentence(f"With {step.with_whom}" if step.with_whom else ""), _sentence(step.if_then or ""))
        if each
    )


def _sentence(text: str) -> str:
    if not text:
        return ""
    return f"{text[:1].upper()}{text[1:]}" + ("" if text[-1] in ".!?" else ".")


def plan_json(plan: PlanPage) -> dict[str, Any]:
    """Return the plan in the shape of `sessions plan --json`."""
    return {
        "schema": "pathfinder.plan/1",
        "session": plan.session.id,
        "pack": plan.session.pack.id,
        "again": plan.again.isoformat(),
        "steps": [_step_json(item) for item in plan.items],
        "offered": [_step_json(item) for item in plan.others],
    }


def _step_json(item: PlanItem) -> dict[str, Any]:
    return {"number": item.number} | {
        "from" if name == "home" else name: each for name, each in step_to_data(item.step).items()
    }
