"""In which order jointly normal scores come: exact for two and three of them, by fixed points for more."""

from __future__ import annotations

from bisect import bisect
from functools import lru_cache
from itertools import accumulate, permutations
from math import asin, copysign, cos, erfc, exp, fsum, inf, log, prod, sin, sqrt, tau
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

POINTS: Final = 512
"""Quasi-random points for four candidates and more; each is used together with its mirror image."""

SAME: Final = 1e-9
"""Scores that can never differ by more than this are one and the same."""

ROUNDING: Final = 1e-14
"""A variance of a difference under this share of the variances it is made of is rounding, not spread."""

TINY: Final = 1e-100
"""Heights below this are 0: their ratio may have lost its digits."""

EXACT: Final = 3
"""Up to so many candidates the probability of every order has a closed form."""

MOST_PARTS: Final = 1_000
"""So many combinations of steps at most are gone through one by one: two questions of thirty options each."""

Step: TypeAlias = tuple["Sequence[float]", "Sequence[Sequence[float]]"]
"""Chances that add up to 1, and for each the row of amounts that it adds to the candidates' scores."""

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

# The rule on [0, 1], with the nodes squared: all that Owen's integral needs.
_SQUARES: Final = tuple(((1 + sign * x) ** 2 / 4, w / 2) for x, w in _RULE for sign in (-1, 1))


def below(z: float) -> float:
    """Return the probability, 0..1, that a standard normal variable stays below z."""
    return erfc(-z / sqrt(2)) / 2


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


def acceptability(
    mean: Sequence[float], covariance: Sequence[Sequence[float]], steps: Sequence[Step] = ()
) -> tuple[tuple[float, ...], ...]:
    """Return for each candidate the probability of each rank, the first rank first; rows and columns add up to 1.

    The scores are normal with n means and an n x n covariance, which may be singular, and to them come `steps`, which
    are independent: each adds one of its rows of n amounts, with the chance of that row. Candidates that are always
    equal share their ranks in equal parts. Exact for up to three candidates, by fixed points for more. The rank
    acceptability index of Lahdelma and Salminen (Operations Research 49, 2001).
    """
    groups = _alike(mean, covariance, steps)
    heads = [each[0] for each in groups]
    table = [[0.0] * len(covariance) for _ in covariance]
    few = [(chances, [[row[p] for p in heads] for row in rows]) for chances, rows in steps]
    for order, probability in _orders(
        [mean[p] for p in heads], [[covariance[p][r] for r in heads] for p in heads], few
    ):
        rank = 0
        for g in order:
            members = groups[g]
            for p in members:
                for r in range(rank, rank + len(members)):
                    table[p][r] += probability / len(members)
            rank += len(members)
    return tuple(map(tuple, table))


def kronecker(size: int, count: int) -> list[list[float]]:
    """Return `count` points, evenly spread over the unit cube of `size` sides.

    The multiples, modulo 1, of the powers of the generalised golden ratio, which is the root of x^(n+1) = x + 1
    (Roberts, "The unreasonable effectiveness of quasirandom sequences", 2018).
    """
    ratio = 1.5
    for _ in range(64):
        ratio = (1 + ratio) ** (1 / (size + 1))
    strides = [ratio**-each for each in range(1, size + 1)]
    return [[(0.5 + n * stride) % 1 for stride in strides] for n in range(1, count + 1)]


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


def _alike(mean: Sequence[float], covariance: Sequence[Sequence[float]], steps: Sequence[Step]) -> list[list[int]]:
    amounts = [mean, *(row for _, rows in steps for row in rows)]
    groups: list[list[int]] = []
    for p in range(len(covariance)):
        for group in groups:
            head = group[0]
            level = all(abs(row[p] - row[head]) <= SAME for row in amounts)
            if level and _variance(covariance, p, head) == 0:
                group.append(p)
                break
        else:
            groups.append([p])
    return groups


def _variance(covariance: Sequence[Sequence[float]], p: int, r: int) -> float:
    together = covariance[p][p] + covariance[r][r]
    variance = together - 2 * covariance[p][r]
    return variance if variance > max(ROUNDING * together, SAME**2) else 0.0


def _orders(
    mean: Sequence[float], covariance: Sequence[Sequence[float]], steps: Sequence[Step]
) -> Iterator[tuple[tuple[int, ...], float]]:
    if len(covariance) > EXACT or prod(len(chances) for chances, _ in steps) > MOST_PARTS:
        yield from _sampled(mean, covariance, steps)
        return
    for chance, centre in _parts(mean, steps):
        exactly = _three(centre, covariance) if len(centre) == EXACT else _two(centre, covariance)
        for order, probability in exactly:
            yield order, chance * probability


def _parts(mean: Sequence[float], steps: Sequence[Step]) -> Iterable[tuple[float, Sequence[float]]]:
    parts: list[tuple[float, Sequence[float]]] = [(1.0, mean)]
    for chances, rows in steps:
        parts = [
            (chance * also, [c + each for c, each in zip(centre, row, strict=True)])
            for chance, centre in parts
            for also, row in zip(chances, rows, strict=True)
        ]
    return parts


def _two(mean: Sequence[float], covariance: Sequence[Sequence[float]]) -> Iterator[tuple[tuple[int, ...], float]]:
    # Also one candidate, and none.
    for order in permutations(range(len(mean))):
        yield order, below(_ahead(mean, covariance, *order)) if order[1:] else 1.0


def _three(mean: Sequence[float], covariance: Sequence[Sequence[float]]) -> Iterator[tuple[tuple[int, ...], float]]:
    first = [_first(mean, covariance, *order) for order in ((0, 1, 2), (1, 2, 0))]
    first.append(1 - fsum(first))
    # In b > c either b is first or the order is a > b > c.
    orders = list(permutations(range(3)))
    found = [max(0.0, below(_ahead(mean, covariance, b, c)) - first[b]) for _, b, c in orders]
    # Where two differences are each other's opposite, rounding leaves up to 1e-8 of an order that cannot be.
    whole = fsum(found)
    for order, probability in zip(orders, found, strict=True):
        yield order, probability / whole


def _first(mean: Sequence[float], covariance: Sequence[Sequence[float]], a: int, b: int, c: int) -> float:
    # To be first is to have both differences positive at once.
    h, k = _ahead(mean, covariance, a, b), _ahead(mean, covariance, a, c)
    spreads = _variance(covariance, a, b) * _variance(covariance, a, c)
    if spreads <= 0:
        # Whoever is always behind, before or level has nothing to do with the other one.
        return below(h) * below(k)
    shared = covariance[a][a] - covariance[a][c] - covariance[a][b] + covariance[b][c]
    return both_below(h, k, min(1.0, max(-1.0, shared / sqrt(spreads))))


def _ahead(mean: Sequence[float], covariance: Sequence[Sequence[float]], p: int, r: int) -> float:
    ahead, variance = mean[p] - mean[r], _variance(covariance, p, r)
    return ahead / sqrt(variance) if variance > 0 else copysign(inf, ahead) if abs(ahead) > SAME else 0.0


def _sampled(
    mean: Sequence[float], covariance: Sequence[Sequence[float]], steps: Sequence[Step]
) -> Iterator[tuple[tuple[int, ...], float]]:
    factor = _cholesky(covariance)
    places = range(len(covariance))
    limits = [list(accumulate(chances)) for chances, _ in steps]
    orders: dict[tuple[int, ...], int] = {}
    for point, picks in _points(len(covariance), len(steps)):
        shift = [fsum(map(float.__mul__, row, point)) for row in factor]
        for sign, mirrored in ((1, picks), (-1, [1 - each for each in picks])):
            value = [m + sign * each for m, each in zip(mean, shift, strict=True)]
            for pick, limit, (_, rows) in zip(mirrored, limits, steps, strict=True):
                row = rows[min(bisect(limit, pick), len(rows) - 1)]
                value = [v + each for v, each in zip(value, row, strict=True)]
            order = tuple(sorted(places, key=value.__getitem__, reverse=True))
            orders[order] = orders.get(order, 0) + 1
    for order, count in orders.items():
        yield order, count / (2 * POINTS)


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
def _points(size: int, picks: int) -> tuple[tuple[tuple[float, ...], tuple[float, ...]], ...]:
    # Two evenly spread coordinates become two normal ones by the polar formula of Box and Muller (1958); the last ones
    # stay as they are and pick the rows of the steps.
    pairs = (size + 1) // 2
    points = []
    for uniform in kronecker(2 * pairs + picks, POINTS):
        radii = [sqrt(-2 * log(1 - each)) for each in uniform[:pairs]]
        turns = [tau * each for each in uniform[pairs : 2 * pairs]]
        point = [f(turn) * radius for radius, turn in zip(radii, turns, strict=True) for f in (cos, sin)]
        points.append((tuple(point[:size]), tuple(uniform[2 * pairs :])))
    return tuple(points)
