"""What an answer tells: coefficients against numpy and against the integral they stand for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reference
from pathfinder.pack import Option, Question
from pathfinder.result.reading import readings
from random_packs import some_pack
from worked import scale, small

if TYPE_CHECKING:
    from pathfinder.pack import Pack


def with_questions(*questions: Question) -> Pack:
    """Return the small pack with other questions."""
    return replace(small(), questions=questions)


def choice(*effects: dict[str, float], weight: float = 1) -> Question:
    """Return a choice whose options have these effects."""
    options = tuple(Option(id=f"o{o}", text="", effects=each) for o, each in enumerate(effects))
    return Question(id="pick", theme="t", text="", options=options, weight=weight)


def test_every_scale_reads_alike() -> None:
    """Level 0, slope .945753, variance .0906233, precision 9.87, whichever way it is keyed."""
    for question in (scale("a", "x"), scale("b", "y", "-")):
        found = readings(with_questions(question))[0]
        assert found.linear.level == pytest.approx((0,), abs=1e-15)
        assert found.linear.slope == pytest.approx((0.945753,), abs=5e-7)
        assert found.linear.variance == pytest.approx((0.0906233,), abs=5e-8)
        assert found.precision == pytest.approx((9.87,), abs=0.005)


@pytest.mark.parametrize("seed", range(40))
def test_coefficients_equal_those_of_numpy(seed: int) -> None:
    """Level, slope and variance of every question of random packs, within 1e-9."""
    pack = some_pack(seed)
    for found, question in zip(readings(pack), pack.questions, strict=True):
        expected = reference.read(pack, question)
        places = list(found.places)
        assert places == np.flatnonzero(expected.reads).tolist()
        for row, whole in zip(found.linear, (expected.level, expected.slope, expected.variance), strict=True):
            assert row == pytest.approx(whole[places], abs=1e-9)
        assert found.precision == pytest.approx(expected.precision[places], abs=1e-9)
        assert min(found.linear.slope, default=0) >= 0


def test_the_grid_is_close_to_the_integral(bundled: Pack) -> None:
    """Slopes over 40,000 people drawn evenly differ by less than .04, and levels by less than .02."""
    people = np.random.default_rng(1).uniform(-1, 1, size=(40_000, len(bundled.dimensions)))
    for found in readings(bundled):
        effects = np.array(found.effects)
        theta = people[:, list(found.places)]
        f = reference.probabilities(theta, effects) @ effects
        assert found.linear.level == pytest.approx(f.mean(axis=0), abs=0.02)
        assert found.linear.slope == pytest.approx(3 * (theta * f).mean(axis=0), abs=0.04)


@given(st.permutations(["x", "y"]), st.floats(0.1, 1))
def test_dimensions_used_alike_are_read_alike(names: list[str], effect: float) -> None:
    """A question that treats two dimensions alike has the same coefficients for both."""
    a, b = names
    found = readings(with_questions(choice({a: effect, b: effect}, {a: -effect}, {b: -effect}, {})))[0].linear
    for row in found:
        assert row[0] == pytest.approx(row[1], abs=1e-12)


def test_options_that_are_all_alike_tell_nothing() -> None:
    """A dimension on which every option says the same is not read, and a question of such dimensions reads nothing."""
    alike, other = choice({"x": 0.5}, {"x": 0.5}), choice({"x": 0.5, "y": 1}, {"x": 0.5})
    assert [readings(with_questions(each))[0].places for each in (alike, other)] == [(), (1,)]


def test_weight_multiplies_precision_alone() -> None:
    """A heavier question reads the same and counts more."""
    light, heavy = (readings(with_questions(choice({"x": 1}, {"y": 1}, weight=w)))[0] for w in (1, 3))
    assert light.linear == heavy.linear
    assert heavy.precision == pytest.approx([3 * each for each in light.precision])


def test_a_pack_is_read_once(bundled: Pack) -> None:
    """The same pack gives the same readings without further work."""
    assert readings(bundled) is readings(bundled)


def test_many_dimensions_keep_two_people_on_each_side() -> None:
    """From six dimensions on the grid has two points on each side of it: eight give 256 people, nine 512."""
    dims = [f"d{d}" for d in range(9)]
    base = small()
    pack = replace(base, dimensions=tuple(replace(base.dimensions[0], id=d) for d in dims))
    pack = replace(pack, questions=(choice(*({d: 1.0} for d in dims)),))
    expected = reference.read(pack, pack.questions[0])
    assert readings(pack)[0].linear.slope == pytest.approx(expected.slope, abs=1e-9)
