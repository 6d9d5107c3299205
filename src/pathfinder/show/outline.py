"""Result -> page: what the report says, in the order in which it says it."""

from __future__ import annotations

from itertools import groupby
from math import floor
from typing import TYPE_CHECKING, Final

from pathfinder.pack import SKIP
from pathfinder.result.certainty import Verdict
from pathfinder.show import sentences as wording
from pathfinder.show.charts import weeks, wishes
from pathfinder.show.parts import (
    FactRow,
    Given,
    Group,
    Line,
    Page,
    Part,
    Portrait,
    Standing,
    Steps,
    Theme,
    Turning,
    Why,
)
from pathfinder.show.references import References

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pathfinder.pack import Statement, Track
    from pathfinder.result import Result
    from pathfinder.result.explain import Contribution
    from pathfinder.result.scoring import Ranking

ANSWERS: Final = 3
TWENTIETHS: Final = 20
MONTHS: Final = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def build(result: Result, day: date) -> Page:
    """Return the page of a result; `day` stands on it, no clock is read."""
    pack, references = result.pack, References(result.pack)
    turnings, unmoved = _turnings(result)
    # What stands higher on the page is built first: sources are numbered in the order of their first use.
    facts = _facts(result, references)
    portraits = tuple(_portrait(result, each.path, references) for each in result.ranking.matches)
    steps = tuple(_steps(each.path, references) for each in result.recommended if each.path.next_steps)
    return Page(
        title=pack.title,
        about=pack.about,
        version=pack.version,
        fingerprint=pack.fingerprint.removeprefix("sha256:")[:12],
        date=f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        iso_date=day.isoformat(),
        verdict=wording.verdict_sentence(result),
        basis=f"{result.answered} of {len(pack.questions)} questions answered",
        remarks=_remarks(result),
        paths=tuple(each.path.name for each in result.ranking.matches),
        ranking=_standings(result, result.ranking, named=result.decided),
        why=_why(result),
        turnings=turnings,
        unmoved=unmoved,
        thresholds=_thresholds(result),
        weights=wording.WEIGHTS,
        facts=facts,
        portraits=portraits,
        tracks=_tracks(result),
        steps=steps,
        themes=_themes(result),
        stated=_stated(result),
        lean=wording.lean_sentence(result),
        limits=wording.LIMITS,
        sources=references.list(),
        **wishes(result),
        **weeks(result),
    )


def _remarks(result: Result) -> tuple[str, ...]:
    notes = (wording.note_sentence(result.pack, each) for each in result.notes)
    return tuple(each for each in (wording.divider_sentence(result), *notes) if each)


def _standings(result: Result, ranking: Ranking, *, named: bool) -> tuple[Standing, ...]:
    ranks = [each.rank for each in ranking.standing]
    return tuple(
        Standing(
            rank="" if each.ruled_out else f"{each.rank}" + ("=" if ranks.count(each.rank) > 1 else ""),
            name=each.path.name,
            summary=each.path.summary,
            match=each.match,
            often=_often(each.first),
            sure="" if each.ruled_out else wording.about(each.first),
            reason=wording.reason_words(result.pack, result.sheet, each.ruled_out),
            leads=named and not each.ruled_out and each.rank == 1,
        )
        for each in ranking.matches
    )


def _often(first: float) -> int:
    # As in the words beside it, never a full row: nothing is certain.
    return min(TWENTIETHS - 1, floor(first * TWENTIETHS + 0.5))


def _why(result: Result) -> Why | None:
    against, pack = result.explanation.against_runner_up, result.pack
    if against is None or result.verdict is Verdict.NO_PREFERENCE:
        return None
    reasons, contrary = wording.reasons(against)
    shown = [*reasons, *contrary]
    if not shown:
        return None
    rest = against.margin - sum(each.amount for each in shown)
    widest = max(abs(each.amount) for each in shown)
    return Why(
        title=wording.why_title(result, against),
        first=pack.path_by_id[against.first].name,
        other=pack.path_by_id[against.other].name,
        margin=_signed(against.margin),
        parts=tuple(_part(result, each, widest) for each in shown),
        rest=_signed(rest) if len(shown) < sum(1 for each in against.contributions if each.amount) else None,
    )


def _part(result: Result, contribution: Contribution, widest: float) -> Part:
    pack, amount = result.pack, contribution.amount
    half = 50 * abs(amount) / widest
    behind = [each for each in contribution.named if each.amount * amount > 0][:ANSWERS]
    return Part(
        name=wording.subject(result, contribution),
        amount=_signed(amount),
        speaks_for=amount > 0,
        start=50 if amount > 0 else 50 - half,
        width=half,
        answers=tuple(
            (pack.question_by_id[each.question].text, wording.option_words(pack, each.question, each.option))
            for each in behind
        ),
    )


def _signed(amount: float) -> str:
    return f"{amount:+.2f}".replace("-", "\u2212")


def _turnings(result: Result) -> tuple[tuple[Turning, ...], str]:
    found = result.explanation
    if len(result.ranking.leaders) != 1 or result.verdict is Verdict.NO_PREFERENCE:
        return (), ""
    if not found.turns:
        return (), "No change of your answers alone would put another path first."
    return (
        tuple(
            Turning(
                heading=wording.turn_heading(result.pack, each, by_steps=each is not found.tipping),
                changes=tuple(wording.turn_sentences(result.pack, each)),
            )
            for each in found.turns
        ),
        "",
    )


def _thresholds(result: Result) -> tuple[str, ...]:
    if result.verdict is Verdict.NO_PREFERENCE:
        return ()
    return tuple(wording.threshold_sentences(result))


def _facts(result: Result, references: References) -> tuple[FactRow, ...]:
    columns = [{each.label: each for each in match.path.facts} for match in result.ranking.matches]
    labels = dict.fromkeys(label for column in columns for label in column)
    return tuple(
        FactRow(
            label=label,
            cells=tuple(
                Line(text=column[label].text, cites=references.numbers(column[label].sources))
                if label in column
                else None
                for column in columns
            ),
        )
        for label in labels
    )


def _portrait(result: Result, path: Track, references: References) -> Portrait:
    touched = wording.touched(result)

    def lines(statements: Iterable[Statement]) -> tuple[Line, ...]:
        return tuple(
            Line(
                text=each.text,
                cites=references.numbers(each.sources),
                own=_own(result, each.dimension) if each.dimension in touched else None,
            )
            for each in statements
        )

    return Portrait(name=path.name, pros=lines(path.pros), challenges=lines(path.challenges))


def _own(result: Result, dimension: str | None) -> tuple[str, bool]:
    named = result.pack.dimension_by_id[dimension or ""]
    return named.name, result.wishes[named.id].value > 0


def _tracks(result: Result) -> tuple[Group, ...]:
    return tuple(
        Group(
            name=each.path.name,
            tracks=_standings(result, ranking, named=False),
        )
        for each in result.recommended
        if (ranking := result.tracks.get(each.path.id))
    )


def _steps(path: Track, references: References) -> Steps:
    whens = dict.fromkeys(each.when for each in path.next_steps)
    return Steps(
        path=path.name,
        groups=tuple(
            Group(
                name=_capital(when),
                lines=tuple(
                    Line(text=each.text, cites=references.numbers(each.sources))
                    for each in path.next_steps
                    if each.when == when
                ),
            )
            for when in whens
        ),
    )


def _themes(result: Result) -> tuple[Theme, ...]:
    words = {None: "not asked", SKIP: "skipped"}

    def given(question: str, text: str) -> Given:
        answer = result.sheet.answers.get(question)
        if answer is None or answer == SKIP:
            return Given(question=text, answer=words[answer], open=True)
        return Given(question=text, answer=wording.option_words(result.pack, question, answer), open=False)

    return tuple(
        Theme(name=_capital(theme), answers=tuple(given(each.id, each.text) for each in questions))
        for theme, questions in groupby(result.pack.in_order, key=lambda each: each.theme)
    )


def _stated(result: Result) -> tuple[tuple[str, str], ...]:
    pack, sheet = result.pack, result.sheet
    rows = (
        ("Matters most, counted half as much again", [pack.dimension_by_id[each].name for each in sheet.matters_most]),
        ("Does not matter, not counted", [pack.dimension_by_id[each].name for each in sheet.does_not_matter]),
        ("You would refuse", [pack.path_by_id[each].name for each in sheet.rule_out]),
        ("You lean towards", [pack.path_by_id[sheet.lean].name] if sheet.lean else []),
    )
    return tuple((label, wording.joined(names)) for label, names in rows if names)


def _capital(text: str) -> str:
    return (text[:1].upper() + text[1:]).replace("-", " ")
