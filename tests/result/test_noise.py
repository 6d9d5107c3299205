"""How answers come out on a re-reading."""

from __future__ import annotations

from dataclasses import replace
from math import exp

import pytest

from pathfinder.answers.interview import AnswerSheet
from pathfinder.pack import Dimension, Option, Question
from pathfinder.result.noise import rereading
from pathfinder.result.scoring import rank
from worked import sheet, small


def test_a_scale_is_reread_close_to_its_answer() -> None:
    """From the middle a step away weighs exp(-.25^2 / (2 * .16^2)) = .295, two steps .0076; at the end there is one side."""
    near, far = exp(-(0.25**2) / (2 * 0.16**2)), exp(-(0.5**2) / (2 * 0.16**2))
    term = rank(small(), sheet(more_x="3")).evidence.terms[0]
    total = 1 + 2 * near + 2 * far
    assert rereading(term) == pytest.approx([far / total, near / total, 1 / total, near / total, far / total])
    end = rereading(rank(small(), sheet(more_x="1")).evidence.terms[0])
    assert end[0] > 1 / total
    assert end[1] / end[0] == pytest.approx(near)


@pytest.mark.parametrize(("options", "stays"), [(2, 0.80), (3, 0.71), (4, 0.66), (5, 0.62), (6, 0.59), (9, 0.53)])
def test_a_choice_stays_as_often_as_its_size_allows(options: int, stays: float) -> None:
    """A choice stays with the measured probability (within .01); options that are equally far share the rest."""
    question = Question(
        id="q",
        theme="t",
        text="",
        options=tuple(Option(id=f"o{o}", text="", effects={f"d{o}": 1}) for o in range(options)),
    )
    pack = replace(
        small(),
        dimensions=tuple(Dimension(id=f"d{d}", name="", theme="t", about="") for d in range(options)),
        questions=(question,),
    )
    chances = rereading(rank(pack, AnswerSheet(pack="small", answers={"q": "o0"})).evidence.terms[0])
    assert chances[0] == pytest.approx(stays, abs=0.01)
    assert chances[1:] == pytest.approx([(1 - chances[0]) / (options - 1)] * (options - 1))


def test_a_choice_moves_sooner_to_what_says_nearly_the_same() -> None:
    """In the worked pack "both" lies .5 from both others in turn: exp(-.25 / 2) to xs against exp(-.25) to neither."""
    chances = rereading(rank(small(), sheet(pick="neither")).evidence.terms[0])
    assert chances[1] / chances[0] == pytest.approx(exp(-0.5 / 2) / exp(-1 / 2))
