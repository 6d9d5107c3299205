"""How sure a ranking is: against a simulation of the full model, and in the words people see."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from full_model import simulated, some_pack, some_sheet
from pathfinder.answers.interview import AnswerSheet
from pathfinder.pack import CareerPath, Dimension, Option, Pack, Question, Scale, scale_options
from pathfinder.result.certainty import (
    NO_PREFERENCE_BELOW,
    Code,
    Confidence,
    Verdict,
    assess,
    for_people,
    moments,
    notes,
    verdict,
)
from pathfinder.result.scoring import rank
from strategies import packs_and_sheets
from worked import scale, sheet, small


@pytest.mark.parametrize("seed", range(3))
def test_mean_and_covariance_are_those_of_the_full_model(bundled: Pack, seed: int) -> None:
    """Mean and covariance equal the moments of 200,000 draws, unasked dimensions and importance included."""
    said = some_sheet(bundled, seed)
    quiet = {each.id for each in bundled.questions if any("place" in o.effects for o in each.options)}
    said = replace(said, answers={q: "skip" if q in quiet else o for q, o in said.answers.items()})
    ranking = rank(bundled, said)
    mean, covariance = moments(ranking.evidence)
    scores, _ = simulated(ranking, seed)
    assert mean == pytest.approx(scores.mean(axis=0), abs=0.005)
    assert np.allclose(covariance, np.cov(scores.T), rtol=0.03, atol=0.002)


@pytest.mark.parametrize("seed", range(8))
def test_first_of_three_is_that_of_the_full_model(bundled: Pack, seed: int) -> None:
    """P(first) for the bundled pack is within .02 of 200,000 re-readings, whatever the answers."""
    ranking = rank(bundled, some_sheet(bundled, seed))
    _, first = simulated(ranking, seed)
    assert assess(ranking).first == pytest.approx(first, abs=0.02)


@pytest.mark.parametrize("paths", [5, 8, 12])
def test_first_of_many_is_that_of_the_full_model(paths: int) -> None:
    """P(first) among 5, 8 and 12 paths is within .05 of 200,000 re-readings, and within .015 on average.

    In quiz 33 five heavy choices matter, of which any one taken for normal costs up to .09.
    """
    errors = []
    for seed in (*range(5), 33):
        pack = some_pack(paths, seed)
        ranking = rank(pack, some_sheet(pack, seed))
        errors.append(np.abs(np.array(assess(ranking).first) - simulated(ranking, seed)[1]))
    assert np.max(errors) < 0.05
    assert np.mean(errors) < 0.015


@settings(deadline=None)
@given(packs_and_sheets())
def test_only_standing_paths_can_come_first(drawn: tuple[Pack, AnswerSheet]) -> None:
    """The chances of first place add up to 1 over the paths left, and are 0 for the others."""
    ranking = rank(*drawn)
    sure = assess(ranking)
    if ranking.standing:
        assert sum(sure.first) == pytest.approx(1, abs=1e-9)
    for each in ranking.matches:
        assert len(sure.acceptability[each.place]) == len(ranking.matches)
        assert sum(sure.acceptability[each.place]) == pytest.approx(0 if each.ruled_out else 1, abs=1e-9)
        assert sure.first[each.place] == sure.acceptability[each.place][0]


def made(
    first: tuple[float, ...] = (0.95, 0.05, 0.0), said: AnswerSheet | None = None, pack: Pack | None = None
) -> Verdict:
    """Return the verdict on a sheet (complete, A leading) with these chances of first place."""
    ranking = rank(pack or small(), said or sheet(more_x="5", less_y="3", pick="both"))
    sure = Confidence(first=first, acceptability=())
    return verdict(ranking, sure)


@pytest.mark.parametrize(
    ("chance", "expected"),
    [
        (0.9, Verdict.CLEAR),
        (0.899, Verdict.LIKELY),
        (0.7, Verdict.LIKELY),
        (0.699, Verdict.LEANING),
        (0.5, Verdict.LEANING),
        (0.499, Verdict.TOO_CLOSE),
    ],
)
def test_the_verdict_follows_the_leaders_chance(chance: float, expected: Verdict) -> None:
    """From .90 clear, from .70 likely, from .50 leaning, below that too close."""
    assert made(first=(chance, 1 - chance, 0)) is expected


def test_the_verdict_is_about_the_leader_by_score() -> None:
    """When another path comes first more often, the leader by score stays the leader: too close."""
    assert made(first=(0.1, 0.9, 0)) is Verdict.TOO_CLOSE


def test_a_shared_first_place_is_too_close_however_sure() -> None:
    """A tie has no leader to be sure of."""
    assert made(said=sheet(more_x="4", less_y="4")) is Verdict.TOO_CLOSE


def test_too_few_answers_are_provisional_before_anything_is_close() -> None:
    """Under half the evidence the result is provisional, tie or not."""
    assert made(said=sheet(more_x="5")) is Verdict.PROVISIONAL
    twins = replace(small(), paths=(small().paths[0], replace(small().paths[0], id="A2")))
    assert made(said=sheet(more_x="5"), pack=twins) is Verdict.PROVISIONAL


def test_no_preference_goes_before_provisional() -> None:
    """Without any preference nothing else is said, however few answers there are."""
    assert made(said=sheet()) is Verdict.NO_PREFERENCE
    assert made(said=sheet(more_x="3")) is Verdict.NO_PREFERENCE
    assert made(said=sheet(more_x="3", less_y="3", pick="neither")) is Verdict.NO_PREFERENCE


def test_strength_decides_what_a_preference_is() -> None:
    """A strength just under the limit is none, just above it is one: u_x = strength * sqrt 2."""
    pack, said = small(), sheet(more_x="4", less_y="3", pick="neither")
    for factor, expected in ((0.9, Verdict.NO_PREFERENCE), (1.1, Verdict.CLEAR)):
        effect = NO_PREFERENCE_BELOW * factor * 2**0.5
        options = (
            Option(id="xs", text="", effects={"x": 1}),
            Option(id="neither", text="", effects={"x": 2 * effect - 0.5}),
        )
        questions = (*pack.questions[:2], replace(pack.questions[2], options=options))
        assert rank(replace(pack, questions=questions), said).strength == pytest.approx(NO_PREFERENCE_BELOW * factor)
        assert made(said=said, pack=replace(pack, questions=questions)) is expected


def test_when_everything_is_ruled_out_there_is_no_verdict_on_a_leader() -> None:
    """Nothing left to recommend is no preference, with a note."""
    said = replace(sheet(more_x="5", less_y="3"), rule_out=("A", "B", "C"))
    ranking = rank(small(), said)
    assert verdict(ranking, assess(ranking)) is Verdict.NO_PREFERENCE
    assert Code.ALL_RULED_OUT in {each.code for each in notes(small(), said, ranking, assess(ranking))}


def noted(pack: Pack, said: AnswerSheet) -> dict[Code, tuple[str, ...]]:
    """Return the notes on a sheet."""
    ranking = rank(pack, said)
    return {each.code: each.about for each in notes(pack, said, ranking, assess(ranking))}


def test_a_ruled_out_path_that_scores_highest_is_named() -> None:
    """It would have come first; a ruled-out path that is behind is not mentioned."""
    said = sheet(more_x="5", less_y="3", pick="both")
    assert noted(small(), said) == {}
    assert noted(small(), replace(said, rule_out=("A",))) == {Code.WOULD_HAVE_COME_FIRST: ("A",)}
    assert noted(small(), replace(said, rule_out=("C",))) == {}
    alone = noted(small(), replace(said, rule_out=("A", "C")))
    assert alone == {Code.ONE_LEFT: ("B",), Code.WOULD_HAVE_COME_FIRST: ("A",)}


def test_a_path_that_comes_first_more_often_is_named() -> None:
    """When the score's order is not that of the chances, the path with the better chance is named."""
    said = sheet(more_x="5", less_y="3", pick="both")
    ranking = rank(small(), said)
    sure = Confidence(first=(0.4, 0.6, 0), acceptability=())
    assert [(each.code, each.about) for each in notes(small(), said, ranking, sure)] == [
        (Code.FIRST_MORE_OFTEN, ("B",))
    ]


def lined(*steps: int) -> tuple[Pack, AnswerSheet]:
    """Return a pack of scales answered by these steps; 0 skips."""
    questions = tuple(scale(f"q{q}", "xy"[q % 2], "+-"[q % 2]) for q in range(len(steps)))
    answers = {f"q{q}": str(step) if step else "skip" for q, step in enumerate(steps)}
    return replace(small(), questions=questions), AnswerSheet(pack="small", answers=answers)


@pytest.mark.parametrize(
    ("steps", "careless"),
    [
        ((4,) * 10 + (1, 2, 3, 5) * 4, True),
        ((4,) * 9 + (1, 2, 3, 5) * 4, False),
        ((4,) * 5 + (0,) + (4,) * 5, True),
        (((4,) * 4 + (1,)) * 5, True),
        (((4,) * 3 + (1,)) * 6, False),
        (((4,) * 9 + (1,)) * 1, False),
        ((4,) * 9 + (1, 2, 3), False),
        ((4,) * 6 + (1,) + (4,) * 4 + (2,), True),
    ],
)
def test_a_careless_sheet_is_noted(steps: tuple[int, ...], careless: bool) -> None:  # noqa: FBT001
    """Ten times the same step running, skips aside, or more than three quarters of at least twelve answers."""
    found = noted(*lined(*steps))
    assert (found.get(Code.SAME_STEP) == ("4",)) is careless
    assert (Code.SAME_PLACE in found) is careless


def test_the_same_place_is_careless_across_kinds_of_question(bundled: Pack) -> None:
    """Always the first option of everything is noted; an honest mixture is not."""
    assert Code.SAME_PLACE in noted(
        bundled, AnswerSheet(pack=bundled.id, answers={q.id: q.options[0].id for q in bundled.questions})
    )
    assert not noted(bundled, some_sheet(bundled, 1)).keys() & {Code.SAME_PLACE, Code.SAME_STEP}


@pytest.mark.parametrize(
    ("probability", "text"),
    [
        (0.0, "<5 %"),
        (0.049, "<5 %"),
        (0.05, "5 %"),
        (0.07, "5 %"),
        (0.5, "50 %"),
        (0.524, "50 %"),
        (0.526, "55 %"),
        (0.874, "85 %"),
        (0.875, "85 %"),
        (0.95, "95 %"),
        (0.951, ">95 %"),
        (1.0, ">95 %"),
    ],
)
def test_people_never_see_more_than_is_known(probability: float, text: str) -> None:
    """Rounded to 5 %, halves downwards, and nothing below "<5 %" or above ">95 %"."""
    assert for_people(probability) == text


@pytest.mark.parametrize("paths", [2, 3, 4])
@pytest.mark.parametrize(
    ("heavy", "light"), [(1.0, 1.0), (1e3, 1e-3), (1e3, 1e-4), (1e4, 1e-4), (1e6, 0.1), (1e6, 1e-6)]
)
def test_what_two_paths_share_does_not_make_their_order_surer(paths: int, heavy: float, light: float) -> None:
    """Where two paths differ on one dimension only, the weight of the others says nothing about which comes first."""
    levels = [{"a": 2.0, "b": 2.0}, {"a": 2.0, "b": -2.0}, {"a": -2.0, "b": 2.0}, {"a": -2.0, "b": -2.0}][:paths]
    pack = Pack(
        id="apart",
        version="1",
        title="Apart",
        about="",
        themes=("t",),
        dimensions=tuple(
            Dimension(id=d, name=d, theme="t", about=d, weight=w) for d, w in (("a", heavy), ("b", light))
        ),
        paths=tuple(
            CareerPath(id=i, name=i, summary=i, profile=p, week={}) for i, p in zip("xzwv", levels, strict=False)
        ),
        questions=tuple(
            Question(id=f"{d}{n}", theme="t", text="?", options=scale_options(key), scale=key)
            for d in "ab"
            for n in range(10)
            for key in [Scale(dimension=d, keyed="+" if n % 2 else "-")]
        ),
    )
    answers = {f"a{n}": "5" if n % 2 else "1" for n in range(10)} | {f"b{n}": "3" for n in range(10)} | {"b1": "4"}
    ranking = rank(pack, AnswerSheet(pack=pack.id, answers=answers))
    first = dict(zip([each.id for each in ranking.evidence.candidates], assess(ranking).first, strict=True))
    # In the last case the scores themselves are as good as equal.
    assert first["x"] == pytest.approx(0.68 if light > 1e-6 or heavy == 1 else 0.5, abs=0.02)
    assert first["x"] + first["z"] == pytest.approx(1, abs=0.005)


@settings(max_examples=60, deadline=None)
@given(packs_and_sheets())
def test_the_order_in_the_file_changes_no_certainty(drawn: tuple[Pack, AnswerSheet]) -> None:
    """However the paths stand in the file, each comes first as often, also where that is worked out by points."""
    pack, said = drawn
    found = []
    for paths in (pack.paths, pack.paths[::-1]):
        ranking = rank(replace(pack, paths=paths), said)
        first = assess(ranking).first
        found.append({each.path.id: first[each.place] for each in ranking.matches})
    assert found[0] == pytest.approx(found[1], abs=1e-6)
