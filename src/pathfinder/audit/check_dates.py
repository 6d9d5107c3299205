"""The check of what courts, agencies and markets move: when somebody last looked whether it is still so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pathfinder.audit.findings import CheckRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pathfinder.pack import Pack, Track

FRESH_FOR: Final = 180
"""Days after which a claim that can move is worth another look."""


def checked(pack: Pack, day: date) -> Iterator[CheckRow]:
    """Check for each path, each track and the FAQ that no dated claim was last looked at too long before `day`."""
    for path in pack.paths:
        yield from _row(path.id, _dated(path), day)
        for track in path.tracks:
            yield from _row(f"{path.id}/{track.id}", _dated(track), day)
    yield from _row("faq", [(entry.id, entry.checked) for entry in pack.faq if entry.checked], day)


def _dated(track: Track) -> list[tuple[str, date]]:
    claims = [
        (statement.headline or statement.text, statement.checked) for statement in (*track.pros, *track.challenges)
    ]
    claims += [(fact.label, fact.checked) for fact in track.facts]
    return [(name, when) for name, when in claims if when]


def _row(subject: str, claims: list[tuple[str, date]], day: date) -> Iterator[CheckRow]:
    if not claims:
        return
    stale = sorted((when, name) for name, when in claims if (day - when).days > FRESH_FOR)
    oldest = max((day - when).days for _, when in claims)
    finding = f"{subject}: {len(claims)} dated, the oldest {oldest} days ago."
    if stale:
        when, name = stale[0]
        others = f", and {len(stale) - 1} more" if len(stale) > 1 else ""
        finding = f"{subject}: \u201c{name}\u201d was last checked on {when.isoformat()}, {oldest} days ago{others}."
    yield CheckRow(
        check="checked",
        subject=subject,
        level="warning" if stale else "ok",
        values={"claims": len(claims), "stale": len(stale), "oldest": oldest},
        measured=f"{oldest} days",
        finding=finding,
        advice="Look whether it is still so, and set `checked` to the day on which you did.",
    )
