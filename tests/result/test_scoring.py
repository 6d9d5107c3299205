"""Wishes and scores: against numpy within 1e-9, some by hand, and what must hold for every pack and sheet."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from example_packs import PACKS
from pathfinder.answers.interview import AnswerSheet
from pathfinder.pack import SKIP, load_pack
from pathfinder.result import evaluate
from pathfinder.result.scoring import exclusions, rank, rank_by
from random_packs import some_pack, some_sheet
from reference import Reference
from strategies import packs_and_sheets
from worked import scale, sheet, small

if TYPE_CHECKING:
    from pathfinder.pack import CareerPath, Option, Pack, Question
    from pathfinder.result.scoring import Ranking

ROOT = Path(__file__).resolve().parents[2]
REAL = (ROOT / "data", ROOT / "examples" / "getting-to-work", PACKS / "good" / "rich")


def scores(ranking: Ranking) -> dict[str, float]:
    """Return the scores by path."""
    return {each.path.id: each.score for each in ranking.matches}


def agrees(pack: Pack, said: AnswerSheet) -> None:
    """Hold everything that has a formula against numpy."""
    found, expected = evaluate(pack, said), Reference(pack, said)
    ids = [each.id for each in pack.dimensions]
    assert [found.wishes[d].value for d in ids] == pytest.approx(expected.theta, abs=1e-9)
    assert [found.wishes[d].sd ** 2 for d in ids] == pytest.approx(expected.variance, abs=1e-9)
    assert found.noise == pytest.approx(expected.noise, rel=1e-9)
    assert found.contradictory == (expected.agreement < 0)
    assert found.ranking.evidence.wishes.agreement == pytest.approx(expected.agreement, abs=1e-9)
    assert found.ranking.strength == pytest.approx(expected.strength, abs=1e-9)
    for each in found.ranking.matches:
        assert each.score == pytest.approx(expected.score[each.place], abs=1e-9)
        assert each.match == pytest.approx(expected.match[each.place], abs=1e-7)
        assert [each.contributions[d] for d in ids] == pytest.approx(expected.contributions[each.place], abs=1e-9)
        assert list(each.answers.values()) == pytest.approx(expected.by_answer[each.place], abs=1e-9)
    for path, ranking in found.tracks.items():
        by_tracks = Reference(pack, said, pack.path_by_id[path].tracks)
        for each in ranking.matches:
            assert each.score == pytest.approx(by_tracks.score[each.place], abs=1e-9)


@pytest.mark.parametrize("folder", REAL, ids=lambda each: each.name)
def test_the_numbers_equal_numpys_on_real_packs(folder: Path) -> None:
    """Wishes, noise, agreement, scores, contributions and tracks of 20 sheets."""
    pack = load_pack(folder)
    for seed in range(20):
        agrees(pack, some_sheet(pack, seed))


@pytest.mark.parametrize("seed", range(60))
def test_the_numbers_equal_numpys_on_random_packs(seed: int) -> None:
    """The same for packs of 2 to 12 paths and 6 to 40 questions, with weights, importance, exclusions and skips."""
    pack = some_pack(seed)
    for n in range(3):
        agrees(pack, some_sheet(pack, 100 * seed + n))


@given(packs_and_sheets())
def test_the_numbers_equal_numpys_on_the_smallest_packs(drawn: tuple[Pack, AnswerSheet]) -> None:
    """One dimension, one question, no answer at all, a path with nothing in its favour."""
    agrees(*drawn)


def test_one_answer_by_hand() -> None:
    """Agreeing to more-x (e = .5): P_x = 3 + a, theta_x = (a / slope) .5 / P_x; A wants x alone, B half of it."""
    slope, variance = 0.9457534031131749, 0.09062331757104614
    a = slope**2 / variance
    theta = a / slope * 0.5 / (3 + a)
    found = rank(small(), sheet(more_x="4"))
    assert found.evidence.wishes.precision == pytest.approx((3 + a, 3))
    assert found.evidence.wishes.value == pytest.approx((theta, 0))
    assert scores(found) == pytest.approx({"A": theta, "B": theta / sqrt(2), "C": 0})
    assert [each.match for each in found.matches] == pytest.approx([100, 50 + 50 / sqrt(2), 50])
    assert found.strength == pytest.approx(theta / sqrt(1 / 3 - 1 / (3 + a)))


def test_importance_counts_half_as_much_again_or_not_at_all() -> None:
    """m_x = 1.5 and m_y = 0 multiply what each dimension adds."""
    plain = rank(small(), sheet(more_x="4", less_y="2", pick="both"))
    said = replace(sheet(more_x="4", less_y="2", pick="both"), matters_most=("x",), does_not_matter=("y",))
    usual = {each.path.id: each.contributions for each in plain.matches}
    for each in rank(small(), said).matches:
        assert each.contributions["x"] == pytest.approx(1.5 * usual[each.path.id]["x"])
        assert each.contributions["y"] == 0


def test_a_skip_leaves_the_question_out() -> None:
    """Skipping is not answering: the skipped question and the absent one are the same, the neutral answer is not."""
    skipped, absent = rank(small(), sheet(more_x="4", pick=SKIP)), rank(small(), sheet(more_x="4"))
    assert scores(skipped) == scores(absent)
    assert scores(rank(small(), sheet(more_x="4", pick="neither")))["A"] < scores(absent)["A"]


def test_neutral_answers_name_no_winner() -> None:
    """All scales in the middle: every score 0, every match 50, all share first place, strength 0."""
    ranking = rank(small(), sheet(more_x="3", less_y="3"))
    assert {each.score for each in ranking.matches} == {0}
    assert {each.match for each in ranking.matches} == {50}
    assert [each.rank for each in ranking.matches] == [1, 1, 1]
    assert ranking.strength == 0


def test_ruled_out_paths_come_last_with_their_reasons() -> None:
    """A dealbreaker and an excluding answer are both kept as reasons; rank and score stay visible."""
    said = replace(sheet(more_x="1", less_y="5", pick="xs"), rule_out=("C", "B"))
    ranking = rank(small(), said)
    assert exclusions(small(), said) == {"C": ("", "pick"), "B": ("",)}
    assert [(each.path.id, each.rank, each.ruled_out, each.first) for each in ranking.matches] == [
        ("A", 1, (), 1),
        ("B", 2, ("",), 0),
        ("C", 3, ("", "pick"), 0),
    ]
    assert max(scores(ranking), key=scores(ranking).__getitem__) == "C"


def test_equal_scores_share_a_rank_and_the_next_one_counts_on() -> None:
    """A wants x, C not y: answers that want both alike put them level before B, whatever the order of the file."""
    pack = replace(small(), questions=(scale("x", "x"), scale("y", "y", "-")))
    said = AnswerSheet(pack="small", answers={"x": "4", "y": "4"})
    for paths in (pack.paths, pack.paths[::-1]):
        ranking = rank(replace(pack, paths=paths), said)
        assert [(each.path.id, each.rank) for each in ranking.matches] == [("A", 1), ("C", 1), ("B", 3)]


def test_tracks_are_ranked_by_the_same_wishes(bundled: Pack) -> None:
    """The tracks' own directions, the same wishes, and no exclusions."""
    said = some_sheet(bundled, 3)
    wishes = rank(bundled, said).evidence.wishes
    for path in bundled.paths:
        ranking = rank_by(wishes, path.tracks)
        assert ranking.evidence.score == pytest.approx(Reference(bundled, said, path.tracks).score, abs=1e-9)
        assert not any(each.ruled_out for each in ranking.matches)


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
def test_ruled_out_paths_stand_behind_all_others(drawn: tuple[Pack, AnswerSheet]) -> None:
    """Whoever stands comes before whoever is ruled out, and only a standing path leads."""
    ranking = rank(*drawn)
    out = [bool(each.ruled_out) for each in ranking.matches]
    assert out == sorted(out)
    assert not any(each.ruled_out for each in ranking.leaders)
    assert sum(each.first for each in ranking.matches) == pytest.approx(1 if ranking.standing else 0, abs=1e-9)
