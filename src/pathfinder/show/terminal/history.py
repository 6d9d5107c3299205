"""Saved quizzes on screen: the list, and what changed between two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from pathfinder.answers import Broken
from pathfinder.pack import SKIP
from pathfinder.show import sentences as wording
from pathfinder.show.terminal.canvas import HEADING, QUIET, console, paragraph, rank, records, section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pathfinder.answers import Difference, Session
    from pathfinder.pack import Pack
    from pathfinder.result import Result
    from pathfinder.show.terminal.canvas import Canvas

_IMPORTANCE: Final = {"most": "matters most", "none": "does not matter", None: "as usual"}


def sessions(entries: Sequence[Session | Broken]) -> None:
    """Print saved quizzes: id, date, pack, progress, verdict."""
    drawn = console()
    if not entries:
        paragraph(drawn, "No saved quizzes yet. Take one with: pathfinder quiz")
        return
    records(drawn, ("Session", "Last change", "Pack", "Asked", "Result"), map(_row, entries))


def _row(entry: Session | Broken) -> tuple[str, ...]:
    if isinstance(entry, Broken):
        return entry.id, "", "", "", entry.problem
    asked = f"{len(entry.sheet.answers)}/{len(entry.order)}"
    return entry.id, f"{entry.updated.astimezone():%Y-%m-%d %H:%M}", entry.pack.id, asked, _outcome(entry)


def _outcome(session: Session) -> str:
    if not session.finished:
        return "not finished"
    return ": ".join(each for each in (session.verdict or "", ", ".join(session.leader or ())) if each)


def difference(pack: Pack, pair: tuple[Session, Session], changed: Difference, results: tuple[Result, Result]) -> None:
    """Print what changed between two quizzes, and what that did to the ranking."""
    drawn = console()
    drawn.print(Text(f"{pair[0].id} and {pair[1].id}", style=HEADING))
    rows = list(_changed(pack, changed))
    if rows:
        section(drawn, "What changed")
        records(drawn, ("", "Before", "After"), rows)
    else:
        paragraph(drawn, "The same answers in both.")
    _rankings(drawn, pack, results)


def _changed(pack: Pack, changed: Difference) -> Iterator[tuple[str, str, str]]:
    for each in changed.answers:
        question = pack.question_by_id[each.what].text
        yield question, _words(pack, each.what, each.before), _words(pack, each.what, each.after)
    for each in changed.importance:
        name = pack.dimension_by_id[each.what].name
        yield f"Importance: {name}", _IMPORTANCE[each.before], _IMPORTANCE[each.after]
    for each in changed.ruled_out:
        yield f"Refused: {pack.path_by_id[each.what].name}", _yes(each.before), _yes(each.after)
    if changed.lean:
        yield "Your lean", _path(pack, changed.lean.before), _path(pack, changed.lean.after)


def _yes(value: str | None) -> str:
    return "yes" if value else "no"


def _path(pack: Pack, path: str | None) -> str:
    return pack.path_by_id[path].name if path else "none"


def _words(pack: Pack, question: str, answer: str | None) -> str:
    if answer is None:
        return "not asked"
    return "skipped" if answer == SKIP else wording.option_words(pack, question, answer)


def _rankings(drawn: Canvas, pack: Pack, results: tuple[Result, Result]) -> None:
    section(drawn, "What that did to the ranking")
    before, after = ({each.path.id: each for each in found.ranking.matches} for found in results)
    rows = []
    for path in sorted(pack.paths, key=lambda each: (after[each.id].rank, each.id)):
        old, new = before[path.id], after[path.id]
        rows.append((path.name, rank(old), rank(new), f"{old.match:.0f} to {new.match:.0f}"))
    records(drawn, ("Path", "Before", "After", "Match"), rows)
    for name, found in zip(("Before", "After"), results, strict=True):
        paragraph(drawn, Text.assemble((f"{name}: ", QUIET), wording.verdict(found).sentence))
