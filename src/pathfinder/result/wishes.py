"""What a person wants of each dimension, by all answers together, how sure that is, and how well the answers agree.

    P_d     = 3 + sum_q w_q slope_qd^2 / v_qd
    theta_d = sum_q w_q (slope_qd / v_qd) (e_qod - level_qd) / P_d
    R       = sum_qd r_qd^2 / v_qd / sum_d (n_d - 1 + 3 / P_d),  r_qd = e_qod - level_qd - slope_qd theta_d
    v_d     = 1 / (3 + (P_d - 3) / max(1, R))
    L       = sum_q ln(k_q p_q(o_q | theta))

Sums are exact (math.fsum): the order of questions in a file cannot change a digit.
"""

from __future__ import annotations

from math import fsum, sqrt
from operator import truediv
from typing import TYPE_CHECKING, Final, NamedTuple

from pathfinder.pack import SKIP
from pathfinder.result.reading import PRIOR_PRECISION, readings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathfinder.answers.interview import AnswerSheet
    from pathfinder.pack import Dimension, Pack
    from pathfinder.result.reading import Reading

MATTERS_MOST: Final = 1.5

HIDDEN_IMPORTANCE: Final = 0.16
"""Variance of a person's hidden importance of a dimension around the stated one, as a share of its square."""


class Wish(NamedTuple):
    """What a person wants of a dimension, from -1 to 1 and a little beyond, with its standard deviation."""

    value: float
    sd: float


class Term(NamedTuple):
    """One answered question: `chosen` is the option's place, `parts` what it adds to the wishes it reads."""

    reading: Reading
    chosen: int
    parts: tuple[float, ...]


class Wishes(NamedTuple):
    """What the answers say, by the dimensions in the order of the pack.

    By dimension: `importance` m is 0, 1 or 1.5, `precision` P is 3 or more, `value` theta is from -1 to 1 and a little
    beyond, `variance` v is at most 1/3. Of all answers together: `noise` R is 0 or more, `agreement` L a log likelihood.
    """

    dimensions: tuple[Dimension, ...]
    importance: tuple[float, ...]
    precision: tuple[float, ...]
    value: tuple[float, ...]
    variance: tuple[float, ...]
    noise: float
    agreement: float
    terms: tuple[Term, ...]

    @property
    def contradictory(self) -> bool:
        """Whether picking at random explains the answers better than these wishes do."""
        return self.agreement < 0

    @property
    def unsure(self) -> tuple[float, ...]:
        """The variance of importance times wish, by dimension."""
        rows = zip(self.importance, self.value, self.variance, strict=True)
        return tuple(m * m * (v + HIDDEN_IMPORTANCE * (theta * theta + v)) for m, theta, v in rows)


def listen(pack: Pack, sheet: AnswerSheet) -> Wishes:
    """Return what a sheet that fits the pack says; a skipped question is no answer."""
    given = [
        (reading, reading.question.index(answer))
        for reading in readings(pack)
        if (answer := sheet.answers.get(reading.question.id, SKIP)) != SKIP
    ]
    places = range(len(pack.dimensions))
    weighed: list[list[float]] = [[PRIOR_PRECISION] for _ in places]
    for reading, _ in given:
        for d, each in zip(reading.places, reading.precision, strict=True):
            weighed[d].append(each)
    precision = tuple(map(fsum, weighed))
    terms = tuple(
        Term(reading, chosen, tuple(map(truediv, reading.pulls[chosen], [precision[d] for d in reading.places])))
        for reading, chosen in given
    )
    said: list[list[float]] = [[] for _ in places]
    for term in terms:
        for d, part in zip(term.reading.places, term.parts, strict=True):
            said[d].append(part)
    value = tuple(map(fsum, said))
    noise = _noise(terms, value, precision, said)
    return Wishes(
        dimensions=pack.dimensions,
        importance=tuple(_importance(sheet, dimension.id) for dimension in pack.dimensions),
        precision=precision,
        value=value,
        variance=tuple(variance(p, noise) for p in precision),
        noise=noise,
        agreement=fsum(term.reading.surprise(term.chosen, value) for term in terms),
        terms=terms,
    )


def variance(precision: float, noise: float) -> float:
    """Return v_d, in squared units of a wish, for a precision P_d of 3 or more and a noise R (under 1 it counts as 1)."""
    return 1 / (PRIOR_PRECISION + (precision - PRIOR_PRECISION) / max(1.0, noise))


def wishes_by_id(wishes: Wishes) -> dict[str, Wish]:
    """Return the wishes by the ids of their dimensions."""
    rows = zip(wishes.dimensions, wishes.value, wishes.variance, strict=True)
    return {dimension.id: Wish(value, sqrt(v)) for dimension, value, v in rows}


def _noise(
    terms: Sequence[Term], value: Sequence[float], precision: Sequence[float], said: Sequence[Sequence[float]]
) -> float:
    expected = fsum(len(parts) - 1 + PRIOR_PRECISION / p for parts, p in zip(said, precision, strict=True) if parts)
    squares = [
        (e - level - slope * value[d]) ** 2 / v
        for reading, chosen, _ in terms
        for d, e, level, slope, v in zip(reading.places, reading.effects[chosen], *reading.linear, strict=True)
    ]
    return fsum(squares) / expected if squares else 1.0


def _importance(sheet: AnswerSheet, dimension: str) -> float:
    if dimension in sheet.does_not_matter:
        return 0.0
    return MATTERS_MOST if dimension in sheet.matters_most else 1.0
