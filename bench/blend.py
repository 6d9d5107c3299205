"""How often a path that is the exact blend of two others wins, by the way of scoring.

Run from the checkout: python bench/blend.py [SHEETS]
"""

from __future__ import annotations

import sys
from math import dist, fsum, hypot
from random import Random
from typing import TYPE_CHECKING

from people import bundled, table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Way = Callable[[Sequence[float], Sequence[float]], float]


def product(wants: Sequence[float], profile: Sequence[float]) -> float:
    """Return the scalar product."""
    return fsum(a * b for a, b in zip(wants, profile, strict=True))


def cosine(wants: Sequence[float], profile: Sequence[float]) -> float:
    """Return the centred cosine: around the neutral answer and the neutral level, both 0."""
    return product(wants, profile) / hypot(*profile)


def correlation(wants: Sequence[float], profile: Sequence[float]) -> float:
    """Return Pearson's correlation, around the means of the two rows."""
    middle, level = fsum(wants) / len(wants), fsum(profile) / len(profile)
    return cosine([each - middle for each in wants], [each - level for each in profile])


def near(wants: Sequence[float], profile: Sequence[float]) -> float:
    """Return minus the Euclidean distance."""
    return -dist(wants, profile)


def blocks(wants: Sequence[float], profile: Sequence[float]) -> float:
    """Return minus the city-block distance."""
    return -fsum(abs(a - b) for a, b in zip(wants, profile, strict=True))


WAYS: dict[str, Way] = {
    "points for options, weighted sums, scalar product": product,
    "city-block distance": blocks,
    "Euclidean distance": near,
    "profile correlation": correlation,
    "**centred profile cosine**": cosine,
}


HEAD = ("way of scoring", "blend of two random paths", "blend of academic and clinical", "the hybrid of the pack")


def shares(sheets: int) -> dict[str, tuple[float, float, float]]:
    """Return by way how often an exact blend wins, the bundled hybrid made an exact blend, and the hybrid as it is."""
    pack, random = bundled(), Random(2)
    academic, clinical, hybrid = (
        [pack.path_by_id[path].profile.get(each.id, 0.0) / 2 for each in pack.dimensions]
        for path in ("academic", "clinical", "hybrid")
    )
    wins = {name: [0, 0, 0] for name in WAYS}
    for _ in range(sheets):
        one, other = ([random.uniform(-1, 1) for _ in pack.dimensions] for _ in range(2))
        wants = [random.uniform(-1, 1) for _ in pack.dimensions]
        trios = (
            (one, other, middle(one, other)),
            (academic, clinical, middle(academic, clinical)),
            (academic, clinical, hybrid),
        )
        for name, way in WAYS.items():
            for n, (first, second, third) in enumerate(trios):
                wins[name][n] += way(wants, third) > max(way(wants, first), way(wants, second))
    return {name: (a / sheets, b / sheets, c / sheets) for name, (a, b, c) in wins.items()}


def middle(one: Sequence[float], other: Sequence[float]) -> list[float]:
    """Return the midpoint of two profiles."""
    return [(a + b) / 2 for a, b in zip(one, other, strict=True)]


def main() -> None:
    """Print the table."""
    found = shares(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
    print(table(HEAD, ((name, *(f"{each:.3f}" for each in row)) for name, row in found.items())))


if __name__ == "__main__":
    main()
