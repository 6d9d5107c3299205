"""Why a ranking is what it is, as values: what speaks for the first, what would change it, what would settle it."""

from __future__ import annotations

from math import fsum
from operator import mul
from typing import TYPE_CHECKING, Final

from pathfinder.result.order import telling
from pathfinder.result.reading import readings
from pathfinder.result.tension import pulling
from pathfinder.result.what_if import unseat
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathfinder.pack import Pack
    from pathfinder.result.answer_changes import Turn
    from pathfinder.result.reading import Reading
    from pathfinder.result.scoring import Evidence, Match, Ranking
    from pathfinder.result.tension import Pull
    from pathfinder.result.wishes import Wishes


MOST_IMPORTANCE: Final = 1e9
"""Beyond it an importance is no statement about anybody, and soon no number either."""

TELLING: Final = 3
"""So many questions that would tell most are named."""


@value
class Reason:
    """One answer behind a contribution: `amount` is its part.

    `speaks` says that the chosen option has an effect on the dimension; an option that names nothing still takes a
    little of a wish, which belongs to the sum and is not worth words.
    """

    question: str
    option: str
    amount: float
    speaks: bool


@value
class Contribution:
    """What a dimension adds, the sum of its answers: m_d c_d theta_d, or m_d (c_Ad - c_Bd) theta_d of a margin."""

    dimension: str
    amount: float
    answers: tuple[Reason, ...]

    @property
    def named(self) -> tuple[Reason, ...]:
        """The answers worth words, the largest first."""
        return tuple(each for each in self.answers if each.speaks)


@value
class Lead:
    """The first path against another: `margin` = S_first - S_other, to which the contributions add up.

    They stand by amount: what speaks most for the first path first, what speaks most against it last.
    """

    first: str
    other: str
    margin: float
    contributions: tuple[Contribution, ...]

    @property
    def speaking_for(self) -> tuple[Contribution, ...]:
        """What speaks for the first path, the strongest first."""
        return tuple(part for part in self.contributions if part.amount > 0)

    @property
    def speaking_against(self) -> tuple[Contribution, ...]:
        """What speaks for the other path, the strongest first."""
        return tuple(part for part in reversed(self.contributions) if part.amount < 0)


@value
class Threshold:
    """The importance (0 or more; stated ones are 0, 1 and 1.5) of a dimension at which another path draws level."""

    dimension: str
    before: float
    after: float
    makes_first: str


@value
class Explanation:
    """Everything that can be said about why; a part is None or empty where it does not apply.

    `fits` is the leader's own score by dimension, largest first. `against_runner_up` and `divider` need two paths that
    are not ruled out, `tipping` (fewest answers), `tipping_by_steps` (fewest steps) and `critical` a single leader.
    `pulling` holds pairs of answers that contradict each other most, where all answers together do; `telling` the ids of
    up to three questions that would tell most: open ones or else those answered in the middle.
    """

    fits: tuple[Contribution, ...]
    against_runner_up: Lead | None
    tipping: Turn | None
    tipping_by_steps: Turn | None
    critical: tuple[Threshold, ...]
    divider: str | None
    pulling: tuple[Pull, ...]
    telling: tuple[str, ...]

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The fewest answers that unseat the leader and, where other changes take fewer steps, those; () when none do."""
        fewest, steps = self.tipping, self.tipping_by_steps
        if fewest is None:
            return ()
        return (fewest, steps) if steps is not None and steps.steps < fewest.steps else (fewest,)


def explain(pack: Pack, ranking: Ranking) -> Explanation:
    """Return why a ranking of the pack's paths is what it is."""
    pair, wishes = ranking.standing[:2], ranking.evidence.wishes
    two = len(pair) > 1
    fewest, by_steps = unseat(pack, ranking)
    return Explanation(
        fits=contributions(wishes, ranking.evidence.profile[pair[0].place]) if pair else (),
        against_runner_up=lead_over(ranking.evidence, *pair) if two else None,
        tipping=fewest,
        tipping_by_steps=by_steps,
        critical=critical_importance(ranking),
        divider=divider(pack, ranking.evidence, *pair) if two else None,
        pulling=pulling(wishes) if wishes.contradictory else (),
        telling=_telling(pack, ranking),
    )


def contributions(wishes: Wishes, direction: Sequence[float]) -> tuple[Contribution, ...]:
    """Return what each dimension with answers adds to sum_d m_d direction_d theta_d, the largest first."""
    reasons: dict[int, list[Reason]] = {}
    for reading, chosen, parts in wishes.terms:
        option = reading.question.options[chosen].id
        for d, part, effect in zip(reading.places, parts, reading.effects[chosen], strict=True):
            factor = wishes.importance[d] * direction[d]
            if factor:
                reason = Reason(question=reading.question.id, option=option, amount=factor * part, speaks=effect != 0)
                reasons.setdefault(d, []).append(reason)
    found = [
        Contribution(
            dimension=wishes.dimensions[d].id,
            amount=wishes.importance[d] * direction[d] * wishes.value[d] + 0.0,
            answers=tuple(sorted(behind, key=lambda each: -abs(each.amount))),
        )
        for d, behind in sorted(reasons.items())
    ]
    return tuple(sorted(found, key=lambda each: -each.amount))


def lead_over(evidence: Evidence, first: Match, other: Match) -> Lead:
    """Return where the difference between two scores comes from, by dimension and by answer."""
    pair = zip(evidence.profile[first.place], evidence.profile[other.place], strict=True)
    return Lead(
        first=first.path.id,
        other=other.path.id,
        margin=first.score - other.score,
        contributions=contributions(evidence.wishes, [a - b for a, b in pair]),
    )


def critical_importance(ranking: Ranking) -> tuple[Threshold, ...]:
    """Return for each dimension the nearest importance at which another path ties with the single leader.

    m*_d = m_d - (S_A - S_B) / ((c_Ad - c_Bd) theta_d), the nearest over the rivals B. Left out are negative ones, which
    never happen, and those above MOST_IMPORTANCE. The smallest shift of importance comes first.
    """
    if len(ranking.leaders) != 1:
        return ()
    evidence, leader = ranking.evidence, ranking.leaders[0]
    wishes, found = evidence.wishes, []
    for d, dimension in enumerate(wishes.dimensions):
        now, levels = wishes.importance[d], []
        for rival in ranking.standing[1:]:
            slope = (evidence.profile[leader.place][d] - evidence.profile[rival.place][d]) * wishes.value[d]
            if slope:
                level = now - (leader.score - rival.score) / slope
                if 0 <= level <= MOST_IMPORTANCE:
                    levels.append((abs(level - now), level, rival.path.id))
        if levels:
            shift, level, path = min(levels)
            found.append((shift, Threshold(dimension=dimension.id, before=now, after=level, makes_first=path)))
    return tuple(each for _, each in sorted(found, key=lambda each: each[0]))


def divider(pack: Pack, evidence: Evidence, first: Match, second: Match) -> str | None:
    """Return the id of the question, answered or not, whose options move two scores farthest apart; None when none does.

    An open question counts as if it were answered beside the others: with its own precision added.
    """
    wishes = evidence.wishes
    pair = zip(evidence.profile[first.place], evidence.profile[second.place], strict=True)
    worth = [m * (a - b) for m, (a, b) in zip(wishes.importance, pair, strict=True)]
    given = _given(wishes)
    best, widest = None, 0.0
    for reading in readings(pack):
        pulls = _pulls(reading, worth, wishes.precision, answered=reading.question.id in given)
        swing = max(pulls) - min(pulls)
        if swing > widest:
            best, widest = reading.question.id, swing
    return best


def _pulls(reading: Reading, worth: Sequence[float], precision: Sequence[float], *, answered: bool) -> list[float]:
    # Levels are the same for all options, so they drop out of the range.
    own = (0.0,) * len(reading.places) if answered else reading.precision
    share = [worth[d] / (precision[d] + more) for d, more in zip(reading.places, own, strict=True)]
    return [fsum(map(mul, share, row)) for row in reading.pulls]


def _telling(pack: Pack, ranking: Ranking) -> tuple[str, ...]:
    given = _given(ranking.evidence.wishes)
    found = telling(ranking, (reading for reading in readings(pack) if reading.question.id not in given))
    if not found:
        middle = [term.reading for term in ranking.evidence.wishes.terms if not any(term.reading.effects[term.chosen])]
        found = telling(ranking, middle)
    return tuple(each.question.id for each in found[:TELLING])


def _given(wishes: Wishes) -> set[str]:
    return {term.reading.question.id for term in wishes.terms}
