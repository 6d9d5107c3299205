"""Why a ranking is what it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

import reference
from pathfinder.answers.interview import AnswerSheet
from pathfinder.pack import Dimension, Pack
from pathfinder.result.explain import critical_importance, divider, explain, lead_over
from pathfinder.result.scoring import rank
from random_packs import some_pack, some_sheet
from reference import Reference
from strategies import packs_and_sheets
from worked import scale, sheet, small


def with_importance(pack: Pack, said: AnswerSheet, dimension: str, importance: float) -> dict[str, float]:
    """Return the scores when a dimension has this importance, by way of the contributions, which are linear in it."""
    ranking = rank(pack, replace(said, matters_most=(dimension,), does_not_matter=()))
    return {each.path.id: each.contributions[dimension] / 1.5 * importance for each in ranking.matches}


@given(packs_and_sheets())
def test_the_contributions_are_the_margin(drawn: tuple[Pack, AnswerSheet]) -> None:
    """Dimensions add up to the margin, and the answers behind each to the dimension, within 1e-9."""
    pack, said = drawn
    ranking = rank(pack, said)
    for other in ranking.matches[1:]:
        found = lead_over(ranking.evidence, ranking.matches[0], other)
        assert sum(each.amount for each in found.contributions) == pytest.approx(found.margin, abs=1e-9)
        assert found.margin == pytest.approx(ranking.matches[0].score - other.score, abs=1e-12)
        for each in found.contributions:
            assert sum(reason.amount for reason in each.answers) == pytest.approx(each.amount, abs=1e-9)
        amounts = [each.amount for each in found.contributions]
        assert amounts == sorted(amounts, reverse=True)


@pytest.mark.parametrize("seed", range(12))
def test_contributions_equal_numpys(seed: int) -> None:
    """m_d (c_Ad - c_Bd) theta_d, and by answer the same with its part; the leader's own with c_A alone."""
    pack = some_pack(seed)
    said = some_sheet(pack, seed)
    ranking, expected = rank(pack, said), Reference(pack, said)
    if len(ranking.standing) < 2:
        return
    a, b = ranking.standing[:2]
    found = explain(pack, ranking)
    assert found.against_runner_up is not None
    ids, questions = [each.id for each in pack.dimensions], [r.question.id for r, _ in expected.answered]
    for rows, direction in (
        (found.fits, expected.c[a.place]),
        (found.against_runner_up.contributions, expected.c[a.place] - expected.c[b.place]),
    ):
        for each in rows:
            d = ids.index(each.dimension)
            factor = expected.m[d] * direction[d]
            assert each.amount == pytest.approx(factor * expected.theta[d], abs=1e-9)
            for reason in each.answers:
                q = questions.index(reason.question)
                read, chosen = expected.answered[q]
                assert reason.amount == pytest.approx(factor * expected.parts[q, d], abs=1e-9)
                assert reason.speaks == (read.effects[chosen, d] != 0)
    assert sum(each.amount for each in found.fits) == pytest.approx(a.score, abs=1e-9)


def test_an_answer_that_names_nothing_is_part_of_the_sum_and_not_named() -> None:
    """The option `neither` says nothing of x, but takes a little of it, since most people choose something else."""
    ranking = rank(small(), sheet(more_x="4", pick="neither"))
    found = explain(small(), ranking).fits[0]
    assert found.dimension == "x"
    assert {each.question: each.amount > 0 for each in found.answers} == {"more-x": True, "pick": False}
    assert [each.question for each in found.named] == ["more-x"]


def test_the_strongest_reason_stands_first_on_either_side() -> None:
    """Little of either wish: for C over B speak y and x, the larger first; turned round, against it."""
    ranking = rank(small(), sheet(more_x="2", less_y="4", pick="neither"))
    said = {each.path.id: each for each in ranking.matches}
    for first, other in ("CB", "BC"):
        found = lead_over(ranking.evidence, said[first], said[other])
        strongest = found.speaking_for if first == "C" else found.speaking_against
        amounts = [abs(each.amount) for each in strongest]
        assert len(amounts) == 2
        assert amounts == sorted(amounts, reverse=True)


def test_what_speaks_for_the_other_path_is_kept_apart() -> None:
    """B over A: y speaks for B, x against it."""
    ranking = rank(small(), sheet(more_x="4", less_y="1"))
    found = lead_over(ranking.evidence, ranking.matches[0], ranking.matches[1])
    assert (found.first, found.other) == ("B", "A")
    assert [each.dimension for each in found.speaking_for] == ["y"]
    assert [each.dimension for each in found.speaking_against] == ["x"]


@settings(deadline=None)
@given(packs_and_sheets())
def test_at_the_critical_importance_the_named_path_draws_level(drawn: tuple[Pack, AnswerSheet]) -> None:
    """At the threshold both tie; halfway there the leader still leads; no threshold is negative."""
    pack, said = drawn
    ranking = rank(pack, said)
    rest = {each.path.id: each for each in ranking.standing}
    for each in critical_importance(ranking):
        assert each.after >= 0

        def score(path: str, level: float, dimension: str = each.dimension) -> float:
            part = with_importance(pack, said, dimension, level)[path]
            return rest[path].score - rest[path].contributions[dimension] + part

        leader = ranking.leaders[0].path.id
        assert score(leader, each.after) == pytest.approx(score(each.makes_first, each.after), abs=1e-9, rel=1e-9)
        half = (each.before + each.after) / 2
        assert all(score(leader, half) > score(rival, half) for rival in rest if rival != leader)


def test_a_dimension_that_cannot_turn_the_result_has_no_threshold() -> None:
    """A over B by x alone: more of x only helps A, and at importance 0 they tie at nothing; y is silent."""
    ranking = rank(small(), sheet(more_x="5"))
    assert [(each.dimension, each.before, each.after) for each in critical_importance(ranking)] == [("x", 1, 0)]
    assert critical_importance(rank(small(), sheet())) == ()


@pytest.mark.parametrize("seed", range(12))
def test_the_divider_is_the_question_with_the_widest_range(seed: int) -> None:
    """By numpy: the range over options of what each adds to the difference, an open question with its own precision."""
    pack = some_pack(seed)
    said = some_sheet(pack, seed)
    ranking, expected = rank(pack, said), Reference(pack, said)
    if len(ranking.standing) < 2:
        return
    a, b = (each.place for each in ranking.standing[:2])
    worth = expected.m * (expected.c[a] - expected.c[b])
    given = {r.question.id for r, _ in expected.answered}
    swings = {}
    for question in pack.questions:
        read = reference.read(pack, question)
        own = 0 if question.id in given else read.precision
        swings[question.id] = np.ptp((worth * read.pull / (expected.precision + own)).sum(axis=1))
    found = divider(pack, ranking.evidence, *ranking.standing[:2])
    assert found is not None
    assert swings[found] == pytest.approx(max(swings.values()), abs=1e-9)


def test_nothing_divides_paths_that_want_the_same() -> None:
    """Two paths of one profile have no dividing question."""
    pack = small()
    twins = replace(pack, paths=(pack.paths[0], replace(pack.paths[0], id="twin")))
    ranking = rank(twins, sheet(more_x="4"))
    assert divider(twins, ranking.evidence, *ranking.matches) is None


def test_everything_is_explained_at_once() -> None:
    """`explain` puts the parts together for a usual sheet."""
    said = sheet(more_x="4", less_y="1")
    found = explain(small(), rank(small(), said))
    assert found.against_runner_up is not None
    assert (found.against_runner_up.first, found.against_runner_up.other) == ("B", "A")
    assert found.tipping is not None
    assert found.tipping_by_steps is not None
    assert found.tipping_by_steps.steps <= found.tipping.steps
    assert found.critical
    assert found.divider is not None


def test_a_ranking_without_rivals_has_little_to_explain() -> None:
    """When all paths but one are ruled out there is no runner-up, no threshold and no divider."""
    said = replace(sheet(more_x="4"), rule_out=("B", "C"))
    found = explain(small(), rank(small(), said))
    assert (found.against_runner_up, found.tipping, found.critical, found.divider) == (None, None, (), None)


def conflict() -> tuple[Pack, AnswerSheet]:
    """Return six statements about x of which the fourth is answered against the others, and two about y."""
    names = ("x1", "x2", "x3", "x4", "y1", "y2")
    pack = replace(small(), questions=tuple(scale(each, each[0]) for each in names))
    return pack, AnswerSheet(pack="small", answers=dict(zip(names, ("5", "4", "5", "1", "5", "1"), strict=True)))


def test_the_answers_that_pull_against_each_other_most_are_named() -> None:
    """Pairs at opposite ends of one dimension, each answer in one pair only; none when all agree well enough."""
    pack, said = conflict()
    found = explain(pack, rank(pack, said))
    assert {(each.dimension, each.more, each.less) for each in found.pulling} == {("x", "x1", "x4"), ("y", "y1", "y2")}
    amounts = [each.amount for each in found.pulling]
    assert amounts == sorted(amounts, reverse=True)
    steady = replace(said, answers={**said.answers, "x4": "5", "y2": "5"})
    assert explain(pack, rank(pack, steady)).pulling == ()


def test_what_would_tell_most_is_open_or_else_in_the_middle() -> None:
    """Open questions first, the most telling of them ahead; when all are answered, those answered in the middle."""
    pack, said = conflict()
    part = replace(said, answers={"x1": "5", "x2": "4", "y1": "3"})
    found = explain(pack, rank(pack, part)).telling
    assert set(found) == {"x3", "x4", "y2"}
    assert found[0] == "y2"
    full = replace(said, answers={**said.answers, "x2": "3", "y1": "3"})
    assert set(explain(pack, rank(pack, full)).telling) == {"x2", "y1"}
    assert explain(pack, rank(pack, said)).telling == ()


def test_silent_dimensions_are_left_out() -> None:
    """A dimension without an answer is no contribution."""
    pack = small()
    wide = replace(pack, dimensions=(*pack.dimensions, Dimension(id="z", name="z", theme="t", about="z")))
    ranking = rank(wide, sheet(more_x="4"))
    found = lead_over(ranking.evidence, ranking.matches[0], ranking.matches[1])
    assert [each.dimension for each in found.contributions] == ["x"]
