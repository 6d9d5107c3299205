"""Which question to ask first, which to leave out of a short quiz, and when no further one is likely to matter."""

from __future__ import annotations

from math import fsum
from operator import mul
from typing import TYPE_CHECKING, Final

from pathfinder.answers.interview import ROUND, AnswerSheet
from pathfinder.result.certainty import Verdict, verdict
from pathfinder.result.reading import PRIOR_PRECISION, readings
from pathfinder.result.scoring import chances, rank
from pathfinder.result.wishes import variance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pathfinder.pack import Pack, Question
    from pathfinder.result.reading import Reading
    from pathfinder.result.scoring import Ranking

NEAR: Final = 1e-9
"""Gains closer than this, as a share of the largest, are equal."""

SURE: Final = 0.8
"""The leader's probability of being first from which a stop is offered: a margin above "likely".

Some of it can be taken away by what matters most, which is asked after the questions.
"""

STAYS: Final = 0.95
"""And the probability that it still leads when all is answered."""


def order(pack: Pack) -> tuple[Question, ...]:
    """Return all questions, the most telling first, in rounds of eight of which each goes theme by theme."""
    ranked = by_information(pack)
    rounds = (ranked[start : start + ROUND] for start in range(0, len(ranked), ROUND))
    return tuple(each for part in rounds for each in _by_theme(pack, part))


def short_order(pack: Pack) -> tuple[Question, ...]:
    """Return the more telling half of the questions, theme by theme."""
    ranked = by_information(pack)
    return tuple(_by_theme(pack, ranked[: (len(ranked) + 1) // 2]))


def by_information(pack: Pack) -> tuple[Question, ...]:
    """Return all questions, each the one that leaves least open about the paths' scores, given those before it."""
    contrast = contrasts(rank(pack, AnswerSheet(pack=pack.id)).evidence.profile)
    precision = [PRIOR_PRECISION] * len(contrast)
    told = {reading.question.id: gain(reading, contrast, precision) for reading in readings(pack)}
    left, taken = list(readings(pack)), []
    while left:
        enough = max(told[each.question.id] for each in left) * (1 - NEAR)
        best = left.pop(next(n for n, each in enumerate(left) if told[each.question.id] >= enough))
        for d, more in zip(best.places, best.precision, strict=True):
            precision[d] += more
        touched = set(best.places)
        told |= {each.question.id: gain(each, contrast, precision) for each in left if touched & set(each.places)}
        taken.append(best.question)
    return tuple(taken)


def contrasts(profile: Sequence[Sequence[float]]) -> list[float]:
    """Return by dimension how far the paths of a profile (paths x dimensions) stand apart: k_d = sum_p (c_pd - mean_p c_pd)^2."""
    columns = [(column, fsum(column) / len(column)) for column in zip(*profile, strict=True)]
    return [fsum((each - mean) ** 2 for each in column) for column, mean in columns]


def gain(reading: Reading, contrast: Sequence[float], precision: Sequence[float]) -> float:
    """Return by how much an answer lowers the variance of the wishes, as far as it sets paths apart: 0 or more.

    sum_d k_d (1 / P_d - 1 / (P_d + p_qd)), with `contrast` k and `precision` P by dimension.
    """
    rows = zip(reading.places, reading.precision, strict=True)
    return fsum(contrast[d] * (1 / precision[d] - 1 / (precision[d] + more)) for d, more in rows)


def offers_stop(pack: Pack, sheet: AnswerSheet, coming: Sequence[Question]) -> bool:
    """Return whether to offer to stop before the `coming` questions: the leader is likely first, and likely to stay.

    A result that would not be "likely" by itself is never offered, however small the chance that more answers help.
    """
    if not coming:
        return False
    ranking = rank(pack, sheet)
    if verdict(pack, ranking) not in {Verdict.LIKELY, Verdict.CLEAR} or ranking.standing[0].first < SURE:
        return False
    return stay(pack, ranking, coming) >= STAYS


def stay(pack: Pack, ranking: Ranking, coming: Sequence[Question]) -> float:
    """Return the probability, 0..1, that the path that leads now still leads when the coming questions are answered."""
    wishes, leader = ranking.evidence.wishes, ranking.standing[0]
    by_id = {reading.question.id: reading for reading in readings(pack)}
    precision = list(wishes.precision)
    remains = 1.0
    for question in coming:
        reading = by_id[question.id]
        for d, more in zip(reading.places, reading.precision, strict=True):
            precision[d] += more
        excluding = sum(leader.path.id in option.rules_out for option in question.options)
        remains *= 1 - excluding / len(question.options)
    later = [variance(p, wishes.noise) for p in precision]
    moving = [m * m * (v - then) for m, v, then in zip(wishes.importance, wishes.variance, later, strict=True)]
    standing = [match.place for match in ranking.standing]
    return remains * chances(ranking.evidence, standing, moving)[0]


def telling(ranking: Ranking, among: Iterable[Reading]) -> list[Reading]:
    """Return readings that say something about the person's choice, those first that would tell most now."""
    wishes = ranking.evidence.wishes
    if not ranking.standing:
        return []
    squares = [m * m for m in wishes.importance]
    contrast = list(map(mul, contrasts([ranking.evidence.profile[match.place] for match in ranking.standing]), squares))
    told = [(gain(reading, contrast, wishes.precision), reading) for reading in among]
    return [each for amount, each in sorted(told, key=lambda pair: -pair[0]) if amount > 0]


def _by_theme(pack: Pack, questions: Iterable[Question]) -> list[Question]:
    return sorted(questions, key=lambda each: pack.themes.index(each.theme))
