"""Two results side by side: effects add up, the other way round is the mirror, and the least loss is the least."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from math import fsum, isclose
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathfinder.answers import difference_between
from pathfinder.answers.interview import AnswerSheet
from pathfinder.answers.sheetfile import read_sheet
from pathfinder.pack import SKIP, bundled, load_pack
from pathfinder.result import evaluate
from pathfinder.result.beside import lay_beside
from pathfinder.result.scoring import rank
from pathfinder.show.two_people import two_people_page

if TYPE_CHECKING:
    from pathfinder.result import Result

PACK = load_pack(bundled())
PORTRAITS = sorted((Path(__file__).parents[1] / "portraits").glob("[0-9]*.yaml"))


def margin(sheet: AnswerSheet, pair: tuple[str, str]) -> float:
    """Return how far the first of two paths is ahead."""
    score = {match.path.id: match.score for match in rank(PACK, sheet).matches}
    return score[pair[0]] - score[pair[1]]


def hold(first: Result, second: Result) -> None:
    """Check what holds of any two results."""
    there, back = lay_beside(first, second), lay_beside(second, first)
    pair = there.pair
    assert isclose(fsum(each.amount for each in there.effects) + there.rest, there.change, abs_tol=1e-9)
    assert isclose(there.change, margin(second.sheet, pair) - margin(first.sheet, pair), abs_tol=1e-9)
    changed = difference_between(first.sheet, second.sheet)
    assert {each.what for each in there.effects} == {each.what for each in (*changed.answers, *changed.importance)}
    assert pair == back.pair
    assert there.margins == back.margins[::-1]
    assert [each.what for each in there.effects] == [each.what for each in back.effects]
    assert all(
        isclose(one.amount, -other.amount, abs_tol=1e-12)
        for one, other in zip(there.effects, back.effects, strict=True)
    )
    assert (there.both_want, there.neither_wants, there.talk) == (back.both_want, back.neither_wants, back.talk)
    assert (there.least, there.losses) == (back.least, back.losses[::-1])


@pytest.mark.parametrize(
    "pair", [*permutations(PORTRAITS[::4], 2)], ids=lambda pair: f"{pair[0].stem[:2]}-{pair[1].stem[:2]}"
)
def test_differences_add_up_and_mirror(pair: tuple[Path, Path]) -> None:
    """For any two of the portraits, whose importances, refusals and hunches differ too."""
    first, second = (evaluate(PACK, read_sheet(path, PACK)) for path in pair)
    hold(first, second)


@st.composite
def sheets(draw: st.DrawFn) -> AnswerSheet:
    """Return a sheet of the bundled pack with gaps, skips, importances and refusals."""
    answers = {}
    for question in PACK.questions:
        given_ = draw(st.sampled_from(("", SKIP, *(option.id for option in question.options))))
        if given_:
            answers[question.id] = given_
    dimensions = draw(st.permutations([dimension.id for dimension in PACK.dimensions]))
    most, none = draw(st.integers(0, 3)), draw(st.integers(0, 3))
    return AnswerSheet(
        pack=PACK.id,
        answers=answers,
        matters_most=tuple(dimensions[:most]),
        does_not_matter=tuple(dimensions[most : most + none]),
        rule_out=tuple(draw(st.sets(st.sampled_from([path.id for path in PACK.paths])))),
    )


@settings(max_examples=25)
@given(sheets(), sheets())
def test_any_two_sheets_add_up_and_mirror(first: AnswerSheet, second: AnswerSheet) -> None:
    """Also with questions open, nothing wanted, and every path refused; and the page only exchanges its columns."""
    one, other = evaluate(PACK, first), evaluate(PACK, second)
    hold(one, other)
    there, back = (
        two_people_page(("Ana", "Ben"), (one, other), difference_between(first, second)),
        two_people_page(("Ben", "Ana"), (other, one), difference_between(second, first)),
    )
    assert there == replace(
        back,
        names=back.names[::-1],
        outcomes=back.outcomes[::-1],
        ranking=tuple(replace(row, cells=row.cells[::-1]) for row in back.ranking),
        rows=tuple(replace(row, cells=row.cells[::-1]) for row in back.rows),
        total=replace(back.total, cells=back.total.cells[::-1]),
        stated=there.stated,
        talk=tuple(replace(talk, answers=talk.answers[::-1]) for talk in back.talk),
    )
    assert sorted(row.label for row in there.stated) == sorted(row.label for row in back.stated)


def test_one_changed_answer_is_the_whole_change() -> None:
    """By hand: what one answer does is the difference of the margins, and importance counts on its own."""
    sheet = read_sheet(PORTRAITS[0], PACK)
    question = PACK.questions[0]
    other = next(option.id for option in question.options if option.id != sheet.answers[question.id])
    changed = replace(sheet, answers={**sheet.answers, question.id: other})
    found = lay_beside(evaluate(PACK, sheet), evaluate(PACK, changed))
    [effect] = found.effects
    assert (effect.kind, effect.what) == ("answer", question.id)
    assert isclose(effect.amount, margin(changed, found.pair) - margin(sheet, found.pair), abs_tol=1e-12)
    assert isclose(found.rest, 0, abs_tol=1e-12)
    plain = replace(sheet, matters_most=())
    told = lay_beside(evaluate(PACK, plain), evaluate(PACK, sheet))
    assert {each.kind for each in told.effects} == {"importance"}
    assert isclose(fsum(each.amount for each in told.effects), told.change, abs_tol=1e-12)


def test_a_skipped_question_leaves_the_rest_to_the_others() -> None:
    """What a gap does to the weight of the answers that stayed is no difference of theirs: it is the rest."""
    sheet = read_sheet(PORTRAITS[0], PACK)
    skipped = replace(sheet, answers={**sheet.answers, PACK.questions[0].id: SKIP})
    found = lay_beside(evaluate(PACK, sheet), evaluate(PACK, skipped))
    assert [each.what for each in found.effects] == [PACK.questions[0].id]
    assert found.rest
    assert found.talk == ()


def test_the_least_loss_is_the_smallest_larger_one() -> None:
    """Compared with every path that neither refuses; where all are refused there is none."""
    results = [evaluate(PACK, read_sheet(path, PACK)) for path in PORTRAITS[:6]]
    for first, second in permutations(results, 2):
        found = lay_beside(first, second)
        sides = [{match.path.id: match for match in each.ranking.matches} for each in (first, second)]
        tops = [max(match.match for match in side.values() if not match.ruled_out) for side in sides]
        larger = {
            path.id: max(top - side[path.id].match for top, side in zip(tops, sides, strict=True))
            for path in PACK.paths
            if not any(side[path.id].ruled_out for side in sides)
        }
        assert found.least is not None
        assert isclose(larger[found.least], min(larger.values()), abs_tol=1e-9)
        assert isclose(max(found.losses), larger[found.least], abs_tol=1e-9)
    everything = replace(results[0].sheet, rule_out=tuple(path.id for path in PACK.paths))
    assert lay_beside(evaluate(PACK, everything), results[1]).least is None
