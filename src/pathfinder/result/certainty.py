"""What may be said about a ranking: the verdict, and what to say beside it.

A probability of coming first is a statement about the reading of answers, not about success in a career.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pathfinder.result.scoring import TIE
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathfinder.pack import Pack
    from pathfinder.result.scoring import Ranking

WEAK: Final = 0.4
"""A strength under this says that there is nothing to rank by, unless the leader is clear all the same.

Three in four careful people without any wish are under it, and next to nobody of the others.
"""

ANSWERED_LEAST: Final = 6
"""With fewer answers (or fewer than all, in a shorter quiz) a result is provisional, and no stop is offered."""

CLEAR: Final = 0.9
LIKELY: Final = 0.7
LEANING: Final = 0.5


class Verdict(StrEnum):
    """What may be said about the leader; the first that applies, from the bottom of the list upwards."""

    CLEAR = "clear"
    LIKELY = "likely"
    LEANING = "leaning"
    TOO_CLOSE = "too-close"
    PROVISIONAL = "provisional"
    NO_PREFERENCE = "no-preference"


class Code(StrEnum):
    """What a note says."""

    CONTRADICTORY = "contradictory"
    """Picking at random explains the answers better than any wishes do."""
    ALL_RULED_OUT = "all-ruled-out"
    ONE_LEFT = "one-left"
    """Every path but one is ruled out, so that nothing was compared."""
    WOULD_HAVE_COME_FIRST = "would-have-come-first"
    """A ruled-out path scores higher than every path that is left."""
    FIRST_MORE_OFTEN = "first-more-often"
    """Another path than the leader is more likely to be first; the order stays that of the scores."""


@value
class Note:
    """Something to say beside the verdict: `about` names the paths concerned."""

    code: Code
    about: tuple[str, ...] = ()


def verdict(pack: Pack, ranking: Ranking) -> Verdict:
    """Return what may be said about the leader.

    No preference (also when everything is ruled out) goes before provisional, that before a shared first place,
    and that before the probability of coming first.
    """
    standing, wishes = ranking.standing, ranking.evidence.wishes
    if not standing or (ranking.strength < WEAK and standing[0].first < CLEAR):
        return Verdict.NO_PREFERENCE
    if wishes.contradictory or len(wishes.terms) < min(ANSWERED_LEAST, len(pack.questions)):
        return Verdict.PROVISIONAL
    sure = standing[0].first
    if len(ranking.leaders) > 1 or sure < LEANING:
        return Verdict.TOO_CLOSE
    if sure < LIKELY:
        return Verdict.LEANING
    return Verdict.LIKELY if sure < CLEAR else Verdict.CLEAR


def notes_on(ranking: Ranking) -> Iterator[Note]:
    """Yield what else ought to be said about a ranking of paths."""
    standing = ranking.standing
    if ranking.evidence.wishes.contradictory:
        yield Note(code=Code.CONTRADICTORY)
    if not standing:
        yield Note(code=Code.ALL_RULED_OUT)
    elif len(standing) == 1 < len(ranking.matches):
        yield Note(code=Code.ONE_LEFT, about=(standing[0].path.id,))
    best = standing[0].score if standing else float("inf")
    better = tuple(match.path.id for match in ranking.matches if match.ruled_out and match.score - best >= TIE)
    if better:
        yield Note(code=Code.WOULD_HAVE_COME_FIRST, about=better)
    if len(ranking.leaders) == 1:
        likeliest = max(standing, key=lambda each: each.first)
        if likeliest.first - standing[0].first > TIE:
            yield Note(code=Code.FIRST_MORE_OFTEN, about=(likeliest.path.id,))
