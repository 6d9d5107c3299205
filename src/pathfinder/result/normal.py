"""Who comes first among jointly normal scores: exact for up to three, by fixed points for more."""

from __future__ import annotations

from functools import lru_cache
from math import asin, copysign, cos, erfc, exp, fsum, inf, log, prod, sin, sqrt, tau
from operator import add, mul, sub
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

POINTS: Final = 8
"""So many fixed points for each pair of four candidates and more; each is used together with its mirror image."""

PASSED_OVER: Final = 20
"""The first points of the sequence, which go up its sides in step."""

SAME: Final = 1e-9
"""Scores that can never differ by more than this are one and the same."""

ROUNDING: Final = 1e-14
"""A pivot under this share of its variance is rounding, not spread."""

TINY: Final = 1e-100
"""Heights below this are 0: their ratio may have lost its digits."""

# Half of the 20-point Gauss-Legendre rule on [-1, 1]: (node, weight), the other half being its mirror image
# (Abramowitz and Stegun 1964, table 25.4).
_RULE: Final = (
    (0.07652652113349734, 0.15275338713072585),
    (0.22778585114164507, 0.14917298647260375),
    (0.37370608871541955, 0.14209610931838205),
    (0.5108670019508271, 0.13168863844917664),
    (0.6360536807265150, 0.11819453196151841),
    (0.7463319064601508, 0.10193011981724044),
    (0.8391169718222188, 0.08327674157670475),
    (0.9122344282513259, 0.06267204833410907),
    (0.9639719272779138, 0.04060142980038694),
    (0.9931285991850949, 0.017614007139152118),
)

_ROOT: Final = sqrt(0.5)

# The rule on [0, 1], with the nodes squared: all that Owen's integral needs.
_SQUARES: Final = tuple(((1 + sign * x) ** 2 / 4, w / 2) for x, w in _RULE for sign in (-1, 1))


def first(mean: Sequence[float], loads: Sequence[Sequence[float]], variance: Sequence[float]) -> tuple[float, ...]:
    """Return the probability of coming first, 0..1, by candidate: score = mean + sum of load times independent deviations.

    `mean` has a number and `loads` a row for each candidate (candidates x deviations), `variance` (0 or more) is that of
    each deviation; what all candidates share may be left out of all three. Candidates that are always equal share their probability in equal parts.
    """
    groups = _alike(mean, loads, variance)
    heads = [group[0] for group in groups]
    spread = [sqrt(max(0.0, v)) for v in variance]
    rows = [list(map(mul, loads[p], spread)) for p in heads]
    level = [mean[p] for p in heads]
    found = _exactly(level, rows) if len(heads) <= len("abc") else _by_points(level, rows)
    chances = [0.0] * len(mean)
    for group, chance in zip(groups, found, strict=True):
        for p in group:
            chances[p] = chance / len(group)
    return tuple(chances)


def below(z: float) -> float:
    """Return the probability, 0..1, that a standard normal variable stays below z."""
    return erfc(-z * _ROOT) / 2


def both_below(h: float, k: float, rho: float) -> float:
    """Return P(X < h, Y < k), 0..1, for standard normal X and Y of correlation rho in [-1, 1].

    By two values of Owen's T (Owen, Annals of Mathematical Statistics 27, 1956). The integral in it stays harmless
    when rho comes near 1 or -1, where the integral over the correlation's own angle (Drezner and Wesolowsky,
    1990) needs a separate series.
    """
    if abs(h) < TINY and abs(k) < TINY:
        return 0.25 + asin(rho) / tau
    spread = sqrt((1 - rho) * (1 + rho))
    sure = 0.0 if (h < 0) == (k < 0) else 0.5
    value = (below(h) + below(k)) / 2 - _owen(h, k, rho, spread) - _owen(k, h, rho, spread) - sure
    return min(1.0, max(0.0, value))


def _owen(h: float, k: float, rho: float, spread: float) -> float:
    # T(h, a) for a = (k - rho h) / (h spread): even in h, odd in a. Writing the numerator as below keeps its digits
    # when rho is close to 1 or -1.
    ahead = (k - h) + (1 - rho) * h if rho > 0 else (k + h) - (1 + rho) * h
    rise, run = abs(ahead), abs(h) * spread
    if rise <= run:
        value = _owen_slope(h, rise / run) if rise else 0.0
    else:
        across = rise / spread if spread > 0 else inf
        p, q = below(abs(h)), below(across)
        value = (p + q) / 2 - p * q - _owen_slope(across, run / rise)
    return value if (ahead > 0) == (h >= 0) else -value


def _owen_slope(h: float, slope: float) -> float:
    """Return T(h, slope) for a slope in 0..1: the integral of exp(-h^2 (1 + x^2) / 2) / (1 + x^2) over 2 pi."""
    square, steep = h * h / 2, slope * slope
    if exp(-square) == 0:
        return 0.0
    return slope / tau * fsum([w * exp(-square * (1 + steep * x)) / (1 + steep * x) for x, w in _SQUARES])


def _alike(mean: Sequence[float], loads: Sequence[Sequence[float]], variance: Sequence[float]) -> list[list[int]]:
    groups: list[list[int]] = []
    for p, row in enumerate(loads):
        for group in groups:
            apart = fsum([v * (a - b) ** 2 for a, b, v in zip(row, loads[group[0]], variance, strict=True)])
            if abs(mean[p] - mean[group[0]]) <= SAME and apart <= SAME**2:
                group.append(p)
                break
        else:
            groups.append([p])
    return groups


def _exactly(mean: Sequence[float], rows: Sequence[Sequence[float]]) -> list[float]:
    """Return who of one, two or three is first."""
    found = []
    for p, own in enumerate(rows):
        others = [r for r in range(len(rows)) if r != p]
        ahead = [list(map(sub, own, rows[r])) for r in others]
        spread = [sqrt(_dot(each, each)) for each in ahead]
        heights = [_height(mean[p] - mean[r], sd) for r, sd in zip(others, spread, strict=True)]
        found.append(_ahead_of_all(heights, ahead, spread))
    whole = fsum(found)
    return [each / whole for each in found]


def _ahead_of_all(heights: Sequence[float], ahead: Sequence[Sequence[float]], spread: Sequence[float]) -> float:
    if len(heights) < len("ab") or not all(spread):
        # Whoever is always behind, before or level has nothing to do with the other one.
        return prod(map(below, heights))
    rho = _dot(*ahead) / (spread[0] * spread[1])
    return both_below(heights[0], heights[1], min(1.0, max(-1.0, rho)))


def _height(ahead: float, spread: float) -> float:
    return ahead / spread if spread > 0 else copysign(inf, ahead) if abs(ahead) > SAME else 0.0


def _dot(some: Sequence[float], other: Sequence[float]) -> float:
    return fsum(map(mul, some, other))


def _by_points(mean: Sequence[float], rows: Sequence[Sequence[float]]) -> list[float]:
    """Return who is first among many: at each point along a line, on which scores are straight and the rest is exact."""
    ahead = [list(map(sub, row, rows[0])) for row in rows]
    # The widest difference gives the direction of the line.
    order = sorted(range(1, len(rows)), key=lambda p: -_dot(ahead[p], ahead[p]))
    factor = _cholesky([[_dot(ahead[p], ahead[r]) for r in order] for p in order])
    line: list[tuple[float, int, tuple[float, ...]]] = [(0.0, 0, ())]
    line += [(along, p, tuple(others)) for p, (along, *others) in zip(order, factor, strict=True)]
    line.sort()
    slope, level, across = [each[0] for each in line], [mean[p] for _, p, _ in line], [each[2] for each in line]
    chances = [0.0] * len(rows)
    for point in _points(len(rows) - 2, POINTS * len(rows) ** 2):
        shift = [fsum(map(mul, row, point)) for row in across]
        _add_highest(slope, list(map(add, level, shift)), chances)
        _add_highest(slope, list(map(sub, level, shift)), chances)
    whole = fsum(chances)
    by_place = dict(zip([p for _, p, _ in line], chances, strict=True))
    return [by_place[p] / whole for p in range(len(rows))]


def _add_highest(slope: Sequence[float], height: Sequence[float], chances: list[float]) -> None:
    """Add to each chance that of being highest at t on the lines height + slope t, slopes rising, for a normal t."""
    tops: list[int] = []
    starts: list[float] = []
    for p, rise in enumerate(slope):
        start = -inf
        while tops:
            q = tops[-1]
            steeper, ahead = rise - slope[q], height[q] - height[p]
            start = ahead / steeper if steeper > 0 else copysign(inf, ahead)
            if start > starts[-1]:
                break
            tops.pop()
            starts.pop()
            start = -inf
        if start < inf:
            tops.append(p)
            starts.append(start)
    bounds = list(map(below, starts))
    bounds.append(1.0)
    for p, low, high in zip(tops, bounds, bounds[1:], strict=False):
        chances[p] += high - low


def _cholesky(matrix: Sequence[Sequence[float]]) -> list[list[float]]:
    # A pivot that is no more than rounding leaves its column empty: a singular matrix has a factor too.
    factor = [[0.0] * (p + 1) for p in range(len(matrix))]
    for p, row in enumerate(matrix):
        for r in range(p):
            rest = row[r] - fsum(factor[p][k] * factor[r][k] for k in range(r))
            factor[p][r] = rest / factor[r][r] if factor[r][r] > 0 else 0.0
        rest = row[p] - fsum(each * each for each in factor[p][:p])
        factor[p][p] = sqrt(rest) if rest > ROUNDING * row[p] else 0.0
    return factor


@lru_cache(maxsize=8)
def _points(size: int, count: int) -> tuple[tuple[float, ...], ...]:
    """Return evenly spread normal points: those of Halton (Numerische Mathematik 2, 1960), two sides at a time made normal.

    By the polar formula of Box and Muller (1958).
    """
    primes = [n for n in range(2, 20 + 10 * size) if all(n % m for m in range(2, n))][: size + size % 2]
    points = []
    for n in range(PASSED_OVER + 1, PASSED_OVER + count + 1):
        uniform = [_mirrored_digits(n, base) for base in primes]
        pairs = zip(uniform[::2], uniform[1::2], strict=True)
        polar = [(sqrt(-2 * log(1 - far)), tau * turn) for far, turn in pairs]
        points.append(tuple(f(turn) * radius for radius, turn in polar for f in (cos, sin))[:size])
    return tuple(points)


def _mirrored_digits(n: int, base: int) -> float:
    """Return the number whose digits after the point are those of n before it, in reverse order."""
    place, found = 1.0, 0.0
    while n:
        place /= base
        n, digit = divmod(n, base)
        found += place * digit
    return found
