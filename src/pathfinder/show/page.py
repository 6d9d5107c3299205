"""Result -> page: the outline, and beneath it what a report keeps for later: comparison, answers, what was stated."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from pathfinder.answers.interview import answer_words
from pathfinder.pack import SKIP
from pathfinder.show.charts import Charts
from pathfinder.show.mentor import mentor
from pathfinder.show.outline import outline
from pathfinder.show.page_parts import FactRow, Given, ReportPage, Theme
from pathfinder.show.parts import Line
from pathfinder.show.sentences import capital, joined

if TYPE_CHECKING:
    from datetime import date

    from pathfinder.pack import Question
    from pathfinder.result import Result

MONTHS: Final = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def build(result: Result, day: date) -> ReportPage:
    """Return the page of a result; `day` stands on it, no clock is read."""
    pack, charts, told = result.pack, Charts(result), outline(result)
    talk = mentor(result, told.portraits)
    return ReportPage(
        title=pack.title,
        about=pack.about,
        lang=pack.lang,
        version=pack.version,
        fingerprint=pack.fingerprint.removeprefix("sha256:")[:12],
        date=f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
        iso_date=day.isoformat(),
        outline=told,
        mentor=talk,
        paths=charts.names,
        drawn=charts.drawn,
        scales=charts.scales(),
        activities=charts.activities,
        weeks=charts.weeks(talk.wanted),
        facts=_facts(result),
        themes=_themes(result),
        stated=_stated(result),
    )


def _facts(result: Result) -> tuple[FactRow, ...]:
    columns = [{fact.label: fact for fact in match.path.facts} for match in result.ranking.matches]
    labels = dict.fromkeys(label for column in columns for label in column)

    def cell(label: str, column: int) -> Line | None:
        fact = columns[column].get(label)
        return None if fact is None else Line(headline=fact.value, text=fact.text, sources=fact.sources)

    return tuple(
        FactRow(label=label, cells=tuple(cell(label, column) for column in range(len(columns)))) for label in labels
    )


def _themes(result: Result) -> tuple[Theme, ...]:
    def given(question: Question) -> Given:
        answer = result.sheet.answers.get(question.id)
        words = answer_words(question, answer)
        return Given(question=question.text, answer=words, open=answer in {None, SKIP})

    return tuple(
        Theme(name=capital(theme), answers=tuple(map(given, found)))
        for theme, found in groupby(result.pack.in_order, key=lambda each: each.theme)
    )


def _stated(result: Result) -> tuple[tuple[str, str], ...]:
    pack, sheet = result.pack, result.sheet
    rows = (
        ("Matters most to you", [pack.dimension_by_id[each].name for each in sheet.matters_most]),
        ("Does not matter to you", [pack.dimension_by_id[each].name for each in sheet.does_not_matter]),
        ("You ruled out", [pack.path_by_id[each].name for each in sheet.rule_out]),
        ("Your own hunch", [pack.path_by_id[sheet.lean].name] if sheet.lean else []),
    )
    return tuple((label, joined(names)) for label, names in rows if names)
