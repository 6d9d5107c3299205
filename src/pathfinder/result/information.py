"""A question as a reading of preferences: what its answer says about a person, in linear approximation.

A person is theta_d, uniform in [-1, 1] on every dimension, who gives option o with a probability proportional to
exp(-sum_d (theta_d - e_qod)^2 / (2 b^2)), b being the noise of one reading.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp, fsum
from operator import mul
from typing import TYPE_CHECKING, Final

from pathfinder.result.noise import READING_NOISE
from pathfinder.result.normal import kronecker
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
    sides = range(len(effects[0]))
    thetas, together = _people(len(sides))
    chances = _chances(thetas, effects)
    # Options say something about few of the dimensions.
    said = [{o: row[d] for o, row in enumerate(effects) if row[d]} for d in sides]
    expected = [[fsum(chance[o] * e for o, e in column.items()) for chance in chances] for column in said]
    often = [fsum(each) / PEOPLE for each in zip(*chances, strict=True)]
    level = [fsum(often[o] * e for o, e in column.items()) for column in said]
    crossed = [[_dot(theta, each) for each in expected] for theta in thetas]
    slope = [crossed[d][d] / together[d][d] for d in sides]

    def error(d: int, h: int) -> float:
        linear = slope[d] * slope[h] * together[d][h] - slope[d] * crossed[d][h] - slope[h] * crossed[h][d]
        product = fsum(often[o] * e * said[h].get(o, 0.0) for o, e in said[d].items())
        return product - level[d] * level[h] + linear / PEOPLE

    upper = [[error(d, h) if h >= d else 0.0 for h in sides] for d in sides]
    return level, slope, [[upper[min(d, h)][max(d, h)] for h in sides] for d in sides]


@lru_cache(maxsize=128)
def _people(size: int) -> tuple[list[tuple[float, ...]], list[list[float]]]:
    """Return all people's theta_d by dimension, and the sums of theta_d theta_h over them."""
    half = [[2 * each - 1 for each in point] for point in kronecker(size, PEOPLE // 2)]
    thetas = list(zip(*half, *([-each for each in point] for point in half), strict=True))
    return thetas, [[_dot(some, other) for other in thetas] for some in thetas]


def _chances(thetas: Sequence[Sequence[float]], effects: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return for each of the people the probability of each option."""
    lengths = [fsum(e * e for e in row) for row in effects]
    few = [[(d, 2 * e) for d, e in enumerate(row) if e] for row in effects]
    found = []
    for theta in zip(*thetas, strict=True):
        # |theta - e|^2 without |theta|^2, and against the nearest: with a hundred dimensions every option can be too
        # far away for `exp`.
        far = [length - fsum(theta[d] * e for d, e in row) for length, row in zip(lengths, few, strict=True)]
        nearest = min(far)
        weights = [exp((nearest - each) / (2 * WIDTH**2)) for each in far]
        whole = fsum(weights)
        found.append([each / whole for each in weights])
    return found


def _dot(some: Sequence[float], other: Sequence[float]) -> float:
    return fsum(map(mul, some, other))
