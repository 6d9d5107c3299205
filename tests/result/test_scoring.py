"""The scores, with the sums written out, and what must hold for every pack and sheet."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from pathfinder.answers.interview import AnswerSheet
from pathfinder.pack import SKIP
from pathfinder.result.scoring import coverage, exclusions, rank
from strategies import packs_and_sheets
from worked import sheet, small

if TYPE_CHECKING:
    from pathfinder.pack import CareerPath, Option, Pack, Question
    from pathfinder.result.scoring import Ranking


def scores(ranking: Ranking) -> dict[str, float]:
    """Return the scores by path."""
    return {each.path.id: each.score for each in ranking.matches}


def test_the_worked_table() -> None:
    """One sheet by hand.

    n_x = 1 (more-x) + 1 (pick) = 2;      u_x = (.5 + .5) / 2 = .5
    n_y = 2 (less-y) + .5 (pick) = 2.5;   u_y = (2 * .5 - .5) / 2.5 = .2
    c_A = (1, 0), c_B = (1, 1) / sqrt 2, c_C = (0, -1)
    S_A = .5;  S_B = (.5 + .2) / sqrt 2;  S_C = -.2;   match = 50 + 50 S / sqrt(.25 + .04)
    """
    ranking = rank(small(), sheet(more_x="4", less_y="2", pick="both"))
    assert ranking.evidence.amount == pytest.approx((2, 2.5))
    assert ranking.evidence.preference == pytest.approx((0.5, 0.2))
    assert scores(ranking) == pytest.approx({"A": 0.5, "B": 0.7 / sqrt(2), "C": -0.2})
    assert [each.path.id for each in ranking.matches] == ["A", "B", "C"]
    assert [each.match for each in ranking.matches] == pytest.approx(
        [50 + 25 / sqrt(0.29), 50 + 35 / sqrt(2) / sqrt(0.29), 50 - 10 / sqrt(0.29)]
    )
    assert ranking.strength == pytest.approx(sqrt(0.29 / 2))
    assert ranking.coverage == 1


def test_weights_and_importance_in_the_worked_table() -> None:
    """Dimension weights enter the profile's direction, importance enters the sum only.

    w_x = 4: c_B = (4, 1) / sqrt(4 + 1), c_A = (2, 0);  m_x = 2, m_y = 0: S_A = 2 * 2 * .5, S_B = 2 * 4 / sqrt 5 * .5
    """
    said = replace(sheet(more_x="4", less_y="2", pick="both"), matters_most=("x",), does_not_matter=("y",))
    assert scores(rank(small({"x": 4}), said)) == pytest.approx({"A": 2, "B": 4 / sqrt(5), "C": 0})


def test_a_skip_leaves_the_question_out() -> None:
    """Skipping is not answering in the middle: without pick u_x = .5 / 1, with its neutral option .5 / 2."""
    assert scores(rank(small(), sheet(more_x="4", pick=SKIP)))["A"] == pytest.approx(0.5)
    assert scores(rank(small(), sheet(more_x="4")))["A"] == pytest.approx(0.5)
    assert scores(rank(small(), sheet(more_x="4", pick="neither")))["A"] == pytest.approx(0.25)


def test_coverage_counts_what_the_answers_could_say() -> None:
    """Reach is 1 + 2 + 1.5 = 4.5, of which less-y alone is 2."""
    assert coverage(small(), sheet(less_y="3")) == pytest.approx(2 / 4.5)
    assert rank(small(), sheet(less_y="3")).provisional
    assert not rank(small(), sheet(less_y="3", more_x="3")).provisional


def test_neutral_answers_name_no_winner() -> None:
    """All in the middle: every score 0, every match 50, all share first place, strength 0."""
    ranking = rank(small(), sheet(more_x="3", less_y="3", pick="neither"))
    assert {each.score for each in ranking.matches} == {0}
    assert {each.match for each in ranking.matches} == {50}
    assert [each.rank for each in ranking.matches] == [1, 1, 1]
    assert ranking.strength == 0


def test_ruled_out_paths_come_last_with_their_reasons() -> None:
    """A dealbreaker and an excluding answer are both kept as reasons; rank and score stay visible."""
    said = replace(sheet(more_x="1", less_y="5", pick="xs"), rule_out=("C", "B"))
    ranking = rank(small(), said)
    assert exclusions(small(), said) == {"C": ("", "pick"), "B": ("",)}
    assert [(each.path.id, each.rank, each.ruled_out) for each in ranking.matches] == [
        ("A", 1, ()),
        ("B", 2, ("",)),
        ("C", 3, ("", "pick")),
    ]
    assert max(scores(ranking), key=scores(ranking).__getitem__) == "C"


def test_equal_scores_share_a_rank_and_the_next_one_counts_on() -> None:
    """A and C draw level at .5 before B: ranks 1, 1 and 3, in the order of their ids whatever the file's."""
    pack = small()
    said = sheet(more_x="4", less_y="4")
    for order in (pack.paths, pack.paths[::-1]):
        ranking = rank(replace(pack, paths=order), said)
        assert [(each.path.id, each.rank) for each in ranking.matches] == [("A", 1), ("C", 1), ("B", 3)]


@pytest.mark.parametrize("factor", [1e-300, 1e300])
def test_extreme_weights_are_only_relative(factor: float) -> None:
    """Multiplying every question's weight, or every dimension's, by 1e-300 or 1e300 changes no match."""
    pack, said = small(), sheet(more_x="4", less_y="2", pick="both")
    usual = [each.match for each in rank(pack, said).matches]
    heavy = replace(pack, questions=tuple(replace(each, weight=each.weight * factor) for each in pack.questions))
    assert [each.match for each in rank(heavy, said).matches] == pytest.approx(usual)
    heavy = replace(pack, dimensions=tuple(replace(each, weight=each.weight * factor) for each in pack.dimensions))
    assert [each.match for each in rank(heavy, said).matches] == pytest.approx(usual)


def test_the_person_who_wants_just_this_path_gets_it(bundled: Pack) -> None:
    """Answers that read a path's own profile put it first with a match of at least 90."""
    for wanted in bundled.paths:
        answers = {}
        for question in bundled.questions:

            def away(option: Option, wanted: CareerPath = wanted, question: Question = question) -> float:
                read = {d for each in question.options for d in each.effects}
                return sum((wanted.profile.get(d, 0) / 2 - option.effects.get(d, 0)) ** 2 for d in read)

            answers[question.id] = min(question.options, key=away).id
        leader = rank(bundled, AnswerSheet(pack=bundled.id, answers=answers)).matches[0]
        assert leader.path.id == wanted.id
        assert leader.match >= 90


@given(packs_and_sheets())
def test_scores_are_the_sum_of_their_contributions_and_of_their_answers(drawn: tuple[Pack, AnswerSheet]) -> None:
    """Contributions by dimension, and gains by question, each add up to the score within 1e-9."""
    ranking = rank(*drawn)
    for each in ranking.matches:
        assert sum(each.contributions.values()) == pytest.approx(each.score, abs=1e-9)
        gains = (term.gain[term.chosen][each.place] for term in ranking.evidence.terms)
        assert sum(gains) == pytest.approx(each.score, abs=1e-9)
        assert 0 <= each.match <= 100


@given(packs_and_sheets())
def test_opposite_effects_negate_every_score(drawn: tuple[Pack, AnswerSheet]) -> None:
    """Mirroring what every option says mirrors every score."""
    pack, said = drawn
    mirrored = tuple(
        replace(q, options=tuple(replace(o, effects={d: -e for d, e in o.effects.items()}) for o in q.options))
        for q in pack.questions
    )
    negated = {p: -s for p, s in scores(rank(replace(pack, questions=mirrored), said)).items()}
    assert scores(rank(pack, said)) == pytest.approx(negated, abs=1e-12)


@given(packs_and_sheets())
def test_a_profile_counts_by_its_shape(drawn: tuple[Pack, AnswerSheet]) -> None:
    """Multiplying a path's levels by a quarter changes no score."""
    pack, said = drawn
    paths = tuple(replace(p, profile={d: level / 4 for d, level in p.profile.items()}) for p in pack.paths)
    assert scores(rank(replace(pack, paths=paths), said)) == pytest.approx(scores(rank(pack, said)), abs=1e-12)


@given(packs_and_sheets())
def test_the_order_in_the_files_changes_nothing(drawn: tuple[Pack, AnswerSheet]) -> None:
    """Reversing paths, questions and options gives the same ranking to the last digit."""
    pack, said = drawn
    questions = tuple(q if q.scale else replace(q, options=q.options[::-1]) for q in reversed(pack.questions))
    other = replace(pack, paths=pack.paths[::-1], questions=questions)
    table = [[(m.path.id, m.rank, m.score, m.match) for m in rank(each, said).matches] for each in (pack, other)]
    assert table[0] == table[1]


@given(packs_and_sheets())
def test_ruled_out_paths_stand_behind_all_others(drawn: tuple[Pack, AnswerSheet]) -> None:
    """Whoever stands comes before whoever is ruled out, and only a standing path leads."""
    ranking = rank(*drawn)
    out = [bool(each.ruled_out) for each in ranking.matches]
    assert out == sorted(out)
    assert not any(each.ruled_out for each in ranking.leaders)
