"""Which answers pull against each other: what somebody should read once more when all answers together contradict."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from pathfinder.value import value

if TYPE_CHECKING:
    from pathfinder.result.wishes import Wishes

PAIRS: Final = 3
"""So many pairs are told, each answer in one of them at most."""


@value
class Pull:
    """Two answers about a dimension: `more` and `less` are the ids of the questions, by what their answers want of it.

    `amount` is the squared distance of the two wishes that they would give alone, over the variance it has by chance.
    """

    dimension: str
    more: str
    less: str
    amount: float


def pulling(wishes: Wishes) -> tuple[Pull, ...]:
    """Return the pairs of answers that contradict each other most, the strongest first."""
    more: dict[int, list[tuple[str, float, float]]] = {}
    less: dict[int, list[tuple[str, float, float]]] = {}
    for reading, chosen, _ in wishes.terms:
        for d, e, level, slope, v in zip(reading.places, reading.effects[chosen], *reading.linear, strict=True):
            # An option that says nothing about the dimension contradicts nobody in words.
            if e and slope > 0 and wishes.importance[d]:
                side = more if e > 0 else less
                side.setdefault(d, []).append((reading.question.id, (e - level) / slope, v / slope**2))
    pairs = [
        Pull(dimension=wishes.dimensions[d].id, more=a, less=b, amount=(x - y) ** 2 / (u + v))
        for d in more.keys() & less.keys()
        for (a, x, u), (b, y, v) in product(more[d], less[d])
        if x > y
    ]
    pairs.sort(key=lambda each: (-each.amount, each.dimension, each.more, each.less))
    used: set[str] = set()
    kept = []
    for pair in pairs:
        if not used & {pair.more, pair.less}:
            used |= {pair.more, pair.less}
            kept.append(pair)
    return tuple(kept[:PAIRS])
