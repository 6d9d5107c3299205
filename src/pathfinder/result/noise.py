"""How an answer would come out if the same person read the same question once more."""

from __future__ import annotations

from functools import cache
from math import exp, fsum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pathfinder.result.scoring import Term

READING_NOISE: Final = 0.16
"""Standard deviation of one reading of a scale, as a share of the scale's width.

From a median retest correlation of .65 over 13 days for single items (Henry, Thielmann, Booth and Mottus,
PLOS ONE 2022, PMC8757920).
"""

STAYS_OF_TWO: Final = 0.8
STAYS_FALLS_BY: Final = 0.277
"""A choice of k options stays with probability .8 (2/k)^.277: .80 .71 .66 .62 .59 for two to six.

That is how often the best of k options stays the best when each one's worth is read with the same retest
correlation of .65; the power law is within .02 of it up to twelve options.
"""


def rereading(term: Term) -> tuple[float, ...]:
    """Return the probability of each option of an answered question on a re-reading; they add up to 1.

    A scale is read with normal noise: P(o) is proportional to exp(-(x_o - x)^2 / (2 s^2)), x the answer's place
    in 0..1. A choice of k options stays with probability .8 (2/k)^.277; otherwise it goes to another option with a
    probability proportional to exp(-|e_o - e|^2 / 2): sooner to one that says nearly the same than to its opposite.
    """
    size = len(term.gain)
    if term.question.scale:
        return _scale_rows(size)[term.chosen]
    options = term.question.options
    said = options[term.chosen].effects
    near = [0.0 if o == term.chosen else exp(-_distance(said, each.effects) / 2) for o, each in enumerate(options)]
    stays = STAYS_OF_TWO * (2 / size) ** STAYS_FALLS_BY
    goes = (1 - stays) / fsum(near)
    return tuple(stays if o == term.chosen else goes * each for o, each in enumerate(near))


@cache
def _scale_rows(size: int) -> tuple[tuple[float, ...], ...]:
    step = 1 / (size - 1) / READING_NOISE
    rows = [[exp(-(((o - chosen) * step) ** 2) / 2) for o in range(size)] for chosen in range(size)]
    return tuple(tuple(each / fsum(row) for each in row) for row in rows)


def _distance(some: Mapping[str, float], other: Mapping[str, float]) -> float:
    # Exact, because a set has no order to add up in that is the same in every run.
    return fsum((some.get(d, 0.0) - other.get(d, 0.0)) ** 2 for d in some.keys() | other.keys())
