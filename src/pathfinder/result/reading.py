"""What the answer to a question tells: on each of its dimensions effect = level + slope theta_d + error of variance v.

A person wants theta_d of a dimension, mean 0 and variance 1/3, and gives option o with a probability proportional to
exp(-sum_d (theta_d - e_qod)^2 / (2 b^2)). The best linear approximation of that is taken over an even grid of people,
which is symmetric: neither the order of dimensions nor that of questions changes it.
"""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from itertools import product, repeat
from math import exp, fsum, log, sqrt
from operator import mul, truediv
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathfinder.pack import Pack, Question

NOISE: Final = 0.32
"""b, the noise of one reading in units of effects: .16 of a scale's width.

From a median retest correlation of .65 over 13 days for single items (Henry, Thielmann, Booth and Mottus,
PLOS ONE 2022, PMC8757920).
"""

PRIOR_PRECISION: Final = 3.0
"""1 / variance of a wish nobody has asked about: even in [-1, 1]."""

PEOPLE: Final = 256
"""At most so many people are on the grid, and never fewer than two on each side of it."""

SILENT: Final = 1e-12
"""A question whose options are all alike on a dimension, up to this variance, tells nothing about it."""

KEPT: Final = 8
"""The readings of so many packs are kept."""

_SHARPNESS: Final = 1 / (2 * NOISE**2)


class Linear(NamedTuple):
    """Level, slope and variance of the error, by the dimensions of a question."""

    level: tuple[float, ...]
    slope: tuple[float, ...]
    variance: tuple[float, ...]


class Reading(NamedTuple):
    """A question as a reading of the dimensions at `places` in the pack; everything else is by these, in their order.

    `effects[o]` is e_qo; `pulls[o]` = w (slope / v) (e_qo - level); `precision` = w slope^2 / v, w the question's weight.
    """

    question: Question
    places: tuple[int, ...]
    effects: tuple[tuple[float, ...], ...]
    linear: Linear
    pulls: tuple[tuple[float, ...], ...]
    precision: tuple[float, ...]

    def surprise(self, chosen: int, wishes: Sequence[float]) -> float:
        """Return ln(k p(o | theta)): how much likelier the chosen of k options is by these wishes than by a die."""
        wanted = [wishes[d] for d in self.places]
        far = [
            _SHARPNESS * fsum([(theta - e) * (theta - e) for theta, e in zip(wanted, row, strict=True)])
            for row in self.effects
        ]
        nearest = min(far)
        return nearest - far[chosen] - log(fsum(exp(nearest - each) for each in far) / len(far))


_known: deque[tuple[Pack, tuple[Reading, ...]]] = deque(maxlen=KEPT)


def readings(pack: Pack) -> tuple[Reading, ...]:
    """Return what each question of a pack tells, in the order of the file; worked out once for a pack."""
    for known, found in _known:
        if known is pack:
            return found
    place = {each.id: d for d, each in enumerate(pack.dimensions)}
    found = tuple(_read(question, place) for question in pack.questions)
    _known.append((pack, found))
    return found


def _read(question: Question, place: dict[str, int]) -> Reading:
    touched = sorted({place[d] for option in question.options for d, e in option.effects.items() if e})
    by_place = [{place[d]: e for d, e in option.effects.items()} for option in question.options]
    whole = linear(tuple(tuple(row.get(d, 0.0) for d in touched) for row in by_place))
    telling = [n for n, variance in enumerate(whole.variance) if variance > SILENT]
    effects = tuple(tuple(row.get(touched[n], 0.0) for n in telling) for row in by_place)
    level, slope, variance = (tuple(row[n] for n in telling) for row in whole)
    weight = question.weight
    factor = [weight * s / v for s, v in zip(slope, variance, strict=True)]
    return Reading(
        question=question,
        places=tuple(touched[n] for n in telling),
        effects=effects,
        linear=Linear(level, slope, variance),
        pulls=tuple(tuple(f * (e - mean) for f, e, mean in zip(factor, row, level, strict=True)) for row in effects),
        precision=tuple(map(mul, factor, slope)),
    )


@lru_cache(maxsize=512)
def linear(effects: tuple[tuple[float, ...], ...]) -> Linear:
    """Return the linear approximation of a question of these effects in -1..1 (options x dimensions), by dimension."""
    dimensions = range(len(effects[0]))
    side, people = _grid(len(dimensions))
    # The probability of an option is a product over dimensions, so its exponentials stand on the grid's sides alone.
    weights = [_product([[exp(-_SHARPNESS * (x - e) ** 2) for x in side] for e in row]) for row in effects]
    whole = list(map(fsum, zip(*weights, strict=True)))
    size = len(whole)
    chances = [list(map(truediv, row, whole)) for row in weights]
    often = [fsum(chance) / size for chance in chances]
    found = []
    for d in dimensions:
        said = [(o, row[d]) for o, row in enumerate(effects) if row[d]]
        level = fsum(e * often[o] for o, e in said)
        slope = 3 * fsum(e * fsum(map(mul, people[d], chances[o])) for o, e in said) / size
        found.append((level, slope, fsum(e * e * often[o] for o, e in said) - level**2 - slope**2 / 3))
    return Linear(*zip(*found, strict=True)) if found else Linear((), (), ())


def _product(factors: Sequence[Sequence[float]]) -> list[float]:
    grown = [1.0]
    for row in factors:
        grown = [each for so_far in grown for each in map(mul, row, repeat(so_far))]
    return grown


@lru_cache(maxsize=16)
def _grid(dimensions: int) -> tuple[tuple[float, ...], tuple[tuple[float, ...], ...]]:
    """Return a side of the even grid, and by dimension where each of its people stands."""
    count = 2
    while dimensions and (count + 1) ** dimensions <= PEOPLE:
        count += 1
    side = tuple((2 * i + 1 - count) / sqrt(count**2 - 1) for i in range(count))
    return side, tuple(zip(*product(side, repeat=dimensions), strict=True))
