"""Why a ranking is what it is, as values: what speaks for the first, what would change it, what would settle it."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Final

from pathfinder.pack import SKIP
from pathfinder.result.what_if import unseat
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pathfinder.answers.interview import AnswerSheet
    from pathfinder.pack import Pack, Question
    from pathfinder.result.answer_changes import Turn
    from pathfinder.result.scoring import Evidence, Match, Ranking


MOST_IMPORTANCE: Final = 1e9
"""Beyond it an importance is no statement about anybody, and soon no number either."""


@value
class Reason:
    """One answer behind a contribution; `amount` is its part of the margin."""

    question: str
    option: str
    amount: float


@value
class Contribution:
    """What a dimension adds to the margin: m_d (c_Ad - c_Bd) u_d, the sum of its answers, the largest first."""

    dimension: str
    amount: float
    answers: tuple[Reason, ...]


@value
class Comparison:
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
        return tuple(each for each in self.contributions if each.amount > 0)

    @property
    def speaking_against(self) -> tuple[Contribution, ...]:
        """What speaks for the other path, the strongest first."""
        return tuple(each for each in reversed(self.contributions) if each.amount < 0)


@value
class Threshold:
    """The importance (0 or more; stated ones are 0, 1 and 2) of a dimension at which another path draws level."""

    dimension: str
    before: float
    after: float
    makes_first: str


@value
class Divider:
    """The question that can move two paths farthest apart.

    `swing` is the range over its options of what it adds to the first score less the second; `for_first` and
    `for_second` are the options at the two ends; `answer` is the person's own, or None.
    """

    question: str
    answer: str | None
    swing: float
    for_first: str
    for_second: str


@value
class Explanation:
    """Everything that can be said about why; a part is None or empty where it does not apply.

    `against_runner_up` and `divider` need two paths that are not ruled out, `tipping` (fewest answers),
    `tipping_by_steps` (fewest steps) and `critical` a single leader.
    """

    against_runner_up: Comparison | None
    tipping: Turn | None
    tipping_by_steps: Turn | None
    critical: tuple[Threshold, ...]
    divider: Divider | None

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The fewest answers that unseat the leader and, where other changes take fewer steps, those; () when none do."""
        fewest, steps = self.tipping, self.tipping_by_steps
        if fewest is None:
            return ()
        return (fewest, steps) if steps is not None and steps.steps < fewest.steps else (fewest,)


def explain(pack: Pack, sheet: AnswerSheet, ranking: Ranking) -> Explanation:
    """Return why a ranking of this sheet (of paths, or of one path's tracks) is what it is."""
    pair = ranking.standing[:2]
    two = len(pair) > 1
    return Explanation(
        against_runner_up=compare(ranking.evidence, *pair) if two else None,
        tipping=unseat(pack, ranking),
        tipping_by_steps=unseat(pack, ranking, by_steps=True),
        critical=critical_importance(ranking),
        divider=divider(pack, sheet, ranking.evidence, *pair) if two else None,
    )


def compare(evidence: Evidence, first: Match, other: Match) -> Comparison:
    """Return where the difference between two scores comes from, by dimension and by answer."""
    a, b = evidence.profile[first.place], evidence.profile[other.place]
    found = []
    for d, dimension in enumerate(evidence.dimensions):
        factor = evidence.importance[d] * (a[d] - b[d])
        reasons = [
            Reason(
                question=term.question.id,
                option=term.question.options[term.chosen].id,
                amount=factor * term.effects[term.chosen][d],
            )
            for term in evidence.terms
            if term.effects[term.chosen].get(d)
        ]
        if factor and reasons:
            reasons.sort(key=lambda each: -abs(each.amount))
            amount = factor * evidence.preference[d] + 0.0
            found.append(Contribution(dimension=dimension.id, amount=amount, answers=tuple(reasons)))
    found.sort(key=lambda each: -each.amount)
    return Comparison(
        first=first.path.id, other=other.path.id, margin=first.score - other.score, contributions=tuple(found)
    )


def critical_importance(ranking: Ranking) -> tuple[Threshold, ...]:
    """Return for each dimension the nearest importance at which another path ties with the single leader.

    m*_d = m_d - (S_A - S_B) / ((c_Ad - c_Bd) u_d), the nearest over the rivals B. Left out are negative ones, which
    never happen, and those above MOST_IMPORTANCE. The smallest shift of importance comes first.
    """
    if len(ranking.leaders) != 1:
        return ()
    evidence, leader = ranking.evidence, ranking.leaders[0]
    found = []
    for d, dimension in enumerate(evidence.dimensions):
        now, levels = evidence.importance[d], []
        for rival in ranking.standing[1:]:
            slope = (evidence.profile[leader.place][d] - evidence.profile[rival.place][d]) * evidence.preference[d]
            if slope:
                level = now - (leader.score - rival.score) / slope
                if 0 <= level <= MOST_IMPORTANCE:
                    levels.append((abs(level - now), level, rival.path.id))
        if levels:
            shift, level, path = min(levels)
            found.append((shift, Threshold(dimension=dimension.id, before=now, after=level, makes_first=path)))
    return tuple(each for _, each in sorted(found, key=lambda each: each[0]))


def divider(pack: Pack, sheet: AnswerSheet, evidence: Evidence, first: Match, second: Match) -> Divider | None:
    """Return the question, answered or not, whose options move two scores farthest apart; None when none does.

    An open question counts as if it were answered beside the others: with its own reach added to n_d.
    """
    a, b = evidence.profile[first.place], evidence.profile[second.place]
    worth = {
        each.id: (m * (a[d] - b[d]), evidence.amount[d])
        for d, (each, m) in enumerate(zip(evidence.dimensions, evidence.importance, strict=True))
    }
    best: Divider | None = None
    for question in pack.questions:
        given = sheet.answers.get(question.id, SKIP)
        answer = None if given == SKIP else given
        pull = _pulls(question, worth, answered=answer is not None)
        high, low = max(pull, key=lambda o: pull[o]), min(pull, key=lambda o: pull[o])
        swing = pull[high] - pull[low]
        if swing > (best.swing if best else 0.0):
            best = Divider(question=question.id, answer=answer, swing=swing, for_first=high, for_second=low)
    return best


def _pulls(question: Question, worth: Mapping[str, tuple[float, float]], *, answered: bool) -> dict[str, float]:
    reach: dict[str, float] = {}
    for option in question.options:
        for d, e in option.effects.items():
            reach[d] = max(reach.get(d, 0.0), abs(e) * question.weight)
    share = {}
    for d, own in reach.items():
        factor, amount = worth[d]
        among = amount if answered else amount + own
        share[d] = factor * question.weight / among if among > 0 else 0.0
    return {each.id: fsum(e * share[d] for d, e in each.effects.items()) for each in question.options}
