"""How far a profile is from every blend of the others."""

from __future__ import annotations

from itertools import combinations
from math import fsum, hypot
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

SINGULAR: Final = 1e-10


def gap(profile: Sequence[float], others: Sequence[Sequence[float]]) -> tuple[float, tuple[float, ...]]:
    """Return the distance of a unit vector from the cone of some others, and the nearest blend's amounts (>= 0).

    0: the profile is a blend of the others; 1: nothing in them resembles it. The nearest point of a cone is the
    least-squares point of some independent subset of its generators (Lawson and Hanson 1974, chapter 23),
    so with at most four others all subsets are tried.
    """
    best = (hypot(*profile), (0.0,) * len(others))
    for size in range(1, len(others) + 1):
        for chosen in combinations(range(len(others)), size):
            amounts = _least_squares([others[k] for k in chosen], profile)
            if amounts is None or min(amounts) < 0:
                continue
            blend = [fsum(a * others[k][d] for a, k in zip(amounts, chosen, strict=True)) for d in range(len(profile))]
            distance = hypot(*(t - b for t, b in zip(profile, blend, strict=True)))
            if distance < best[0] - SINGULAR:
                whole = dict(zip(chosen, amounts, strict=True))
                best = (distance, tuple(whole.get(k, 0.0) for k in range(len(others))))
    return best


def _least_squares(columns: list[Sequence[float]], target: Sequence[float]) -> list[float] | None:
    # Gauss with pivoting on the normal equations; None when the columns depend on one another.
    size = len(columns)
    table = [[_dot(a, b) for b in columns] + [_dot(a, target)] for a in columns]
    for k in range(size):
        pivot = max(range(k, size), key=lambda i: abs(table[i][k]))
        if abs(table[pivot][k]) < SINGULAR:
            return None
        table[k], table[pivot] = table[pivot], table[k]
        for i in range(size):
            if i != k:
                factor = table[i][k] / table[k][k]
                table[i] = [a - factor * b for a, b in zip(table[i], table[k], strict=True)]
    return [table[k][-1] / table[k][k] for k in range(size)]


def _dot(a: Sequence[float], b: Sequence[float]) -> float:
    return fsum(x * y for x, y in zip(a, b, strict=True))
