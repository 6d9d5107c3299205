"""The result on screen: verdict, ranking, why, what would change it, pros and challenges, tracks, next steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from pathfinder.result.certainty import Code, Verdict
from pathfinder.show import sentences as wording
from pathfinder.show.terminal.canvas import (
    BAD,
    GOOD,
    HEADING,
    LABEL,
    QUIET,
    TABLE_FROM,
    bar,
    console,
    listing,
    paragraph,
    plain,
    rank,
    section,
    suggestion,
    table,
)
from pathfinder.show.terminal.paths import next_steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from pathfinder.pack import Statement
    from pathfinder.result import Result
    from pathfinder.result.answer_changes import Turn
    from pathfinder.result.certainty import Note
    from pathfinder.result.explain import Contribution
    from pathfinder.result.scoring import Match, Ranking
    from pathfinder.show.terminal.canvas import Canvas

_BAR: Final = 20
_NARROW_BAR: Final = 12
_PAIR: Final = 2


def result(found: Result, *, saved: str | None = None, spoken: bool = False, option: str = "") -> None:
    """Print the whole result; `saved` says where the answers are kept, `spoken` that nothing may be drawn.

    `option` is what a further command needs to read the same pack.
    """
    drawn = console(spoken=spoken)
    _verdict(drawn, found)
    _ranking(drawn, found)
    if found.ranking.standing and found.verdict is not Verdict.NO_PREFERENCE:
        _why(drawn, found)
        _changes(drawn, found)
        _pros_and_challenges(drawn, found)
        _tracks(drawn, found)
        _next(drawn, found)
    _closing(drawn, found, saved, option)


def what_if(found: Result, path: str, turn: Turn | None, *, spoken: bool = False) -> None:
    """Print one way to put a path first, or that there is none."""
    drawn = console(spoken=spoken)
    name = found.pack.path_by_id[path].name
    section(drawn, f"What if: {name}")
    if turn is None:
        paragraph(drawn, f"No change of your answers alone puts {name} first.")
    elif not turn.changes:
        paragraph(drawn, f"{name} is first already.")
    else:
        _turn(drawn, found, turn)


def _verdict(drawn: Console, found: Result) -> None:
    drawn.print(Text(found.pack.title, style=QUIET))
    paragraph(drawn, Text(wording.verdict_sentence(found), style=HEADING))
    asked = len(found.pack.questions)
    if found.answered < asked and found.verdict is not Verdict.PROVISIONAL:
        paragraph(drawn, f"This rests on {found.answered} of {asked} questions.")
    for line in (wording.divider_sentence(found), *(wording.note_sentence(found.pack, n) for n in _notes(found))):
        if line:
            paragraph(drawn, line)


def _notes(found: Result) -> Iterable[Note]:
    """Yield the notes that the verdict does not say already."""
    told = {Code.ALL_RULED_OUT, Code.ONE_LEFT}
    if found.verdict is Verdict.PROVISIONAL:
        told.add(Code.CONTRADICTORY)
    return (each for each in found.notes if each.code not in told)


def _ranking(drawn: Canvas, found: Result) -> None:
    section(drawn, "Ranking", "match 0 to 100; first: how many of 20 people with a result like yours want it most")
    ascii_only = plain(drawn)
    if drawn.spoken or drawn.width < TABLE_FROM:
        for each in found.ranking.matches:
            listing(drawn, [(f"{rank(each):>2}", Text.assemble(_name(found, each)))])
            drawing = "match" if drawn.spoken else bar(each.match / 100, _NARROW_BAR, ascii_only=ascii_only)
            paragraph(drawn, f"{drawing} {each.match:.0f}", indent=3)
            paragraph(drawn, Text(_sure(found, each), style=QUIET), indent=3)
        return
    sheet = table(ascii_only=ascii_only)
    sheet.add_column("", justify="right")
    sheet.add_column("Path", overflow="fold")
    sheet.add_column("Match", no_wrap=True)
    sheet.add_column("First for", overflow="fold")
    for each in found.ranking.matches:
        drawing = f"{bar(each.match / 100, _BAR, ascii_only=ascii_only)} {each.match:3.0f}"
        sure = _sure(found, each).removeprefix("first for ")
        sheet.add_row(rank(each), Text(each.path.name, _style(found, each)), drawing, Text(sure))
    drawn.print(sheet)


def _style(found: Result, match: Match) -> str:
    return GOOD if found.decided and match.rank == 1 else QUIET if match.ruled_out else ""


def _name(found: Result, match: Match) -> tuple[str, str]:
    return match.path.name, _style(found, match)


def _sure(found: Result, match: Match) -> str:
    if match.ruled_out:
        return f"ruled out: {wording.reason_words(found.pack, found.sheet, match.ruled_out)}"
    if found.verdict is Verdict.PROVISIONAL:
        return "too early to say"
    if len(found.ranking.standing) == 1:
        return "the only one left"
    shared = [each for each in found.ranking.standing if each.rank == match.rank]
    tie = " (shared rank)" if len(shared) > 1 else ""
    return f"first for {wording.about(match.first)}{tie}"


def _why(drawn: Console, found: Result) -> None:
    against = found.explanation.against_runner_up
    if against is None:
        return
    reasons, contrary = wording.reasons(against)
    if not reasons and not contrary:
        return
    section(drawn, wording.why_title(found, against), f"parts of the margin of {against.margin:+.2f}")
    _reasons(drawn, found, reasons, "+", GOOD)
    if contrary:
        drawn.print(Text(f"What speaks for {found.pack.path_by_id[against.other].name} instead", style=BAD))
        _reasons(drawn, found, contrary, "-", BAD)


def _reasons(drawn: Console, found: Result, reasons: Sequence[Contribution], mark: str, style: str) -> None:
    rows = []
    for each in reasons:
        head = f"{wording.subject(found, each)} ({each.amount:+.2f})"
        rows.append((f" {mark}", Text.assemble((head, style), "  ", wording.answers_behind(found.pack, each))))
    listing(drawn, rows)


def _changes(drawn: Console, found: Result) -> None:
    if len(found.ranking.leaders) != 1 or len(found.ranking.standing) < _PAIR:
        return
    section(drawn, "What would change it")
    turns = found.explanation.turns
    if not turns:
        paragraph(drawn, "No change of your answers would.")
    for each in turns:
        _turn(drawn, found, each, by_steps=each is not found.explanation.tipping)
    near = wording.threshold_sentences(found)
    paragraph(drawn, wording.WEIGHTS if near else "No importance that you could give to a single subject would.")
    listing(drawn, ((" *", Text(each)) for each in near))


def _turn(drawn: Console, found: Result, turn: Turn, *, by_steps: bool = False) -> None:
    paragraph(drawn, wording.turn_heading(found.pack, turn, by_steps=by_steps))
    listing(drawn, ((" *", Text(each)) for each in wording.turn_sentences(found.pack, turn)))


def _pros_and_challenges(drawn: Canvas, found: Result) -> None:
    touched = wording.touched(found)
    for match in found.ranking.standing[:2]:
        path = match.path
        if not path.pros and not path.challenges:
            continue
        section(drawn, path.name, "" if drawn.spoken else "! touches what you answered")
        for title, entries, mark, style in (
            ("Pros", path.pros, "+", GOOD),
            ("Challenges", path.challenges, "-", BAD),
        ):
            drawn.print(Text(title, style=style))
            listing(drawn, (_marked(drawn, each, mark, touched) for each in entries))


def _marked(drawn: Canvas, statement: Statement, mark: str, touched: frozenset[str]) -> tuple[str, Text]:
    own = statement.dimension in touched
    text = Text(statement.text, style=HEADING if own else "")
    if drawn.spoken:
        return f" {mark}", text.append(" It touches what you answered." if own else "")
    return f" {mark}{'!' if own else ' '}", text


def _tracks(drawn: Console, found: Result) -> None:
    for leader in found.recommended:
        ranking = found.tracks.get(leader.path.id)
        if ranking:
            section(drawn, f"Ways to live it: {leader.path.name}", "ranked by the same answers")
            _track_lines(drawn, ranking)


def _track_lines(drawn: Console, ranking: Ranking) -> None:
    for each in ranking.matches:
        note = f"  match {each.match:.0f}, first for {wording.about(each.first)}"
        title = Text.assemble((each.path.name, LABEL), (note, QUIET))
        listing(drawn, [(f" {each.rank}.", title.append(f"\n{each.path.summary}"))])


def _next(drawn: Canvas, found: Result) -> None:
    for leader in found.recommended:
        if leader.path.next_steps:
            section(drawn, f"Next steps: {leader.path.name}")
            next_steps(drawn, leader.path.next_steps, lambda _: Text())


def _closing(drawn: Console, found: Result, saved: str | None, option: str) -> None:
    lean = wording.lean_sentence(found)
    section(drawn, "Your lean, and what this is" if lean else "What this is")
    if lean:
        paragraph(drawn, lean)
    paragraph(drawn, Text(wording.LIMITS, style=QUIET))
    if found.ranking.standing:
        top = found.ranking.standing[0].path.id
        suggestion(drawn, "Sources with links", f"pathfinder show {top}{option}")
    if saved:
        paragraph(drawn, Text(saved, style=QUIET))
