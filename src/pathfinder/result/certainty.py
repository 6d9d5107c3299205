"""How sure a ranking is: what would come first if the same person read the same questions once more.

With P(o) the probability that option o is given on a re-reading, vm the variance of importance and 1/3 that of
a preference nobody has asked about:

    mu_p = sum_q E[g_q.p]
    C_pr = sum_q Cov(g_q.p, g_q.r) + vm sum_d m_d^2 c_pd c_rd (Var u_d + E[u_d]^2)
           + (1 + vm)/3 sum over dimensions without an answer of m_d^2 c_pd c_rd

`first` is a statement about the reading of answers, not about success in a career.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import combinations, groupby
from math import ceil, fsum, sqrt
from typing import TYPE_CHECKING, Final

from pathfinder.pack import SKIP
from pathfinder.result.noise import rereading
from pathfinder.result.normal import EXACT, acceptability
from pathfinder.result.scoring import TIE
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pathfinder.answers.interview import AnswerSheet
    from pathfinder.pack import Pack
    from pathfinder.result.normal import Step
    from pathfinder.result.scoring import Evidence, Ranking, Term

IMPORTANCE_VARIANCE: Final = 0.09
"""Variance of a person's hidden importance of a dimension around the stated one, as a share of its square."""

PRIOR_VARIANCE: Final = 1 / 3
"""Variance of a preference without any answer: uniform in [-1, 1]."""

TAKEN_APART: Final = 2
"""So many of the questions that move the scores most are taken option by option, all combinations of them."""

TAKEN_APART_BY_POINTS: Final = 6
"""So many where the combinations are drawn by fixed points: with two, one random quiz in forty was off by .06 to .09."""

NO_PREFERENCE_BELOW: Final = 0.15
"""A strength under this says that there is nothing to rank by.

One mild wish (u = .5) among eleven dimensions gives .15. So does mere noise: on the bundled pack, neutral answers
re-read have a strength of .15 to .30 (5th to 95th percentile), simulated people with preferences .40 to .60.
"""

CLEAR: Final = 0.9
LIKELY: Final = 0.7
LEANING: Final = 0.5

CARELESS_RUN: Final = 10
"""So many equal answers running are noted."""

CARELESS_SHARE: Final = 0.75
"""A larger share of equal answers is noted."""

CARELESS_LEAST: Final = 12
"""The share counts from so many answers on: below, it would speak of fewer equal answers than the run does."""

SLACK: Final = 1e-9
"""Room for rounding where a bound says that there is nothing to find."""

STEP: Final = 20
"""For people a probability is rounded to a twentieth."""


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

    SAME_STEP = "same-step"
    """Careless? One step of the scale ten times running, or in more than three quarters of the scales."""
    SAME_PLACE = "same-place"
    """Careless? The option at one place ten times running, or in more than three quarters of all answers."""
    ALL_RULED_OUT = "all-ruled-out"
    ONE_LEFT = "one-left"
    """Every path but one is ruled out, so that nothing was compared."""
    WOULD_HAVE_COME_FIRST = "would-have-come-first"
    """A ruled-out path scores higher than every path that is left."""
    FIRST_MORE_OFTEN = "first-more-often"
    """Another path than the leader comes first in more re-readings; the order stays that of the scores."""


@value
class Note:
    """Something to say beside the verdict: `about` names the paths concerned, or the step or place repeated."""

    code: Code
    about: tuple[str, ...] = ()


@value
class Confidence:
    """What a re-reading would bring, by the candidates' places in the evidence.

    `first[p]` in 0..1 is the probability of coming first, `acceptability[p][r]` that of rank r + 1; both are 0
    for a ruled-out path.
    """

    first: tuple[float, ...]
    acceptability: tuple[tuple[float, ...], ...]


def assess(ranking: Ranking) -> Confidence:
    """Return how sure a ranking is; ruled-out candidates take no part."""
    # In the order of the ranking, so that the one in the file changes no digit.
    standing = [each.place for each in ranking.standing]
    table = _table(ranking.evidence, standing) if standing else ()
    size = len(ranking.matches)
    rows = [[0.0] * size for _ in range(size)]
    for p, row in zip(standing, table, strict=True):
        rows[p][: len(row)] = row
    return Confidence(
        first=tuple(row[0] for row in rows),
        acceptability=tuple(map(tuple, rows)),
    )


def verdict(ranking: Ranking, confidence: Confidence) -> Verdict:
    """Return what may be said about the leader.

    No preference (also when everything is ruled out) goes before provisional, that before a shared first place,
    and that before the probability of coming first.
    """
    standing = ranking.standing
    if not standing or ranking.strength < NO_PREFERENCE_BELOW:
        return Verdict.NO_PREFERENCE
    if ranking.provisional:
        return Verdict.PROVISIONAL
    sure = confidence.first[standing[0].place]
    if len(ranking.leaders) > 1 or sure < LEANING:
        return Verdict.TOO_CLOSE
    if sure < LIKELY:
        return Verdict.LEANING
    return Verdict.LIKELY if sure < CLEAR else Verdict.CLEAR


def notes(pack: Pack, sheet: AnswerSheet, ranking: Ranking, confidence: Confidence) -> tuple[Note, ...]:
    """Return what else ought to be said about a sheet and its ranking of paths."""
    standing, found = ranking.standing, list(_careless(pack, sheet))
    if not standing:
        found.append(Note(code=Code.ALL_RULED_OUT))
    elif len(standing) == 1 < len(ranking.matches):
        found.append(Note(code=Code.ONE_LEFT, about=(standing[0].path.id,)))
    best = standing[0].score if standing else float("inf")
    better = tuple(each.path.id for each in ranking.matches if each.ruled_out and each.score - best >= TIE)
    if better:
        found.append(Note(code=Code.WOULD_HAVE_COME_FIRST, about=better))
    if len(ranking.leaders) == 1:
        likeliest = max(standing, key=lambda each: confidence.first[each.place])
        if confidence.first[likeliest.place] - confidence.first[standing[0].place] > TIE:
            found.append(Note(code=Code.FIRST_MORE_OFTEN, about=(likeliest.path.id,)))
    return tuple(found)


def for_people(probability: float) -> str:
    """Return a probability as people see it: rounded to 5 %, and never surer than "<5 %" or ">95 %"."""
    if probability > 1 - 1 / STEP:
        return ">95 %"
    if probability < 1 / STEP:
        return "<5 %"
    # Halves go down: the number claims less, not more.
    return f"{ceil(probability * STEP - 0.5) * 100 // STEP} %"


def moments(evidence: Evidence, against: int | None = None) -> tuple[list[float], list[list[float]]]:
    """Return mean (n) and covariance (n x n) of the scores on a re-reading of the answered questions.

    Or of their differences to the score of the candidate at the place `against`. Orders depend on nothing else, and where
    two paths share what weighs most, the variance of their difference would be lost in the rounding of the variances
    that it is made of.
    """
    places, size = range(len(evidence.candidates)), len(evidence.dimensions)
    mean, upper = [0.0 for _ in places], [[0.0 for _ in places] for _ in places]
    centre, spread = [0.0] * size, [0.0] * size
    for term in evidence.terms:
        chances = rereading(term)
        _add_scores(mean, upper, chances, term.gain if against is None else _less(term.gain, against))
        _add_preferences(centre, spread, chances, term.effects)
    for d, importance in enumerate(evidence.importance):
        unsure = IMPORTANCE_VARIANCE * (spread[d] + centre[d] ** 2)
        if evidence.amount[d] <= 0:
            unsure = PRIOR_VARIANCE * (1 + IMPORTANCE_VARIANCE)
        ahead = 0.0 if against is None else evidence.profile[against][d]
        share = [importance * (row[d] - ahead) for row in evidence.profile]
        if unsure and any(share):
            for p in places:
                for r in range(p, len(places)):
                    upper[p][r] += unsure * share[p] * share[r]
    return mean, [[upper[min(p, r)][max(p, r)] for r in places] for p in places]


def _table(evidence: Evidence, standing: Sequence[int]) -> tuple[tuple[float, ...], ...]:
    mean, covariance = moments(evidence, standing[0])
    steps, rest = _apart(evidence, standing, covariance)
    return acceptability([mean[p] for p in standing], rest, steps)


def _less(rows: Sequence[Sequence[float]], place: int) -> list[list[float]]:
    return [[each - row[place] for each in row] for row in rows]


def _apart(
    evidence: Evidence, standing: Sequence[int], covariance: Sequence[Sequence[float]]
) -> tuple[list[Step], list[list[float]]]:
    """Return the re-readings of the answers that move `standing` most as steps around 0, and the covariance of the rest.

    A sum of many small answers is nearly normal; a heavy choice among them is not. Taking it option by option brings
    P(first) of three paths from within .09 to within .02 of the full discrete model.
    """
    places, leader = range(len(standing)), standing[0]
    rest = [[covariance[p][r] for r in standing] for p in standing]
    count = TAKEN_APART if len(standing) <= EXACT else TAKEN_APART_BY_POINTS
    steps: list[Step] = []
    for term in sorted(evidence.terms, key=lambda each: -_leverage(each, standing))[:count]:
        chances = rereading(term)
        gain = [[row[p] - row[leader] for p in standing] for row in term.gain]
        own, upper = [0.0 for _ in places], [[0.0 for _ in places] for _ in places]
        _add_scores(own, upper, chances, gain)
        rest = [[rest[p][r] - upper[min(p, r)][max(p, r)] for r in places] for p in places]
        steps.append((chances, [[g - e for g, e in zip(row, own, strict=True)] for row in gain]))
    return steps, rest


def _leverage(term: Term, standing: Sequence[int]) -> float:
    """Return the largest variance that a re-reading of this answer gives the difference of two candidates."""
    chances, columns = rereading(term), tuple(zip(*term.gain, strict=True))
    spread = {p: sqrt(max(0.0, _variance(chances, columns[p]))) for p in standing}
    widest = 0.0
    for p, r in combinations(sorted(standing, key=lambda each: -spread[each]), 2):
        # Two deviations together are the most that a difference can have, and later pairs have less.
        if (spread[p] + spread[r]) ** 2 * (1 + SLACK) > widest:
            widest = max(widest, _variance(chances, [a - b for a, b in zip(columns[p], columns[r], strict=True)]))
    return widest


def _variance(chances: Sequence[float], amounts: Sequence[float]) -> float:
    middle = fsum(map(float.__mul__, chances, amounts))
    return fsum(map(float.__mul__, chances, [each * each for each in amounts])) - middle * middle


def _add_scores(
    mean: list[float], upper: list[list[float]], chances: Sequence[float], gain: Sequence[Sequence[float]]
) -> None:
    expected = [fsum(map(float.__mul__, chances, column)) for column in zip(*gain, strict=True)]
    for p, each in enumerate(expected):
        mean[p] += each
    for chance, row in zip(chances, gain, strict=True):
        away = [g - e for g, e in zip(row, expected, strict=True)]
        for p, each in enumerate(away):
            weighted, row_of_p = chance * each, upper[p]
            row_of_p[p:] = [sum_ + weighted * other for sum_, other in zip(row_of_p[p:], away[p:], strict=True)]


def _add_preferences(
    centre: list[float], spread: list[float], chances: Sequence[float], effects: Sequence[Mapping[int, float]]
) -> None:
    first: dict[int, float] = {}
    second: dict[int, float] = {}
    for chance, row in zip(chances, effects, strict=True):
        for d, e in row.items():
            first[d] = first.get(d, 0.0) + chance * e
            second[d] = second.get(d, 0.0) + chance * e * e
    for d, each in first.items():
        centre[d] += each
        spread[d] += second[d] - each * each


def _careless(pack: Pack, sheet: AnswerSheet) -> Iterator[Note]:
    answered = [each for each in pack.in_order if sheet.answers.get(each.id, SKIP) != SKIP]
    places = {each.id: each.index(sheet.answers[each.id]) + 1 for each in answered}
    for code, asked in (
        (Code.SAME_STEP, [places[each.id] for each in answered if each.scale]),
        (Code.SAME_PLACE, [places[each.id] for each in answered]),
    ):
        repeated = _repeated(asked)
        if repeated:
            yield Note(code=code, about=(str(repeated),))


def _repeated(places: Sequence[int]) -> int | None:
    for place, run in groupby(places):
        if len(list(run)) >= CARELESS_RUN:
            return place
    for place in sorted(set(places)):
        if len(places) >= CARELESS_LEAST and places.count(place) > CARELESS_SHARE * len(places):
            return place
    return None
