"""What holds for every pack and sheet, whatever the numbers are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathfinder.answers.interview import AnswerSheet
from pathfinder.pack import SKIP, Scale, scale_options
from pathfinder.result.scoring import rank
from random_packs import some_pack
from strategies import packs, packs_and_sheets, sheets

if TYPE_CHECKING:
    from pathfinder.pack import Pack, Question


def scores(pack: Pack, said: AnswerSheet) -> dict[str, float]:
    """Return the scores by path."""
    return {each.path.id: each.score for each in rank(pack, said).matches}


def certainties(pack: Pack, said: AnswerSheet) -> dict[str, float]:
    """Return P(first) by path."""
    return {each.path.id: each.first for each in rank(pack, said).matches}


@given(packs_and_sheets())
def test_contributions_and_answers_add_up(drawn: tuple[Pack, AnswerSheet]) -> None:
    """By dimension and by answer they are the score, within 1e-9."""
    for each in rank(*drawn).matches:
        assert sum(each.contributions.values()) == pytest.approx(each.score, abs=1e-9)
        assert sum(each.answers.values()) == pytest.approx(each.score, abs=1e-9)
        assert 0 <= each.match <= 100
        assert 0 <= each.first <= 1


@given(st.data())
def test_changes_of_answers_add_up(data: st.DataObject) -> None:
    """Two changes move a score by the sum of what each moves it by."""
    pack = data.draw(packs(items=(2, 6)))
    said = data.draw(sheets(pack, complete=True))
    a, b = (
        {q.id: data.draw(st.sampled_from([o.id for o in q.options]))} for q in (pack.questions[0], pack.questions[-1])
    )
    base, one, other, both = (
        scores(pack, replace(said, answers={**said.answers, **change})) for change in ({}, a, b, {**a, **b})
    )
    for path, score in base.items():
        assert both[path] - score == pytest.approx(one[path] - score + other[path] - score, abs=1e-9)


@given(packs_and_sheets())
def test_opposite_effects_negate_every_score(drawn: tuple[Pack, AnswerSheet]) -> None:
    """Mirroring what every option says mirrors every score."""
    pack, said = drawn
    mirrored = tuple(
        replace(q, options=tuple(replace(o, effects={d: -e for d, e in o.effects.items()}) for o in q.options))
        for q in pack.questions
    )
    negated = {p: -s for p, s in scores(replace(pack, questions=mirrored), said).items()}
    assert scores(pack, said) == pytest.approx(negated, abs=1e-12)


def turned(question: Question) -> Question:
    """Return a scale with the other key; a choice as it is."""
    if question.scale is None:
        return question
    key = Scale(dimension=question.scale.dimension, keyed="-" if question.scale.keyed == "+" else "+")
    return replace(question, scale=key, options=scale_options(key))


def mirrored(pack: Pack, said: AnswerSheet) -> AnswerSheet:
    """Return the sheet with 6 - x on every scale."""
    answers = {q: str(6 - int(o)) if o != SKIP and pack.question_by_id[q].scale else o for q, o in said.answers.items()}
    return replace(said, answers=answers)


@given(packs_and_sheets())
def test_turning_keys_and_answers_changes_nothing(drawn: tuple[Pack, AnswerSheet]) -> None:
    """A statement worded the other way round and answered the other way round says the same."""
    pack, said = drawn
    other = replace(pack, questions=tuple(map(turned, pack.questions)))
    assert scores(other, mirrored(pack, said)) == pytest.approx(scores(pack, said), abs=1e-12)


@given(packs_and_sheets())
def test_on_scales_alone_the_opposite_answers_give_the_opposite_scores(drawn: tuple[Pack, AnswerSheet]) -> None:
    """6 - x everywhere negates every score when there is no choice."""
    pack, said = drawn
    scales = replace(pack, questions=tuple(each for each in pack.questions if each.scale))
    said = replace(said, answers={q: o for q, o in said.answers.items() if scales.question_by_id.get(q)})
    negated = {p: -s for p, s in scores(scales, mirrored(scales, said)).items()}
    assert scores(scales, said) == pytest.approx(negated, abs=1e-12)


@given(packs_and_sheets())
def test_a_question_asked_twice_counts_like_one_of_weight_two(drawn: tuple[Pack, AnswerSheet]) -> None:
    """With the same answer both times: the same wishes and the same precision."""
    pack, said = drawn
    q = pack.questions[0]
    twice = replace(pack, questions=(*pack.questions, replace(q, id="again")))
    heavy = replace(pack, questions=(replace(q, weight=2 * q.weight), *pack.questions[1:]))
    again = {"again": said.answers[q.id]} if q.id in said.answers else {}
    one = rank(twice, replace(said, answers={**said.answers, **again})).evidence.wishes
    other = rank(heavy, said).evidence.wishes
    assert one.value == pytest.approx(other.value, abs=1e-12)
    assert one.precision == pytest.approx(other.precision, rel=1e-12)


@given(packs_and_sheets())
def test_a_profile_counts_by_its_shape(drawn: tuple[Pack, AnswerSheet]) -> None:
    """Multiplying a path's levels by a quarter changes no score."""
    pack, said = drawn
    paths = tuple(replace(p, profile={d: level / 4 for d, level in p.profile.items()}) for p in pack.paths)
    assert scores(replace(pack, paths=paths), said) == pytest.approx(scores(pack, said), abs=1e-12)


@settings(max_examples=60)
@given(packs_and_sheets())
def test_the_order_in_the_files_changes_nothing(drawn: tuple[Pack, AnswerSheet]) -> None:
    """Reversing paths, questions, options and dimensions leaves scores within 1e-12, ranks and certainty as they are."""
    pack, said = drawn
    other = replace(
        pack,
        paths=pack.paths[::-1],
        dimensions=pack.dimensions[::-1],
        questions=tuple(q if q.scale else replace(q, options=q.options[::-1]) for q in reversed(pack.questions)),
    )
    assert scores(other, said) == pytest.approx(scores(pack, said), abs=1e-12)
    assert certainties(other, said) == pytest.approx(certainties(pack, said), abs=1e-9)
    ranks = [{m.path.id: m.rank for m in rank(each, said).matches} for each in (pack, other)]
    assert ranks[0] == ranks[1]


@pytest.mark.parametrize("seed", range(12))
def test_neutral_answers_to_scales_say_nothing(seed: int) -> None:
    """The middle of every scale leaves every wish at 0, on any pack."""
    pack = some_pack(seed)
    said = AnswerSheet(pack=pack.id, answers={q.id: "3" for q in pack.questions if q.scale})
    assert rank(pack, said).evidence.wishes.value == pytest.approx([0] * len(pack.dimensions), abs=1e-12)
