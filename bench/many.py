"""The results of many people at once, in numpy: the same rules as the program's, held to it for some of them.

With a crowd before a pack that rules nothing out, everything is arrays by person. The first people of every crowd are
also given to the program itself: another score, or a chance that is off, ends the measurement.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np
from numpy.polynomial.legendre import leggauss
from scipy.special import ndtr

from pathfinder.answers.interview import AnswerSheet
from pathfinder.result.reading import NOISE, readings
from pathfinder.result.scoring import rank
from pathfinder.result.wishes import HIDDEN_IMPORTANCE, MATTERS_MOST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from people import Crowd

    from pathfinder.pack import Pack, Question

HELD = 25
"""So many people of each crowd are held to the program."""

DRAWS = 1_000
"""Draws by which chances among more than three paths are taken; half of them are the mirror images of the others."""

CLEAR, LIKELY, LEANING, WEAK, LEAST = 0.9, 0.7, 0.5, 0.4, 6

_NODES, _WEIGHTS = leggauss(20)


@dataclass(frozen=True, slots=True)
class Results:
    """By person: the leader's place, its chance, the verdict, whether the answers contradict each other.

    `score`, `precision`, `noise` and `importance` are what the chance to stay is worked out from.
    """

    leader: np.ndarray
    first: np.ndarray
    verdict: np.ndarray
    contradictory: np.ndarray
    score: np.ndarray
    precision: np.ndarray
    noise: np.ndarray
    importance: np.ndarray

    def of(self, chosen: np.ndarray) -> Results:
        """Return what some of the people are told."""
        return Results(*(getattr(self, each.name)[chosen] for each in fields(self)))


def results(people: Crowd, questions: Sequence[Question] | None = None, *, marked: bool = False) -> Results:
    """Return what everybody is told by these questions (or all), where wanted with three marks of importance."""
    pack = people.pack
    asked = {each.id for each in (pack.questions if questions is None else questions)}
    reads = [each for each in readings(pack) if each.question.id in asked]
    given = [people.answers[each.question.id] for each in reads]
    size = (len(people.wanted), len(pack.dimensions))
    precision, value, count = np.full(size, 3.0), np.zeros(size), np.zeros(size)
    for read, answer in zip(reads, given, strict=True):
        there = (answer >= 0)[:, None]
        precision[:, read.places] += there * np.array(read.precision)
        value[:, read.places] += there * np.array(read.pulls)[answer]
        count[:, read.places] += there
    value /= precision
    squares, agreement = np.zeros(size[0]), np.zeros(size[0])
    for read, answer in zip(reads, given, strict=True):
        level, slope, variance = map(np.array, read.linear)
        effects, wants = np.array(read.effects), value[:, read.places]
        squares += (answer >= 0) * (((effects[answer] - level - slope * wants) ** 2) / variance).sum(axis=1)
        far = ((wants[:, None, :] - effects) ** 2).sum(axis=2) / (2 * NOISE**2)
        mean = np.log(np.exp(far.min(axis=1, keepdims=True) - far).mean(axis=1))
        own = far.min(axis=1) - np.take_along_axis(far, np.maximum(answer, 0)[:, None], axis=1)[:, 0]
        agreement += (answer >= 0) * (own - mean)
    expected = np.where(count > 0, count - 1 + 3 / precision, 0).sum(axis=1)
    noise = np.divide(squares, expected, out=np.ones(size[0]), where=expected > 0)
    importance = _marks(people) if marked else np.ones(size)
    found = _told(pack, value, precision, noise, importance, agreement, sum((a >= 0).astype(int) for a in given))
    if not marked:
        _hold(people, questions, found)
    return found


def stays(pack: Pack, found: Results, coming: Sequence[Question]) -> np.ndarray:
    """Return by person the chance that the leader still leads when the coming questions are answered."""
    later = found.precision.copy()
    ids = {each.id for each in coming}
    for read in readings(pack):
        if read.question.id in ids:
            later[:, read.places] += np.array(read.precision)
    moving = _variance(found.precision, found.noise) - _variance(later, found.noise)
    return first(found.score, directions(pack), found.importance**2 * moving, found.leader)


def directions(pack: Pack) -> np.ndarray:
    """Return the paths' directions, by path and dimension."""
    return np.array(rank(pack, AnswerSheet(pack=pack.id)).evidence.profile)


def first(score: np.ndarray, direction: np.ndarray, variance: np.ndarray, leader: np.ndarray) -> np.ndarray:
    """Return by person the chance that the leader is first: in closed form up to three paths, by draws for more."""
    if len(direction) > len("abc"):
        return _by_draws(score, direction, variance, leader)
    others = np.array([[p for p in range(len(direction)) if p != own] for own in range(len(direction))])[leader]
    person = np.arange(len(leader))
    heights, loads = [], []
    for k in range(others.shape[1]):
        load = direction[leader] - direction[others[:, k]]
        spread = np.sqrt((load**2 * variance).sum(axis=1))
        heights.append((score[person, leader] - score[person, others[:, k]]) / np.maximum(spread, 1e-300))
        loads.append(load / np.maximum(spread, 1e-300)[:, None])
    if len(heights) == 1:
        return np.asarray(ndtr(heights[0]))
    rho = np.clip((loads[0] * loads[1] * variance).sum(axis=1), -0.999999, 0.999999)
    return _both_below(heights[0], heights[1], rho)


def _both_below(h: np.ndarray, k: np.ndarray, rho: np.ndarray) -> np.ndarray:
    # The integral over the correlation's own angle (Drezner and Wesolowsky, 1990).
    h, k = np.clip(h, -30, 30), np.clip(k, -30, 30)
    angle = np.arcsin(rho)[:, None] * (_NODES + 1) / 2
    sine = np.sin(angle)
    power = -(h[:, None] ** 2 + k[:, None] ** 2 - 2 * (h * k)[:, None] * sine) / (2 * (1 - sine**2))
    return np.asarray(ndtr(h) * ndtr(k) + np.arcsin(rho) / (4 * np.pi) * (np.exp(power) @ _WEIGHTS))


def _by_draws(score: np.ndarray, direction: np.ndarray, variance: np.ndarray, leader: np.ndarray) -> np.ndarray:
    half = np.random.default_rng(9).normal(size=(DRAWS // 2, direction.shape[1]))
    draws, found = np.vstack([half, -half]), np.zeros(len(leader))
    for person, spread in enumerate(np.sqrt(variance)):
        drawn = score[person] + (draws * spread) @ direction.T
        found[person] = (drawn.argmax(axis=1) == leader[person]).mean()
    return found


def _variance(precision: np.ndarray, noise: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (3 + (precision - 3) / np.maximum(1, noise)[:, None]))


def _marks(people: Crowd) -> np.ndarray:
    marked = np.ones(people.importance.shape)
    most = np.argsort(-people.importance, axis=1)[:, :3]
    np.put_along_axis(marked, most, MATTERS_MOST, axis=1)
    return marked


def _told(
    pack: Pack,
    value: np.ndarray,
    precision: np.ndarray,
    noise: np.ndarray,
    importance: np.ndarray,
    agreement: np.ndarray,
    answered: np.ndarray | int,
) -> Results:
    direction, weight = directions(pack), np.array([each.weight for each in pack.dimensions])
    score = (importance * value) @ direction.T
    leader = score.argmax(axis=1)
    variance = _variance(precision, noise)
    chance = first(score, direction, importance**2 * (variance + HIDDEN_IMPORTANCE * (value**2 + variance)), leader)
    known = (weight * importance**2 * (1 / 3 - 1 / precision)).sum(axis=1)
    wanted = (weight * (importance * value) ** 2).sum(axis=1)
    strength = np.sqrt(np.divide(wanted, known, out=np.zeros(len(known)), where=known > 0))
    told = np.select(
        [
            (strength < WEAK) & (chance < CLEAR),
            (agreement < 0) | (np.asarray(answered) < min(LEAST, len(pack.questions))),
            chance < LEANING,
            chance < LIKELY,
            chance < CLEAR,
        ],
        ["no-preference", "provisional", "too-close", "leaning", "likely"],
        "clear",
    )
    return Results(leader, chance, told, agreement < 0, score, precision, noise, importance)


def _hold(people: Crowd, questions: Sequence[Question] | None, found: Results) -> None:
    for person in range(min(HELD, len(found.leader))):
        ranking = rank(people.pack, people.sheet(person, questions))
        score = np.array(ranking.evidence.score)
        own = next(each for each in ranking.matches if each.place == found.leader[person])
        close = 0.005 if len(score) <= len("abc") else 0.06
        if abs(score - found.score[person]).max() > 1e-9 or abs(own.first - found.first[person]) > close:
            raise AssertionError(f"person {person}: {own.first} is not {found.first[person]}")
