"""The order of jointly normal scores, against scipy and against plain simulation."""

from __future__ import annotations

from math import inf, isclose

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from pathfinder.result.normal import acceptability, below, both_below

HEIGHTS = st.floats(-6, 6, allow_nan=False)
NEAR_ONE = st.floats(1, 13).map(lambda digits: 1 - 10**-digits)
CORRELATIONS = st.floats(-0.999, 0.999) | NEAR_ONE | NEAR_ONE.map(lambda rho: -rho)


def scipys(h: float, k: float, rho: float) -> float:
    """Return P(X < h, Y < k) by scipy."""
    return float(multivariate_normal.cdf([h, k], cov=[[1, rho], [rho, 1]], allow_singular=True))


def ranked(mean: list[float], covariance: list[list[float]]) -> tuple[tuple[float, ...], ...]:
    """Return the acceptabilities of one normal distribution."""
    return acceptability(mean, covariance)


def simulated(mean: np.ndarray, covariance: np.ndarray, seed: int) -> np.ndarray:
    """Return the acceptabilities of 200,000 draws."""
    draws = np.random.default_rng(seed).multivariate_normal(mean, covariance, size=200_000, check_valid="ignore")
    order = np.argsort(-draws, axis=1)
    places = range(len(mean))
    return np.array([[np.mean(order[:, rank] == p) for rank in places] for p in places])


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
    """Two scores 1 apart with variances 3 and 2 and covariance .5: z = 1 / sqrt(3 + 2 - 2 * .5) = .5."""
    table = ranked([1.0, 0.0], [[3.0, 0.5], [0.5, 2.0]])
    assert table[0][0] == pytest.approx(0.6914624612740131, abs=1e-12)
    assert table[1][0] == pytest.approx(1 - 0.6914624612740131, abs=1e-12)


@pytest.mark.parametrize("seed", range(40))
def test_three_scores_come_first_as_scipy_says(seed: int) -> None:
    """P(first of three) is scipy's bivariate cdf of the two differences, within 1e-9, for full and singular matrices."""
    random = np.random.default_rng(seed)
    factor = random.normal(size=(3, 3 if seed % 2 else 2)) * 10.0 ** random.uniform(-4, 0, size=(3, 1))
    mean, covariance = random.normal(size=3) * 0.5, factor @ factor.T
    table = ranked(mean.tolist(), covariance.tolist())
    for p in range(3):
        contrast = np.array([np.eye(3)[p] - np.eye(3)[r] for r in range(3) if r != p])
        spread = contrast @ covariance @ contrast.T
        ahead = contrast @ mean / np.sqrt(np.diag(spread))
        rho = spread[0, 1] / np.sqrt(spread[0, 0] * spread[1, 1])
        assert table[p][0] == pytest.approx(scipys(ahead[0], ahead[1], min(1, max(-1, rho))), abs=1e-9)


@pytest.mark.parametrize("size", [2, 3])
def test_up_to_three_every_rank_is_exact(size: int) -> None:
    """Acceptabilities of every rank agree with 200,000 draws within three standard errors and a half."""
    random = np.random.default_rng(size)
    factor, mean = random.normal(size=(size, size)), random.normal(size=size) * 0.5
    table = ranked(mean.tolist(), (factor @ factor.T).tolist())
    assert np.abs(np.array(table) - simulated(mean, factor @ factor.T, 7)).max() < 0.004


@pytest.mark.parametrize("size", [4, 5, 8, 12])
def test_more_scores_by_fixed_points_come_close(size: int) -> None:
    """P(first) by 512 fixed points is within .05 of 200,000 draws, and within .01 on average."""
    errors = []
    for seed in range(8):
        random = np.random.default_rng(seed)
        factor, mean = random.normal(size=(size, size)) / size**0.5, random.normal(size=size) * 0.5
        table = np.array(ranked(mean.tolist(), (factor @ factor.T).tolist()))
        errors.append(np.abs(table - simulated(mean, factor @ factor.T, seed))[:, 0])
    assert np.max(errors) < 0.05
    assert np.mean(errors) < 0.01


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_probabilities_add_up(data: st.DataObject) -> None:
    """Somebody takes every rank, and everybody takes one: rows and columns add up to 1, ties and constants included."""
    size = data.draw(st.integers(1, 6))
    numbers = st.integers(-2, 2).map(float)
    factor = np.array(data.draw(st.lists(st.lists(numbers, min_size=3, max_size=3), min_size=size, max_size=size)))
    mean = data.draw(st.lists(numbers, min_size=size, max_size=size))
    table = np.array(ranked(mean, (factor @ factor.T).tolist()))
    assert np.allclose(table.sum(axis=0), 1, atol=1e-9)
    assert np.allclose(table.sum(axis=1), 1, atol=1e-9)
    assert (table >= -1e-12).all()


@pytest.mark.parametrize("size", [2, 3, 4, 5])
def test_scores_that_are_always_equal_share_their_ranks(size: int) -> None:
    """Candidates that can never differ come first equally often, however many others there are."""
    covariance = [[1.0 if max(p, r) < 2 or p == r else 0.3 for r in range(size)] for p in range(size)]
    table = ranked([0.2, 0.2] + [0.0] * (size - 2), covariance)
    assert isclose(table[0][0], table[1][0], abs_tol=1e-12)
    if size == 2:
        assert table == ((0.5, 0.5), (0.5, 0.5))


def test_scores_on_one_line_add_up() -> None:
    """Two scores that rise and fall against each other around a third: one of two orders, and rounding adds nothing."""
    line = [[0.0, 0.0, 0.0], [0.0, 0.36333333333333334, -0.12111111111111111], [0.0, -0.12111111111111111, 0.04037037037037037]]  # fmt: skip
    table = np.array(ranked([0.0, 0.0, 0.0], line))
    assert table == pytest.approx(np.array([[0, 1, 0], [0.5, 0, 0.5], [0.5, 0, 0.5]]), abs=1e-8)
    assert table.sum(axis=0) == pytest.approx(np.ones(3), abs=1e-12)
    assert table.sum(axis=1) == pytest.approx(np.ones(3), abs=1e-12)


def test_without_any_spread_the_order_is_certain() -> None:
    """Zero variance leaves the order of the means; equal means are a tie in equal parts."""
    zero = [[0.0] * 3] * 3
    assert ranked([0.1, 0.3, 0.2], zero) == ((0, 0, 1), (1, 0, 0), (0, 1, 0))
    assert ranked([0.3, 0.3, 0.2], zero) == ((0.5, 0.5, 0), (0.5, 0.5, 0), (0, 0, 1))
    assert ranked([5.0], [[0.0]]) == ((1.0,),)
    assert ranked([], []) == ()


def test_a_rival_at_a_fixed_distance_decides_nothing() -> None:
    """If B is always .1 behind A, only C can beat A: P(A first) = P(A > C), B is never first."""
    covariance = [[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    table = ranked([0.1, 0.0, 0.0], covariance)
    assert table[0][0] == pytest.approx(below(0.1 / 2**0.5), abs=1e-12)
    assert table[1][0] == pytest.approx(0, abs=1e-12)


def test_the_same_question_gives_the_same_answer() -> None:
    """There is no chance in it: two calls give the same bits."""
    covariance = [[1.0 if p == r else 0.2 for r in range(6)] for p in range(6)]
    mean = [0.1 * p for p in range(6)]
    assert ranked(mean, covariance) == ranked(mean, covariance)


def test_the_ends_of_the_normal_curve() -> None:
    """Nothing is below minus infinity and everything below infinity."""
    assert (below(-inf), below(0), below(inf)) == (0, 0.5, 1)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7])
def test_a_mixture_is_the_mean_of_its_parts(size: int) -> None:
    """Acceptabilities of a mixture are those of its parts, weighted; by fixed points, within .06."""
    random = np.random.default_rng(size)
    factor, means = random.normal(size=(size, size)), random.normal(size=(3, size))
    covariance, chances = (factor @ factor.T).tolist(), (0.5, 0.3, 0.2)
    table = np.array(acceptability([0.0] * size, covariance, [(chances, means.tolist())]))
    alone = [np.array(ranked(mean, covariance)) for mean in means.tolist()]
    expected = sum(chance * each for chance, each in zip(chances, alone, strict=True))
    assert np.abs(table - expected).max() < (0.06 if size > 3 else 1e-12)
