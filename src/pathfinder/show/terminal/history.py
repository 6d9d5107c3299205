"""Saved quizzes on screen: the list, and what changed between two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from pathfinder.answers import BrokenSession
from pathfinder.answers.interview import answer_words
from pathfinder.result.beside import lay_beside
from pathfinder.show.sentences import VERDICTS, topic, verdict_words, within
from pathfinder.show.terminal.canvas import HEADING, QUIET, console, paragraph, rank_mark, records, section, suggestion
from pathfinder.show.terminal.pager import show_page
from pathfinder.show.two_people import IMPORTANCE, SMALL, outcome
from pathfinder.text import command

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pathfinder.answers import Difference, Session
    from pathfinder.pack import Pack
    from pathfinder.result import Result
    from pathfinder.show.terminal.canvas import Canvas


MOVED: Final = 3
"""So many of the changes that did most are named in short."""


def print_sessions(entries: Sequence[Session | BrokenSession], changed: Mapping[str, bool | None]) -> None:
    """Print saved quizzes: id and name, date, pack, progress, verdict; `changed` says whose pack has changed since."""
    if not entries:
        suggestion(console(), "No saved quizzes yet. Take one with", command("quiz"))
        return
    rows = [_row(entry, changed) for entry in entries]
    show_page(lambda drawn: records(drawn, ("Quiz", "Last change", "Pack", "Asked", "Result"), rows))


def _row(entry: Session | BrokenSession, changed: Mapping[str, bool | None]) -> tuple[str, ...]:
    if isinstance(entry, BrokenSession):
        return entry.id, "", "", "", entry.problem
    asked = f"{len(entry.sheet.answers)}/{len(entry.order)}"
    called = f"{entry.id}\n\u201c{entry.name}\u201d" if entry.name else entry.id
    pack = entry.pack.id + _SINCE[changed.get(entry.id, False)]
    return called, f"{entry.updated.astimezone():%Y-%m-%d %H:%M}", pack, asked, _outcome(entry)


_SINCE: Final = {False: "", True: " (changed since)", None: " (not found)"}


def _outcome(session: Session) -> str:
    if not session.finished:
        return "not finished"
    said = VERDICTS.get(session.verdict or "", session.verdict or "")
    return ": ".join(each for each in (said, ", ".join(session.leader or ())) if each)


def print_difference(
    pack: Pack, pair: tuple[Session, Session], changed: Difference, results: tuple[Result, Result]
) -> None:
    """Print what changed between two quizzes, and what that did to the ranking."""
    rows = list(_changed(pack, changed))

    def draw(drawn: Canvas) -> None:
        if pair[0].id == pair[1].id:
            paragraph(drawn, f"Both are the quiz {pair[0].id}, so nothing differs.")
            suggestion(drawn, "Find another one with", command("sessions"))
            return
        drawn.print(Text(f"{pair[0].id} and {pair[1].id}", style=HEADING))
        if rows:
            section(drawn, "What changed")
            records(drawn, ("", "Before", "After"), rows)
        else:
            paragraph(drawn, "The same answers in both.")
        _rankings(drawn, pack, results)

    show_page(draw)


def print_since(pair: tuple[Session, Session], results: tuple[Result, Result], *, spoken: bool = False) -> None:
    """Print in short what has changed from an earlier quiz to the one just taken."""
    drawn, pack, beside = console(spoken=spoken), results[0].pack, lay_beside(*results)
    section(drawn, f"Since {pair[0].updated.astimezone():%Y-%m-%d}")
    paragraph(drawn, f"Then: {outcome(results[0])}. Now: {outcome(results[1])}.")
    moved = [effect for effect in beside.effects if abs(effect.amount) >= SMALL][:MOVED]
    names = [
        topic(pack.question_by_id[effect.what])
        if effect.kind == "answer"
        else f"how much {within(pack.dimension_by_id[effect.what].name)} matters"
        for effect in moved
    ]
    counted = f"{beside.both_answered - beside.alike} of {beside.both_answered} answers are different"
    paragraph(drawn, f"{counted}. What moved most: {'; '.join(names)}." if names else f"{counted}.")
    suggestion(drawn, "All that changed", command("sessions", "diff", pair[0].id, pair[1].id))


def _changed(pack: Pack, changed: Difference) -> Iterator[tuple[str, str, str]]:
    for each in changed.answers:
        question = pack.question_by_id[each.what]
        yield question.text, answer_words(question, each.before), answer_words(question, each.after)
    for each in changed.importance:
        name = pack.dimension_by_id[each.what].name
        yield f"Importance: {name}", IMPORTANCE[each.before], IMPORTANCE[each.after]
    for change in changed.ruled_out:
        yield f"Ruled out: {pack.path_by_id[change.what].name}", _yes(change.before), _yes(change.after)
    if changed.lean:
        yield "Your own hunch", _path(pack, changed.lean.before), _path(pack, changed.lean.after)


def _yes(value: str | None) -> str:
    return "yes" if value else "no"


def _path(pack: Pack, path: str | None) -> str:
    return pack.path_by_id[path].name if path else "none"


def _rankings(drawn: Canvas, pack: Pack, results: tuple[Result, Result]) -> None:
    section(drawn, "What that did to the ranking")
    before, after = (found.ranking.by_path for found in results)
    rows = []
    for path in sorted(pack.paths, key=lambda each: (after[each.id].rank, each.id)):
        old, new = before[path.id], after[path.id]
        rows.append((path.name, rank_mark(old), rank_mark(new), f"{old.match:.0f} to {new.match:.0f}"))
    records(drawn, ("Path", "Before", "After", "Match"), rows)
    for name, found in zip(("Before", "After"), results, strict=True):
        paragraph(drawn, Text.assemble((f"{name}: ", QUIET), verdict_words(found).sentence))
