"""In which order to ask, what to leave out, and when to offer to stop."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings

import reference
from pathfinder.answers.interview import AnswerSheet, start
from pathfinder.pack import Option, Pack, Question
from pathfinder.result.certainty import Verdict, verdict
from pathfinder.result.order import by_information, offers_stop, order, short_order, stay
from pathfinder.result.scoring import rank
from random_packs import some_pack, some_sheet
from reference import Reference
from strategies import packs
from worked import scale, small


def ids(questions: tuple[Question, ...]) -> list[str]:
    """Return the ids of questions."""
    return [each.id for each in questions]


@pytest.mark.parametrize("seed", range(30))
def test_the_order_is_that_of_numpy(seed: int) -> None:
    """Each question is the one that leaves least open, given those before it."""
    pack = some_pack(seed)
    assert ids(by_information(pack)) == reference.order(pack)


def test_the_order_of_the_bundled_pack_is_that_of_numpy(bundled: Pack) -> None:
    """Also where equally good scales stand side by side: the first in the file goes first."""
    assert ids(by_information(bundled)) == reference.order(bundled)


@settings(max_examples=40, deadline=None)
@given(packs(items=(1, 8)))
def test_the_order_is_a_rearrangement(pack: Pack) -> None:
    """Every question comes once; the short quiz takes half of them, rounded up."""
    assert sorted(ids(order(pack))) == sorted(ids(pack.questions))
    short = ids(short_order(pack))
    assert len(set(short)) == len(short) == (len(pack.questions) + 1) // 2


@pytest.mark.parametrize("seed", range(10))
def test_rounds_of_eight_go_theme_by_theme(seed: int) -> None:
    """Each round holds the next eight most telling questions, within a theme in that order."""
    pack = some_pack(seed)
    ranked, asked = ids(by_information(pack)), order(pack)
    for start_ in range(0, len(ranked), 8):
        part = asked[start_ : start_ + 8]
        themes = [pack.themes.index(each.theme) for each in part]
        assert set(ids(part)) == set(ranked[start_ : start_ + 8])
        assert themes == sorted(themes)
        for theme in set(themes):
            places = [ranked.index(each.id) for each in part if pack.themes.index(each.theme) == theme]
            assert places == sorted(places)


def test_the_short_quiz_is_the_first_half_by_theme(bundled: Pack) -> None:
    """Fifteen of 29, theme by theme."""
    short = short_order(bundled)
    themes = [bundled.themes.index(each.theme) for each in short]
    assert set(ids(short)) == set(ids(by_information(bundled))[:15])
    assert themes == sorted(themes)


def test_a_second_question_on_a_dimension_waits_and_a_heavier_one_goes_first() -> None:
    """Of two scales on x and one on y the second on x comes last; weight 2 tells more than weight 1."""
    pack = replace(small(), questions=(scale("x1", "x"), scale("x2", "x"), scale("y1", "y")))
    assert ids(by_information(pack))[-1] == "x2"
    pack = replace(small(), questions=(scale("light", "x"), scale("heavy", "x", weight=2)))
    assert ids(by_information(pack)) == ["heavy", "light"]


def safe(count: int = 12, *more: Question) -> Pack:
    """Return the small pack with so many scales about x, and two paths of which only A wants it."""
    base = small()
    questions = (*(scale(f"x{n}", "x", "+-"[n % 2]) for n in range(count)), *more)
    return replace(base, paths=(base.paths[0], base.paths[2]), questions=questions)


def wanting(pack: Pack, count: int) -> AnswerSheet:
    """Return a sheet that wants x in its first answers."""
    answers = {each.id: "51"[n % 2] for n, each in enumerate(pack.questions[:count])}
    return AnswerSheet(pack=pack.id, answers=answers)


def test_the_offer_waits_for_six_answers_and_for_something_to_leave_out() -> None:
    """However sure, five answers are too few, skips do not count, and after the last question nothing is offered."""
    pack = safe()
    assert not offers_stop(pack, wanting(pack, 5), pack.questions[5:])
    assert offers_stop(pack, wanting(pack, 6), pack.questions[6:])
    skipped = wanting(pack, 5)
    skipped = replace(skipped, answers={**skipped.answers, "x5": "skip"})
    assert not offers_stop(pack, skipped, pack.questions[6:])
    assert not offers_stop(pack, wanting(pack, 12), ())


def test_nothing_is_offered_where_the_verdict_would_not_be_likely(bundled: Pack) -> None:
    """Whatever the chance to stay, an offer means likely or clear, by a margin: P >= .8."""
    seen = set()
    for seed in range(150):
        said = some_sheet(bundled, seed)
        kept = replace(said, answers=dict(list(said.answers.items())[: 8 + seed % 18]))
        ranking = rank(bundled, kept)
        coming = [each for each in bundled.questions if each.id not in kept.answers]
        if offers_stop(bundled, kept, coming):
            seen.add(verdict(bundled, ranking))
            assert ranking.standing[0].first >= 0.8
            assert stay(bundled, ranking, coming) >= 0.95
    assert seen
    assert seen <= {Verdict.CLEAR, Verdict.LIKELY}


@pytest.mark.parametrize("seed", range(12))
def test_the_chance_to_stay_is_that_of_draws(seed: int) -> None:
    """Scores that move by the variance that coming answers take away: within .005 of draws to three paths, else .015."""
    pack = some_pack(seed)
    said = some_sheet(pack, seed)
    half = dict(list(said.answers.items())[: len(said.answers) // 2])
    said = replace(said, answers=half)
    ranking, expected = rank(pack, said), Reference(pack, said)
    if not ranking.standing:
        return
    coming = [each for each in pack.questions if each.id not in half]
    leader = ranking.standing[0]
    precision = expected.precision + sum(reference.read(pack, each).precision for each in coming)
    moving = expected.m**2 * (expected.variance - expected.later(precision))
    places = [each.place for each in ranking.standing]
    chance = reference.drawn(expected.score[places], expected.c[places], moving, 200_000, seed)[0]
    for question in coming:
        chance *= np.mean([leader.path.id not in option.rules_out for option in question.options])
    assert stay(pack, ranking, coming) == pytest.approx(chance, abs=0.005 if len(places) <= 3 else 0.015)


def test_a_coming_answer_may_exclude_the_leader() -> None:
    """When one of two options still to come rules a safe leader out, it stays first every second time."""
    trap = Question(
        id="trap",
        theme="t",
        text="",
        options=(
            Option(id="out", text="", effects={"x": 0.1}, rules_out=("A",)),
            Option(id="in", text="", effects={"x": 0.1}),
        ),
    )
    pack = safe(12, trap)
    ranking = rank(pack, wanting(pack, 12))
    assert ranking.leaders[0].path.id == "A"
    assert stay(pack, ranking, [trap]) == pytest.approx(0.5, abs=0.001)


def test_the_offer_keeps_its_word(bundled: Pack) -> None:
    """Over 80 simulated people stopping at the offer names the full quiz's leader in 90 % and more."""
    random, asked, kept, offered = Random(5), order(bundled), 0, 0  # noqa: S311
    for _ in range(80):
        theta = {each.id: random.uniform(-1, 1) for each in bundled.dimensions}
        interview, stopped = start(bundled, asked), None
        while not interview.finished:
            interview = interview.answer(_nearest(interview.current, theta, random))
            coming = interview.order[interview.place :]
            if stopped is None and offers_stop(bundled, interview.sheet(), coming):
                stopped = rank(bundled, interview.sheet()).matches[0].path.id
        offered += stopped is not None
        kept += stopped == rank(bundled, interview.sheet()).matches[0].path.id
    assert offered >= 40
    assert kept >= 0.9 * offered


def _nearest(question: Question, theta: dict[str, float], random: Random) -> str:
    touched = sorted({d for each in question.options for d in each.effects})
    return min(
        question.options,
        key=lambda each: sum((theta[d] + random.gauss(0, 0.32) - each.effects.get(d, 0)) ** 2 for d in touched),
    ).id
