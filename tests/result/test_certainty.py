"""How sure a ranking is: against draws of the scores, and the verdicts and notes that follow from it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from example_packs import PACKS
from pathfinder.answers.interview import AnswerSheet
from pathfinder.pack import CareerPath, Dimension, Pack, Question, Scale, load_pack, scale_options
from pathfinder.result import evaluate
from pathfinder.result.certainty import Code, Verdict, notes_on, verdict
from pathfinder.result.scoring import Ranking, rank
from random_packs import some_pack, some_sheet
from reference import Reference
from worked import scale, sheet, small

ROOT = Path(__file__).resolve().parents[2]
REAL = (ROOT / "data", ROOT / "examples" / "getting-to-work", PACKS / "good" / "rich")


def off(pack: Pack, said: AnswerSheet) -> float:
    """Return how far P(first) of any path is from 100,000 draws."""
    ranking = rank(pack, said)
    places = [each.place for each in ranking.standing]
    if not places:
        return 0.0
    expected = Reference(pack, said).first(places)
    return float(np.abs(expected - [each.first for each in ranking.standing]).max())


def close(paths: int) -> float:
    """Return how far P(first) may be off among so many paths."""
    return 0.005 if paths <= 3 else 0.015


@pytest.mark.parametrize("folder", REAL, ids=lambda each: each.name)
def test_certainty_on_real_packs_is_that_of_draws(folder: Path) -> None:
    """Eight sheets of each, tracks aside."""
    pack = load_pack(folder)
    for seed in range(8):
        assert off(pack, some_sheet(pack, seed)) < close(len(pack.paths))


@pytest.mark.parametrize("seed", range(40))
def test_certainty_on_random_packs_is_that_of_draws(seed: int) -> None:
    """Packs of 2 to 12 paths of every kind."""
    pack = some_pack(seed)
    assert off(pack, some_sheet(pack, seed)) < close(len(pack.paths))


def test_noise_is_usual_on_average(bundled: Pack) -> None:
    """R of 300 people who answer as the model says is 1 on average, after all questions and after eight."""
    random = np.random.default_rng(2)
    found: dict[int, list[float]] = {8: [], len(bundled.questions): []}
    for _ in range(300):
        wants = dict(
            zip((d.id for d in bundled.dimensions), random.uniform(-1, 1, len(bundled.dimensions)), strict=True)
        )
        answers = {}
        for question in bundled.questions:
            touched = {d for option in question.options for d in option.effects}
            far = np.array([sum((wants[d] - o.effects.get(d, 0)) ** 2 for d in touched) for o in question.options])
            chance = np.exp((far.min() - far) / (2 * 0.32**2))
            answers[question.id] = question.options[random.choice(len(far), p=chance / chance.sum())].id
        for count, seen in found.items():
            part = dict(list(answers.items())[:count])
            seen.append(rank(bundled, AnswerSheet(pack=bundled.id, answers=part)).evidence.wishes.noise)
    for seen in found.values():
        assert np.mean(seen) == pytest.approx(1, abs=0.06)


def sure(ranking: Ranking, *first: float) -> Ranking:
    """Return the ranking with other probabilities of coming first, the best path's first."""
    matches = tuple(replace(each, first=p) for each, p in zip(ranking.matches, first, strict=True))
    return replace(ranking, matches=matches)


def lined(*steps: int, dimensions: str = "xy") -> tuple[Pack, AnswerSheet]:
    """Return a pack of scales, of both keys on each dimension, answered by these steps; 0 skips."""
    questions = tuple(
        scale(f"q{q}", dimensions[q % len(dimensions)], "+-"[q // len(dimensions) % 2]) for q in range(len(steps))
    )
    answers = {f"q{q}": str(step) if step else "skip" for q, step in enumerate(steps)}
    return replace(small(), questions=questions), AnswerSheet(pack="small", answers=answers)


STEADY = (5, 3, 1, 3, 5, 3, 1, 3)
"""Wants x and is neutral about y, whichever way it is asked."""


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
    pack, said = lined(*STEADY)
    assert verdict(pack, sure(rank(pack, said), chance, 1 - chance, 0)) is expected


def test_a_shared_first_place_is_too_close_however_sure() -> None:
    """Two paths of one profile share first place."""
    pack, said = lined(*STEADY)
    twins = replace(pack, paths=(pack.paths[0], replace(pack.paths[0], id="A2")))
    ranking = rank(twins, said)
    assert [each.first for each in ranking.matches] == [0.5, 0.5]
    assert verdict(twins, sure(ranking, 0.95, 0.05)) is Verdict.TOO_CLOSE


def test_fewer_than_six_answers_are_provisional() -> None:
    """Five answers are too few, six are not; in a quiz of four, four are enough."""
    for steps, expected in (
        ((5, 3, 1, 3, 5, 0, 0, 0), Verdict.PROVISIONAL),
        ((5, 3, 1, 3, 5, 3, 0, 0), Verdict.CLEAR),
        ((5, 3, 1, 3), Verdict.CLEAR),
        ((5, 3, 1, 0), Verdict.PROVISIONAL),
    ):
        pack, said = lined(*steps)
        assert verdict(pack, sure(rank(pack, said), 0.95, 0.05, 0)) is expected


def test_answers_that_contradict_each_other_are_provisional_with_a_note() -> None:
    """Wanting x very much and not at all by turns, beside a wish for y: a die explains that better."""
    pack, said = lined(5, 5, 5, 1, 5, 5, 5, 1, 5, 5)
    found = evaluate(pack, said)
    assert (found.verdict, found.contradictory) == (Verdict.PROVISIONAL, True)
    assert found.noise > 2
    assert [each.code for each in found.notes] == [Code.CONTRADICTORY]
    assert found.recommended == ()
    assert found.tracks == {}


def test_no_clear_wish_goes_before_everything_else() -> None:
    """Neutral answers, none at all, and weak wishes that set nobody ahead."""
    for steps in ((3,) * 8, (0,) * 8, (3, 3, 3, 3, 4, 3, 3, 3)):
        pack, said = lined(*steps)
        assert verdict(pack, rank(pack, said)) is Verdict.NO_PREFERENCE


def test_a_clear_leader_needs_no_strong_wish() -> None:
    """A strength under .4 is no preference below P = .9, and a verdict from there on."""
    pack, said = lined(4, 3, 3, 3, 3, 3, 3, 3)
    ranking = rank(pack, said)
    assert ranking.strength < 0.4
    assert verdict(pack, sure(ranking, 0.899, 0.101, 0)) is Verdict.NO_PREFERENCE
    assert verdict(pack, sure(ranking, 0.9, 0.1, 0)) is Verdict.CLEAR


def test_strength_is_about_one_for_usual_wishes(bundled: Pack) -> None:
    """Whatever was asked: over random steady sheets, complete and short, the mean is near 1."""
    for share in (1, 0.4):
        strengths = []
        for seed in range(200):
            said = some_sheet(bundled, seed)
            kept = dict(list(said.answers.items())[: int(share * len(said.answers))])
            strengths.append(rank(bundled, replace(said, answers=kept)).strength)
        assert 0.7 < np.mean(strengths) < 1.3


def test_when_everything_is_ruled_out_there_is_no_verdict_on_a_leader() -> None:
    """Nothing left to recommend is no preference, with a note."""
    pack, said = lined(*STEADY)
    found = evaluate(pack, replace(said, rule_out=("A", "B", "C")))
    assert found.verdict is Verdict.NO_PREFERENCE
    assert Code.ALL_RULED_OUT in {each.code for each in found.notes}
    assert {each.first for each in found.ranking.matches} == {0}


def noted(pack: Pack, said: AnswerSheet) -> dict[Code, tuple[str, ...]]:
    """Return the notes on a sheet."""
    return {each.code: each.about for each in notes_on(rank(pack, said))}


def test_a_ruled_out_path_that_scores_highest_is_named() -> None:
    """It would have come first; a ruled-out path that is behind is not mentioned."""
    said = sheet(more_x="5", less_y="3", pick="both")
    assert noted(small(), said) == {}
    assert noted(small(), replace(said, rule_out=("A",))) == {Code.WOULD_HAVE_COME_FIRST: ("A",)}
    assert noted(small(), replace(said, rule_out=("C",))) == {}
    alone = noted(small(), replace(said, rule_out=("A", "C")))
    assert alone == {Code.ONE_LEFT: ("B",), Code.WOULD_HAVE_COME_FIRST: ("A",)}


def test_a_path_that_is_first_more_often_is_named() -> None:
    """When the score's order is not that of the chances, the path with the better chance is named."""
    ranking = rank(small(), sheet(more_x="5", less_y="3", pick="both"))
    found = list(notes_on(sure(ranking, 0.4, 0.6, 0)))
    assert [(each.code, each.about) for each in found] == [(Code.FIRST_MORE_OFTEN, (ranking.matches[1].path.id,))]


@pytest.mark.parametrize("paths", [2, 3, 4])
@pytest.mark.parametrize(("heavy", "light"), [(1.0, 1.0), (1e3, 1e-3), (1e4, 1e-4), (1e6, 0.1)])
def test_what_two_paths_share_does_not_make_their_order_surer(paths: int, heavy: float, light: float) -> None:
    """Where two paths differ on one dimension only, the weight of the others says nothing about which comes first."""
    levels = [{"a": 2.0, "b": 2.0}, {"a": 2.0, "b": -2.0}, {"a": -2.0, "b": 2.0}, {"a": -2.0, "b": -2.0}][:paths]
    weights = (("a", heavy), ("b", light))
    pack = replace(
        small(),
        dimensions=tuple(Dimension(id=d, name=d, theme="t", about=d, weight=w) for d, w in weights),
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
    first = {each.path.id: each.first for each in rank(pack, AnswerSheet(pack=pack.id, answers=answers)).matches}
    assert first["x"] == pytest.approx(0.69, abs=0.02)
    assert first["x"] + first["z"] == pytest.approx(1, abs=0.01)
