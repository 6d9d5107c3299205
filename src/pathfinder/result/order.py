"""Which question to ask first, which to leave out of a short quiz, and when no further one can matter.

A question is taken by its linear approximation (`items`): the effect of the chosen option on d is
`level + slope theta_d + error`. So theta has a normal forecast from the answers given, and so have the scores of
the full quiz: the answers still to come have the forecast's mean and, as variance, that of theta (shared by all
questions on d) and that of their own errors.
"""

from __future__ import annotations

from math import fsum, prod
from operator import mul
from typing import TYPE_CHECKING, Final

from pathfinder.answers.interview import AnswerSheet
from pathfinder.pack import SKIP
from pathfinder.result.certainty import PRIOR_VARIANCE
from pathfinder.result.information import read, total
from pathfinder.result.normal import acceptability
from pathfinder.result.scoring import rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pathfinder.answers.interview import Interview
    from pathfinder.pack import Pack, Question, Scale
    from pathfinder.result.information import Item
    from pathfinder.result.scoring import Ranking

SETTLED: Final = 0.95
"""From this probability on the quiz offers to stop."""

ASKED_LEAST: Final = 6
"""Never before so many answers."""

MOST_READ: Final = 250_000
"""So much reading of questions, in squares of the dimensions that each is about, takes about a second."""

NEAR: Final = 1e-9
"""Gains closer than this, as a share of the larger, are equal."""


def is_quickly_read(pack: Pack) -> bool:
    """Whether what the questions tell can be worked out while a person waits: everything here begins with that."""
    about = (len({d for option in each.options for d in option.effects}) for each in pack.questions)
    return sum(each**2 for each in about) <= MOST_READ


def informative_order(pack: Pack) -> tuple[Question, ...]:
    """Return all questions theme by theme, within each the one first that leaves least open about the full quiz.

    What is open is the variance of the difference between two paths' full scores, summed over all pairs of paths,
    before anything is known about the answers. So a second question on a dimension waits for a first on others.
    """
    plan, taken = _Plan(pack), []
    for theme in pack.themes:
        open_ = [each for each in pack.questions if each.theme == theme]
        while open_:
            taken.append(plan.take(open_))
            open_ = [each for each in open_ if each is not taken[-1]]
    return tuple(taken)


def short_order(pack: Pack) -> tuple[Question, ...]:
    """Return the most informative half of the questions, theme by theme, most informative first.

    Every dimension that the pack asks about keeps a question, as far as half of them can reach.
    """
    plan, slots = _Plan(pack), (len(pack.questions) + 1) // 2
    missing = {d for item in plan.items.values() for d in item.reach}
    open_, chosen = list(pack.questions), []
    for left in range(slots, 0, -1):
        news = {each.id: len(missing & plan.items[each.id].reach.keys()) for each in open_}
        # As soon as there are no more slots than dimensions without a question, those come first; fewer slots than
        # dimensions go to the questions that read most of them.
        least = 0 if len(missing) < left else 1 if len(missing) == left else max(news.values())
        question = plan.take([each for each in open_ if news[each.id] >= least] or open_)
        open_ = [each for each in open_ if each is not question]
        missing -= plan.items[question.id].reach.keys()
        chosen.append(question)
    return tuple(each for theme in pack.themes for each in chosen if each.theme == theme)


def settled(interview: Interview) -> float:
    """Return the probability, 0..1, that the path that leads now leads after the last question of the order.

    Questions not asked yet count as going to be answered, skipped ones as staying so. 0 when no path leads alone.
    Importance and dealbreakers, which the quiz asks for after the questions, are taken as not given.
    """
    pack, answers = interview.pack, interview.answers
    given = {q: o for q, o in answers.items() if o != SKIP}
    ranking = rank(pack, AnswerSheet(pack=pack.id, answers=given))
    if len(ranking.leaders) != 1:
        return 0.0
    leader = ranking.leaders[0]
    coming = [read(each) for each in interview.order if each.id not in answers]
    mean, covariance = _forecast(ranking, given, [read(pack.question_by_id[each]) for each in given], coming)
    standing = [each.place for each in ranking.standing]
    table = acceptability([mean[p] for p in standing], [[covariance[p][r] for r in standing] for p in standing])
    return table[0][0] * prod(1 - _excluding(item.question, leader.path.id) for item in coming)


def offers_stop(interview: Interview) -> bool:
    """Return whether to offer to stop: enough answers, questions left, and the leader all but sure to stay."""
    answered = sum(each != SKIP for each in interview.answers.values())
    left = any(each.id not in interview.answers for each in interview.order)
    return left and answered >= ASKED_LEAST and settled(interview) >= SETTLED


class _Plan:
    """Which questions have been taken and what they leave open about the scores of the full quiz."""

    def __init__(self, pack: Pack) -> None:
        self.items = {each.id: read(each) for each in pack.questions}
        profile = rank(pack, AnswerSheet(pack=pack.id)).evidence.profile
        amount = total(item.reach for item in self.items.values())
        share = [
            {each.id: row[d] / amount[each.id] for d, each in enumerate(pack.dimensions) if amount.get(each.id)}
            for row in profile
        ]
        self.contrast = _contrasts(share)
        self.coming = total(item.slope for item in self.items.values())
        self.precision = dict.fromkeys(amount, 1 / PRIOR_VARIANCE)
        self.agreed = dict.fromkeys(amount, 0.0)
        self.own = {
            name: fsum(self.contrast[d][h] * e for d, row in item.error.items() for h, e in row.items())
            for name, item in self.items.items()
        }
        self.readings = {
            name: [(d, slope, item.precision(d)) for d, slope in item.slope.items()]
            for name, item in self.items.items()
        }

    def take(self, open_: Sequence[Question]) -> Question:
        """Choose and take the question that tells most; among equals, the one by which agreeing favours nobody."""
        now = {d: each**2 / self.precision[d] for d, each in self.coming.items()}
        gains = [self.gain(each.id, now) for each in open_]
        enough = max(gains) - NEAR * abs(max(gains))
        best = min((q for q, gain in zip(open_, gains, strict=True) if gain >= enough), key=self.tilt)
        if best.scale and best.scale.dimension in self.agreed:
            self.agreed[best.scale.dimension] += _agreement(best.scale, best.weight)
        for d, slope, precision in self.readings[best.id]:
            self.coming[d] -= slope
            self.precision[d] += precision
        return best

    def gain(self, question: str, now: Mapping[str, float]) -> float:
        """Return by how much the variance that is open falls when this question is answered; `now` it is that by d."""
        gain = self.own[question]
        for d, slope, precision in self.readings[question]:
            after = (self.coming[d] - slope) ** 2 / (self.precision[d] + precision)
            gain += self.contrast[d][d] * (now[d] - after)
        return gain

    def tilt(self, question: Question) -> float:
        """Return how unevenly always agreeing would treat the paths after this question.

        Agreeing k_d times (net) with questions on d brings a path sum_d k_d share_d over the other of a pair; this is
        the sum of the squares over all pairs.
        """
        agreed = self.agreed
        if question.scale and question.scale.dimension in agreed:
            d = question.scale.dimension
            agreed = {**agreed, d: agreed[d] + _agreement(question.scale, question.weight)}
        said = {d: each for d, each in agreed.items() if each}
        return round(fsum(a * b * self.contrast[d][h] for d, a in said.items() for h, b in said.items()), 9)


def _contrasts(share: Sequence[Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """Return by two dimensions the sum over all pairs of paths a, b of (a_d - b_d) (a_h - b_h)."""
    # The paths' distances from their mean give the same, K times over, without looking at the pairs.
    names = list(share[0]) if share else []
    mean = {d: fsum(row[d] for row in share) / len(share) for d in names}
    columns = {d: [row[d] - mean[d] for row in share] for d in names}
    return {d: {h: len(share) * fsum(map(mul, columns[d], columns[h])) for h in names} for d in names}


def _agreement(scale: Scale, weight: float) -> float:
    return weight if scale.keyed == "+" else -weight


def _forecast(
    ranking: Ranking, given: Mapping[str, str], answered: Sequence[Item], coming: Sequence[Item]
) -> tuple[list[float], list[list[float]]]:
    """Return mean and covariance of the scores that the full quiz will give."""
    evidence = ranking.evidence
    amount = total(item.reach for item in (*answered, *coming))
    place = {each.id: d for d, each in enumerate(evidence.dimensions) if amount.get(each.id)}
    share = [{h: evidence.importance[d] * row[d] / amount[h] for h, d in place.items()} for row in evidence.profile]
    ahead = total(item.slope for item in coming)
    theta, variance = _beliefs(given, answered, place)
    said = total(
        {d: item.question.weight * e for d, e in item.question.option(given[item.question.id]).effects.items()}
        for item in answered
    )
    levels = total(item.level for item in coming)
    full = {d: said.get(d, 0.0) + levels.get(d, 0.0) + ahead.get(d, 0.0) * theta[d] for d in place}
    mean = [fsum(row[d] * full[d] for d in place) for row in share]
    shared = {d: ahead[d] ** 2 * variance[d] for d in ahead}
    unsure: dict[str, dict[str, float]] = {d: {d: each} for d, each in shared.items()}
    for item in coming:
        for d, row in item.error.items():
            together = unsure[d]
            for h, e in row.items():
                together[h] = together.get(h, 0.0) + e
    pull = [total({h: a[d] * e for h, e in row.items()} for d, row in unsure.items()) for a in share]
    return mean, [[fsum(b[h] * e for h, e in row.items()) for b in share] for row in pull]


def _beliefs(
    given: Mapping[str, str], answered: Sequence[Item], dimensions: Iterable[str]
) -> tuple[dict[str, float], dict[str, float]]:
    """Return mean and variance of theta by dimension, after the answers; errors count as independent."""
    precision = dict.fromkeys(dimensions, 1 / PRIOR_VARIANCE)
    weighted = dict.fromkeys(precision, 0.0)
    for item in answered:
        effects = item.question.option(given[item.question.id]).effects
        for d, slope in item.slope.items():
            error = item.error[d][d]
            if error > 0:
                precision[d] += item.precision(d)
                weighted[d] += slope * (item.question.weight * effects.get(d, 0.0) - item.level[d]) / error
    return {d: weighted[d] / precision[d] for d in precision}, {d: 1 / each for d, each in precision.items()}


def _excluding(question: Question, path: str) -> float:
    return sum(path in each.rules_out for each in question.options) / len(question.options)
