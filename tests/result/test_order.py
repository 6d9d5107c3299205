"""In which order to ask, what to leave out, and when to offer to stop."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings

from pathfinder.answers.interview import AnswerSheet, Interview, start
from pathfinder.pack import Option, Pack, Question
from pathfinder.pack.model import SCALE_EFFECTS
from pathfinder.result.information import read
from pathfinder.result.order import ASKED_LEAST, informative_order, offers_stop, settled, short_order
from pathfinder.result.scoring import rank
from strategies import packs
from worked import path, scale, small


def answered(pack: Pack, count: int, option: int) -> Interview:
    """Return an interview whose first questions all got the same place."""
    interview = start(pack, informative_order(pack))
    for _ in range(count):
        interview = interview.answer(interview.current.options[option].id)
    return interview


@settings(max_examples=40, deadline=None)
@given(packs(items=(1, 8)))
def test_the_order_is_a_rearrangement(pack: Pack) -> None:
    """Every question comes once; the short quiz takes half of them (rounded up), in the order of the themes."""
    assert sorted(each.id for each in informative_order(pack)) == sorted(each.id for each in pack.questions)
    short = short_order(pack)
    assert len({each.id for each in short}) == len(short) == (len(pack.questions) + 1) // 2


def test_themes_stay_together(bundled: Pack) -> None:
    """Both orders ask theme by theme, in the order of the pack."""
    for order in (informative_order(bundled), short_order(bundled)):
        themes = [each.theme for each in order]
        assert themes == sorted(themes, key=bundled.themes.index)


def test_the_short_quiz_reads_every_dimension(bundled: Pack) -> None:
    """Each dimension that the pack asks about keeps a question."""
    kept = {d for each in short_order(bundled) for option in each.options for d in option.effects}
    assert kept == {d for each in bundled.questions for option in each.options for d in option.effects}


def test_a_crowded_short_quiz_prefers_questions_that_read_more() -> None:
    """Where half the questions cannot reach every dimension, the one that reads two goes before those that read one."""
    pack = small()
    both = Question(
        id="both",
        theme="t",
        text="",
        options=(Option(id="a", text="", effects={"x": 0.1, "y": 0.1}), Option(id="b", text="", effects={"x": -0.1})),
    )
    opposed = (path("A", x=2), path("B", x=-2))
    short = short_order(replace(pack, paths=opposed, questions=(scale("x", "x", weight=2), both)))
    assert [each.id for each in short] == ["both"]


def test_a_second_question_on_a_dimension_waits() -> None:
    """Of two scales on x and one on y, all alike, the second on x comes last."""
    pack = replace(small(), questions=(scale("x1", "x"), scale("x2", "x"), scale("y1", "y")))
    order = [each.id for each in informative_order(pack)]
    assert order[0] != "y1" or order[1:] == ["x1", "x2"]
    assert order.index("x2") > min(order.index("y1"), order.index("x1"))
    assert order[-1] in {"x1", "x2"}


def test_a_heavier_question_comes_first() -> None:
    """Of two questions that differ in weight alone, the heavier one tells more."""
    pack = replace(small(), questions=(scale("light", "x"), scale("heavy", "x", weight=2)))
    assert [each.id for each in informative_order(pack)] == ["heavy", "light"]


def test_agreeing_with_everything_is_not_rewarded() -> None:
    """Among equally informative questions the reverse-keyed partner of the first is preferred: yes-saying cancels."""
    pack = replace(
        small(),
        questions=(scale("p1", "x"), scale("p2", "x"), scale("m", "x", "-"), scale("p3", "x"), scale("p4", "x")),
    )
    assert [each.id for each in informative_order(pack)][:2] == ["p1", "m"]


def test_the_file_order_decides_nothing_but_ties(bundled: Pack) -> None:
    """Twice the same pack gives twice the same order."""
    assert informative_order(bundled) == informative_order(bundled)
    assert short_order(bundled) == short_order(bundled)


def test_the_linear_approximation_of_a_scale() -> None:
    """A scale reads theta with slope near 1, no level, and an error that the reading noise explains."""
    item = read(scale("x", "x"))
    assert item.level["x"] == pytest.approx(0, abs=1e-12)
    assert item.slope["x"] == pytest.approx(0.95, abs=0.02)
    assert item.error["x"]["x"] == pytest.approx(0.09, abs=0.01)
    assert item.reach["x"] == max(SCALE_EFFECTS)
    heavy = read(scale("x", "x", weight=3))
    assert heavy.error["x"]["x"] == pytest.approx(9 * item.error["x"]["x"])


def test_after_the_last_question_everything_is_settled(bundled: Pack) -> None:
    """With no question left the leader is sure to stay, and there is nothing to offer."""
    done = answered(bundled, len(bundled.questions), 0)
    assert settled(done) == pytest.approx(1, abs=1e-9)
    assert not offers_stop(done)


def test_nothing_is_settled_without_a_leader(bundled: Pack) -> None:
    """Before the first answer all are equal."""
    assert settled(start(bundled)) == 0


def test_the_offer_waits_for_six_answers() -> None:
    """However sure, five answers are too few; skips do not count."""
    pack = replace(small(), questions=tuple(scale(f"x{n}", "x") for n in range(12)))
    assert settled(answered(pack, ASKED_LEAST - 1, 4)) >= 0.95
    assert not offers_stop(answered(pack, ASKED_LEAST - 1, 4))
    assert offers_stop(answered(pack, ASKED_LEAST, 4))
    assert not offers_stop(answered(pack, ASKED_LEAST - 1, 4).skip())


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
    pack = replace(small(), questions=(*(scale(f"x{n}", "x") for n in range(12)), trap))
    interview = start(pack)
    for _ in range(12):
        interview = interview.answer("5")
    assert rank(pack, interview.sheet()).leaders[0].path.id == "A"
    assert settled(interview) == pytest.approx(0.5, abs=0.01)


def test_the_chance_to_stay_first_comes_true(bundled: Pack) -> None:
    """Over 60 simulated people stopping at the offer agrees with the full quiz in at least 90 % (bench: 5,000, 97 %)."""
    random, order, agreed = Random(5), informative_order(bundled), 0  # noqa: S311
    for _ in range(60):
        theta = {each.id: random.uniform(-1, 1) for each in bundled.dimensions}
        interview, stopped = start(bundled, order), None
        while not interview.finished:
            interview = interview.answer(_nearest(interview.current, theta, random))
            if stopped is None and offers_stop(interview):
                stopped = rank(bundled, interview.sheet()).matches[0].path.id
        full = rank(bundled, interview.sheet()).matches[0].path.id
        agreed += stopped in {None, full}
    assert agreed >= 54


def _nearest(question: Question, theta: dict[str, float], random: Random) -> str:
    read_ = {d for each in question.options for d in each.effects}
    return min(
        question.options,
        key=lambda each: sum((theta[d] + random.gauss(0, 0.32) - each.effects.get(d, 0)) ** 2 for d in read_),
    ).id


def test_an_answer_that_everybody_gives_says_nothing() -> None:
    """A question whose options all say the same changes nothing about how settled a quiz is."""
    same = tuple(Option(id=f"o{n}", text="", effects={"x": 0.5}) for n in range(3))
    question = Question(id="same", theme="t", text="", options=same)
    assert read(question).precision("x") == 0
    pack = replace(small(), questions=tuple(scale(f"x{n}", "x") for n in range(12)))
    more = replace(pack, questions=(*pack.questions, question))
    before = settled(answered(pack, 6, 3))
    given = {each.id: "4" for each in more.questions[:6]} | {"same": "o1"}
    after = settled(start(more, sheet=AnswerSheet(pack=more.id, answers=given)))
    assert after == pytest.approx(before, abs=0.05)
