"""Who comes first among jointly normal scores, against scipy and against plain simulation."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from pathfinder.result.normal import below, both_below, first

HEIGHTS = st.floats(-6, 6, allow_nan=False)
NEAR_ONE = st.floats(1, 13).map(lambda digits: 1 - 10**-digits)
CORRELATIONS = st.floats(-0.999, 0.999) | NEAR_ONE | NEAR_ONE.map(lambda rho: -rho)


def scipys(h: float, k: float, rho: float) -> float:
    """Return P(X < h, Y < k) by scipy."""
    return float(multivariate_normal.cdf([h, k], cov=[[1, rho], [rho, 1]], allow_singular=True))


def of(mean: np.ndarray, factor: np.ndarray) -> tuple[float, ...]:
    """Return P(first) where the scores' deviations are these loads of standard normal ones."""
    return first(mean.tolist(), factor.tolist(), [1.0] * factor.shape[1])


def simulated(mean: np.ndarray, factor: np.ndarray, seed: int) -> np.ndarray:
    """Return how often each is first in 200,000 draws."""
    draws = mean + np.random.default_rng(seed).normal(size=(200_000, factor.shape[1])) @ factor.T
    return np.bincount(draws.argmax(axis=1), minlength=len(mean)) / len(draws)


@settings(max_examples=500, deadline=None)
@given(h=HEIGHTS, k=HEIGHTS, rho=CORRELATIONS)
@example(h=0.0, k=0.0, rho=0.4)
@example(h=0.0, k=-1.5, rho=-0.7)
@example(h=1.25, k=1.25, rho=1 - 1e-13)
@example(h=-0.4, k=0.4, rho=-(1 - 1e-13))
@example(h=-1e-308, k=-1e-308, rho=0.0)
@example(h=2e-313, k=2e-313, rho=0.9999999)
@example(h=2e-9, k=-1e-9, rho=0.9999)
def test_the_bivariate_normal_equals_scipys(h: float, k: float, rho: float) -> None:
    """P(X < h, Y < k) equals scipy's within 1e-9, also for correlations close to 1 and -1."""
    assert both_below(h, k, rho) == pytest.approx(scipys(h, k, rho), abs=1e-9)


@pytest.mark.parametrize(("h", "k"), [(0.3, 1.2), (0.3, -1.2), (-0.3, -0.2), (0.5, 0.5), (0.0, 1.0), (0.5, -0.5)])
def test_at_correlation_one_both_are_one_variable(h: float, k: float) -> None:
    """Correlation 1 leaves P(X < min); -1 leaves P(-k < X < h), or nothing."""
    assert both_below(h, k, 1) == pytest.approx(below(min(h, k)), abs=1e-12)
    assert both_below(h, k, -1) == pytest.approx(max(0.0, below(h) - below(-k)), abs=1e-12)


def test_two_scores_come_in_order_by_the_normal_cdf() -> None:
    """Two scores 1 apart of which the difference has variance 4: z = .5."""
    found = first([1.0, 0.0], [[1.0, 1.0], [0.0, 0.0]], [3.0, 1.0])
    assert found == pytest.approx((0.6914624612740131, 1 - 0.6914624612740131), abs=1e-12)


@pytest.mark.parametrize("seed", range(40))
def test_three_scores_come_first_as_scipy_says(seed: int) -> None:
    """P(first of three) is scipy's bivariate cdf of the two differences, within 1e-9, for full and singular matrices."""
    random = np.random.default_rng(seed)
    factor = random.normal(size=(3, 3 if seed % 2 else 2)) * 10.0 ** random.uniform(-4, 0, size=(3, 1))
    mean, covariance = random.normal(size=3) * 0.5, factor @ factor.T
    found = of(mean, factor)
    for p in range(3):
        contrast = np.array([np.eye(3)[p] - np.eye(3)[r] for r in range(3) if r != p])
        spread = contrast @ covariance @ contrast.T
        ahead = contrast @ mean / np.sqrt(np.diag(spread))
        rho = spread[0, 1] / np.sqrt(spread[0, 0] * spread[1, 1])
        assert found[p] == pytest.approx(scipys(ahead[0], ahead[1], min(1, max(-1, rho))), abs=1e-9)


@pytest.mark.parametrize("size", [4, 5, 8, 12])
def test_more_scores_by_fixed_points_come_close(size: int) -> None:
    """P(first) is within .015 of 200,000 draws, and within .004 on average, with fewer deviations than scores too."""
    errors = []
    for seed in range(8):
        random = np.random.default_rng(seed)
        deep = size if seed % 2 else size - 2
        factor, mean = random.normal(size=(size, deep)) / size**0.5, random.normal(size=size) * 0.5
        errors.append(np.abs(np.array(of(mean, factor)) - simulated(mean, factor, seed)))
    assert np.max(errors) < 0.015
    assert np.mean(errors) < 0.004


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_probabilities_add_up(data: st.DataObject) -> None:
    """Somebody is first, ties and constants included."""
    size = data.draw(st.integers(1, 6))
    numbers = st.integers(-2, 2).map(float)
    factor = np.array(data.draw(st.lists(st.lists(numbers, min_size=3, max_size=3), min_size=size, max_size=size)))
    mean = np.array(data.draw(st.lists(numbers, min_size=size, max_size=size)))
    found = of(mean, factor)
    assert sum(found) == pytest.approx(1, abs=1e-9)
    assert min(found) >= 0


@pytest.mark.parametrize("size", [2, 3, 4, 5])
def test_scores_that_are_always_equal_share(size: int) -> None:
    """Candidates that can never differ come first equally often, however many others there are."""
    factor = np.eye(size)
    factor[1] = factor[0]
    found = of(np.array([0.2, 0.2] + [0.0] * (size - 2)), factor)
    assert found[0] == found[1]
    if size == 2:
        assert found == (0.5, 0.5)


def test_scores_on_one_line_add_up() -> None:
    """Two scores that rise and fall against each other around a third: rounding adds nothing."""
    found = of(np.zeros(3), np.array([[0.0], [0.6], [-0.2]]))
    assert found == pytest.approx([0, 0.5, 0.5], abs=1e-8)


@pytest.mark.parametrize("size", [2, 3, 4, 6])
def test_without_any_spread_the_order_is_certain(size: int) -> None:
    """Zero variance leaves the order of the means; equal means are a tie in equal parts."""
    rest = [0.1] * (size - 2)
    assert first([0.2, 0.3, *rest], [[1.0]] * size, [0.0])[:2] == (0, 1)
    assert first([0.3, 0.3, *rest], [[1.0]] * size, [0.0])[:2] == (0.5, 0.5)


def test_one_is_first_and_nobody_is_not() -> None:
    """A single candidate is sure; without candidates there is nothing to say."""
    assert first([5.0], [[1.0]], [1.0]) == (1.0,)
    assert first([], [], []) == ()


def test_a_rival_at_a_fixed_distance_decides_nothing() -> None:
    """If B is always .1 behind A, only C can beat A: P(A first) = P(A > C), B is never first."""
    found = of(np.array([0.1, 0.0, 0.0]), np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]))
    assert found == pytest.approx((below(0.1 / 2**0.5), 0, below(-0.1 / 2**0.5)), abs=1e-12)


def test_the_same_question_gives_the_same_answer() -> None:
    """There is no chance in it: two calls give the same bits."""
    mean, factor = np.arange(6) / 10, np.eye(6) + 0.2
    assert of(mean, factor) == of(mean, factor)


def test_the_ends_of_the_normal_curve() -> None:
    """Nothing is below minus infinity and everything below infinity."""
    assert (below(-inf), below(0), below(inf)) == (0, 0.5, 1)
