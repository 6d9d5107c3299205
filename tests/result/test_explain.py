"""Why a ranking is what it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from pathfinder.answers.interview import AnswerSheet
from pathfinder.pack import Dimension, Pack
from pathfinder.result.explain import compare, critical_importance, divider, explain
from pathfinder.result.scoring import rank
from strategies import packs_and_sheets
from worked import sheet, small


def with_importance(pack: Pack, said: AnswerSheet, dimension: str, importance: float) -> dict[str, float]:
    """Return the scores when a dimension has this importance, by way of the contributions, which are linear in it."""
    ranking = rank(pack, replace(said, matters_most=(dimension,), does_not_matter=()))
    return {each.path.id: each.contributions[dimension] / 2 * importance for each in ranking.matches}


@given(packs_and_sheets())
def test_the_contributions_are_the_margin(drawn: tuple[Pack, AnswerSheet]) -> None:
    """Dimensions add up to the margin, and the answers behind each to the dimension, within 1e-9."""
    pack, said = drawn
    ranking = rank(pack, said)
    for other in ranking.matches[1:]:
        found = compare(ranking.evidence, ranking.matches[0], other)
        assert sum(each.amount for each in found.contributions) == pytest.approx(found.margin, abs=1e-9)
        assert found.margin == pytest.approx(ranking.matches[0].score - other.score, abs=1e-12)
        for each in found.contributions:
            assert sum(reason.amount for reason in each.answers) == pytest.approx(each.amount, abs=1e-9)
        amounts = [each.amount for each in found.contributions]
        assert amounts == sorted(amounts, reverse=True)


def test_contributions_by_hand() -> None:
    """A over C in the worked table: x gives 1 * .5, of which .25 from each answer; y gives (0 + 1) * .2."""
    ranking = rank(small(), sheet(more_x="4", less_y="2", pick="both"))
    found = compare(ranking.evidence, ranking.matches[0], ranking.matches[2])
    assert found.margin == pytest.approx(0.7)
    assert [each.dimension for each in found.contributions] == ["x", "y"]
    assert [each.amount for each in found.contributions] == pytest.approx([0.5, 0.2])
    reasons = {each.dimension: {r.question: r.amount for r in each.answers} for each in found.contributions}
    assert reasons["x"] == pytest.approx({"more-x": 0.25, "pick": 0.25})
    assert reasons["y"] == pytest.approx({"less-y": 0.4, "pick": -0.2})
    assert found.speaking_for == found.contributions
    assert found.speaking_against == ()


def test_the_strongest_reason_stands_first_on_either_side() -> None:
    """C over B with u_x = -.25, u_y = -.4: for C speak y, .4 (1 + 1 / sqrt 2), and x, .25 / sqrt 2; turned round, against."""
    ranking = rank(small(), sheet(more_x="2", less_y="4", pick="neither"))
    said = {each.path.id: each for each in ranking.matches}
    for first, other in ("CB", "BC"):
        found = compare(ranking.evidence, said[first], said[other])
        strongest = found.speaking_for if first == "C" else found.speaking_against
        amounts = [abs(each.amount) for each in strongest]
        assert len(amounts) == 2
        assert amounts == sorted(amounts, reverse=True)


def test_what_speaks_for_the_other_path_is_kept_apart() -> None:
    """B over A: y speaks for B, x against it."""
    ranking = rank(small(), sheet(more_x="3", less_y="2", pick="both"))
    found = compare(ranking.evidence, ranking.matches[0], ranking.matches[1])
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


def test_the_divider_is_the_question_with_the_widest_range() -> None:
    """Between A and C (difference x + y): less-y swings 2 * 2 / 2.5, pick 1 / 2 - 0, more-x 2 / 2."""
    said = sheet(more_x="4", less_y="2", pick="both")
    ranking = rank(small(), said)
    found = divider(small(), said, ranking.evidence, ranking.matches[0], ranking.matches[2])
    assert found is not None
    assert (found.question, found.answer, found.for_first, found.for_second) == ("less-y", "2", "1", "5")
    assert found.swing == pytest.approx(1.6)


def test_an_open_question_divides_as_if_it_were_answered() -> None:
    """With pick alone given (n_x = 1, n_y = .5), less-y would swing 4 / 2.5, less than n_y alone would make of it."""
    said = sheet(pick="both")
    ranking = rank(small(), said)
    a, c = (next(each for each in ranking.matches if each.path.id == name) for name in "AC")
    found = divider(small(), said, ranking.evidence, a, c)
    assert found is not None
    assert (found.question, found.answer) == ("less-y", None)
    assert found.swing == pytest.approx(1.6)


def test_nothing_divides_paths_that_want_the_same() -> None:
    """Two paths of one profile have no dividing question."""
    pack = small()
    twins = replace(pack, paths=(pack.paths[0], replace(pack.paths[0], id="twin")))
    ranking = rank(twins, sheet(more_x="4"))
    assert divider(twins, sheet(more_x="4"), ranking.evidence, *ranking.matches) is None


def test_everything_is_explained_at_once() -> None:
    """`explain` puts the parts together for a usual sheet."""
    said = sheet(more_x="3", less_y="2", pick="both")
    found = explain(small(), said, rank(small(), said))
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
    found = explain(small(), said, rank(small(), said))
    assert (found.against_runner_up, found.tipping, found.critical, found.divider) == (None, None, (), None)


def test_tracks_are_explained_like_paths(bundled: Pack) -> None:
    """A ranking of tracks has its own runner-up and tipping point; answers that exclude paths exclude no track."""
    said = AnswerSheet(pack=bundled.id, answers={each.id: each.options[-1].id for each in bundled.questions})
    path = next(each for each in bundled.paths if each.tracks)
    ranking = rank(bundled, said, path.tracks)
    found = explain(bundled, said, ranking)
    assert found.against_runner_up is not None
    assert found.against_runner_up.first == ranking.matches[0].path.id


def test_silent_dimensions_are_left_out() -> None:
    """A dimension without an answer is no contribution."""
    pack = small()
    wide = replace(pack, dimensions=(*pack.dimensions, Dimension(id="z", name="z", theme="t", about="z")))
    ranking = rank(wide, sheet(more_x="4"))
    found = compare(ranking.evidence, ranking.matches[0], ranking.matches[1])
    assert [each.dimension for each in found.contributions] == ["x"]
