"""A question as a reading of preferences: what its answer says about a person, in linear approximation.

A person is theta_d, uniform in [-1, 1] on every dimension, who gives option o with a probability proportional to
exp(-sum_d (theta_d - e_qod)^2 / (2 b^2)), b being the noise of one reading.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp, fsum
from operator import mul
from typing import TYPE_CHECKING, Final

from pathfinder.noise import READING_NOISE
from pathfinder.normal import kronecker
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pathfinder.pack import Question

PEOPLE: Final = 64
"""People over whom a question's linear approximation is taken, half of them the opposites of the others."""

WIDTH: Final = 2 * READING_NOISE
"""The noise of a reading in units of effects, whose scale from -1 to 1 is two wide."""


@value
class Item:
    """A question's linear approximation: on its dimensions d, effect = level[d] + slope[d] theta_d + error.

    `error[d][h]` is the covariance of the errors; `reach[d]` the largest |effect|; all include the weight.
    """

    question: Question
    level: Mapping[str, float]
    slope: Mapping[str, float]
    error: Mapping[str, Mapping[str, float]]
    reach: Mapping[str, float]

    def precision(self, dimension: str) -> float:
        """Return what the answer adds to the precision (1 / variance) of the forecast of theta."""
        error = self.error[dimension][dimension]
        return self.slope[dimension] ** 2 / error if error > 0 else 0.0


def total(rows: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Return the sums by dimension."""
    sums: dict[str, float] = {}
    for row in rows:
        for d, each in row.items():
            sums[d] = sums.get(d, 0.0) + each
    return sums


def read(question: Question) -> Item:
    """Return the linear approximation of a question."""
    dimensions = tuple(dict.fromkeys(d for each in question.options for d, e in each.effects.items() if e))
    effects = tuple(tuple(each.effects.get(d, 0.0) for d in dimensions) for each in question.options)
    level, slope, error = _linear(effects)
    w = question.weight
    return Item(
        question=question,
        level={d: w * each for d, each in zip(dimensions, level, strict=True)},
        slope={d: w * each for d, each in zip(dimensions, slope, strict=True)},
        error={
            d: {h: w * w * each for h, each in zip(dimensions, row, strict=True)}
            for d, row in zip(dimensions, error, strict=True)
        },
        reach={d: w * max(abs(row[h]) for row in effects) for h, d in enumerate(dimensions)},
    )


@lru_cache(maxsize=512)
def _linear(effects: tuple[tuple[float, ...], ...]) -> tuple[list[float], list[float], list[list[float]]]:
    """Return level, slope and the errors' covariance for a question of these effects (options x dimensions)."""
    size = len(effects[0])
    half = [[2 * each - 1 for each in point] for point in kronecker(size, PEOPLE // 2)]
    people = half + [[-each for each in point] for point in half]
    chances = [_chances(theta, effects) for theta in people]
    columns, thetas, sides = list(zip(*effects, strict=True)), list(zip(*people, strict=True)), range(size)
    expected = [[_dot(chance, column) for chance in chances] for column in columns]
    often = [fsum(each) / len(people) for each in zip(*chances, strict=True)]
    weighted = [list(map(mul, often, column)) for column in columns]
    level = [_dot(often, column) for column in columns]
    slope = [_dot(theta, each) / _dot(theta, theta) for theta, each in zip(thetas, expected, strict=True)]

    def error(d: int, h: int) -> float:
        crossed = slope[d] * _dot(thetas[d], expected[h]) + slope[h] * _dot(thetas[h], expected[d])
        linear = slope[d] * slope[h] * _dot(thetas[d], thetas[h]) - crossed
        return _dot(weighted[d], columns[h]) - level[d] * level[h] + linear / len(people)

    upper = [[error(d, h) if h >= d else 0.0 for h in sides] for d in sides]
    return level, slope, [[upper[min(d, h)][max(d, h)] for h in sides] for d in sides]


def _chances(theta: Sequence[float], effects: Sequence[Sequence[float]]) -> list[float]:
    far = [fsum((t - e) ** 2 for t, e in zip(theta, row, strict=True)) for row in effects]
    # Against the nearest: with a hundred dimensions every option can be too far away for `exp`.
    weights = [exp((min(far) - each) / (2 * WIDTH**2)) for each in far]
    return [each / fsum(weights) for each in weights]


def _dot(some: Sequence[float], other: Sequence[float]) -> float:
    return fsum(map(mul, some, other))
