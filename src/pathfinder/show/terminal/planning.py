"""A plan as a checklist on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from pathfinder.show.plan import details
from pathfinder.show.terminal.canvas import (
    BAD,
    HEADING,
    QUIET,
    console,
    headline,
    listing,
    paragraph,
    section,
    suggestion,
)
from pathfinder.text import command

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pathfinder.show.plan import PlanItem, PlanPage
    from pathfinder.show.terminal.canvas import Canvas


def checklist(plan: PlanPage, *, spoken: bool = False, alone: bool = False) -> None:
    """Print what is planned, with boxes, and, unless that is to stand alone, what else could be."""
    drawn, identity = console(spoken=spoken), plan.session.id
    if plan.items:
        headline(drawn, "Your plan", f"{plan.done} of {len(plan.items)} done")
        listing(drawn, _rows(drawn, plan.items))
    else:
        paragraph(drawn, Text("Nothing is planned yet.", style=HEADING))
    if plan.others and not alone:
        section(drawn, "You could also plan" if plan.items else "You could plan")
        rows = (
            (f"{item.number}.", Text.assemble(item.step.text, (f"  {_whence(item)}", QUIET))) for item in plan.others
        )
        listing(drawn, rows)
    drawn.print()
    if plan.others and not alone:
        suggestion(drawn, "Plan one", command("sessions", "plan", identity, "--step", str(plan.others[0].number)))
    if plan.items and not alone:
        suggestion(drawn, "Tick one off", command("sessions", "plan", identity, "--done", str(plan.items[0].number)))
    if plan.items:
        suggestion(drawn, "Into your calendar", command("sessions", "plan", identity, "--to", "plan.ics"))


def _rows(drawn: Canvas, items: Sequence[PlanItem]) -> Iterator[tuple[str, Text]]:
    for item in items:
        told = Text(item.step.text)
        for line in details(item):
            told.append(f"\n{line}", BAD if item.overdue and line.startswith("By ") else QUIET)
        if drawn.spoken:
            yield f"{item.number}. {'Done' if item.step.done else 'To do'}:", told
        else:
            yield f"[{'x' if item.step.done else ' '}] {item.number}.", told


def _whence(item: PlanItem) -> str:
    return f"({item.home}{f', {item.step.when}' if item.step.when else ''})"
