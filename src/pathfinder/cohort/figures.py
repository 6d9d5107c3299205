"""Shares with their intervals, and correlations, worked out in one pass."""

from __future__ import annotations

from math import sqrt
from typing import Final, NamedTuple

Z: Final = 1.959963984540054
"""The normal deviate that leaves 2.5 % on either side."""


class Share(NamedTuple):
    """`number` of `whole`, with the 95 % interval of Wilson (JASA 22, 1927); the interval of nothing is 0..1."""

    number: int
    whole: int
    value: float
    low: float
    high: float


def share(count: int, whole: int) -> Share:
    """Return a share of a whole with its interval."""
    if not whole:
        return Share(0, 0, 0.0, 0.0, 1.0)
    value, square = count / whole, Z * Z / whole
    middle = (value + square / 2) / (1 + square)
    half = Z / (1 + square) * sqrt(value * (1 - value) / whole + square / (4 * whole))
    return Share(count, whole, value, max(0.0, middle - half), min(1.0, middle + half))


class Moments:
    """Means and products of pairs of numbers, kept up to date as they come (Welford, Technometrics 4, 1962)."""

    __slots__ = ("count", "x", "xx", "xy", "y", "yy")

    def __init__(self) -> None:
        self.count = 0
        self.x = self.y = self.xx = self.yy = self.xy = 0.0

    def add(self, x: float, y: float) -> None:
        """Take up a pair."""
        self.count += 1
        dx, dy = x - self.x, y - self.y
        self.x += dx / self.count
        self.y += dy / self.count
        self.xx += dx * (x - self.x)
        self.yy += dy * (y - self.y)
        self.xy += dx * (y - self.y)

    @property
    def correlation(self) -> float | None:
        """Pearson's r, None where one of the two never changes."""
        product = self.xx * self.yy
        return max(-1.0, min(1.0, self.xy / sqrt(product))) if product > 0 else None
