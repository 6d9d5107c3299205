"""The scoring rules once more, in numpy and from their text alone: nothing of the program's own arithmetic is used."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathfinder.answers.interview import AnswerSheet
    from pathfinder.pack import Pack, Question, Track

B = 0.32


def coefficients(effects: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return level, slope and variance by dimension, for effects by option and dimension, over the even grid of people."""
    n = effects.shape[1]
    m = 2
    while (m + 1) ** n <= 256:
        m += 1
    x = (2 * np.arange(m) + 1 - m) / np.sqrt(m * m - 1)
    people = np.array(list(product(x, repeat=n)))
    chance = probabilities(people, effects)
    f = chance @ effects
    level = f.mean(axis=0)
    slope = 3 * (people * f).mean(axis=0)
    return level, slope, (chance @ effects**2).mean(axis=0) - level**2 - slope**2 / 3


def probabilities(people: np.ndarray, effects: np.ndarray) -> np.ndarray:
    """Return the probability of each option, by person."""
    far = ((people[:, None, :] - effects[None, :, :]) ** 2).sum(axis=2) / (2 * B * B)
    weight = np.exp(far.min(axis=1, keepdims=True) - far)
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


@dataclass
class Read:
    """A question in full width: arrays by dimension of the pack, with zeros where it reads nothing."""

    question: Question
    effects: np.ndarray
    touched: np.ndarray
    reads: np.ndarray
    level: np.ndarray
    slope: np.ndarray
    variance: np.ndarray

    @property
    def precision(self) -> np.ndarray:
        """What an answer adds to P."""
        return np.asarray(self.question.weight * self.slope**2 / self.variance)

    @property
    def pull(self) -> np.ndarray:
        """By option: what it adds to P theta."""
        return np.asarray(self.question.weight * self.slope / self.variance * (self.effects - self.level) * self.reads)


def read(pack: Pack, question: Question) -> Read:
    """Return what a question tells."""
    ids = [each.id for each in pack.dimensions]
    effects = np.array([[option.effects.get(d, 0.0) for d in ids] for option in question.options])
    touched = (effects != 0).any(axis=0)
    level, slope, variance = np.zeros(len(ids)), np.zeros(len(ids)), np.ones(len(ids))
    if touched.any():
        level[touched], slope[touched], variance[touched] = coefficients(effects[:, touched])
    reads = touched & (variance > 1e-12)
    for row, empty in ((level, 0.0), (slope, 0.0), (variance, 1.0)):
        row[~reads] = empty
    return Read(question, effects, touched, reads, level, slope, variance)


class Reference:
    """Everything about one sheet, as arrays over dimensions, candidates and answered questions."""

    def __init__(self, pack: Pack, sheet: AnswerSheet, candidates: tuple[Track, ...] | None = None) -> None:
        self.pack, self.sheet = pack, sheet
        ids = [each.id for each in pack.dimensions]
        self.answered = [
            (read(pack, q), q.index(sheet.answers[q.id]))
            for q in pack.questions
            if sheet.answers.get(q.id, "skip") != "skip"
        ]
        self.m = np.array([0 if d in sheet.does_not_matter else 1.5 if d in sheet.matters_most else 1 for d in ids])
        self.w = np.array([each.weight for each in pack.dimensions])
        self.precision = 3 + sum((r.precision for r, _ in self.answered), np.zeros(len(ids)))
        self.parts = np.array([r.pull[o] / self.precision for r, o in self.answered]).reshape(-1, len(ids))
        self.theta = self.parts.sum(axis=0)
        t = np.array([[each.profile.get(d, 0) / 2 for d in ids] for each in candidates or pack.paths])
        self.c = self.w * t / np.sqrt((self.w * t * t).sum(axis=1, keepdims=True))
        self.contributions = self.m * self.c * self.theta
        self.by_answer = (self.m * self.c) @ self.parts.T
        self.score = self.contributions.sum(axis=1)

    @property
    def match(self) -> np.ndarray:
        """The match of each candidate, 0..100."""
        root = np.sqrt((self.w * (self.m * self.theta) ** 2).sum())
        if root == 0 or root < 1e-9 * np.sqrt((self.w * self.m**2).sum()):
            return np.full(len(self.c), 50.0)
        return np.asarray(np.clip(50 + 50 * self.score / root, 0, 100))

    @property
    def strength(self) -> float:
        """How strong all wishes are together."""
        below = (self.w * self.m**2 * (1 / 3 - 1 / self.precision)).sum()
        return float(np.sqrt((self.w * (self.m * self.theta) ** 2).sum() / below)) if below > 0 else 0.0

    @property
    def noise(self) -> float:
        """R."""
        if not any(r.reads.any() for r, _ in self.answered):
            return 1.0
        count = np.sum([r.reads.astype(float) for r, _ in self.answered], axis=0)
        squares = sum(
            ((r.effects[o] - r.level - r.slope * self.theta) ** 2 / r.variance)[r.reads].sum() for r, o in self.answered
        )
        asked = count > 0
        return float(squares / (count[asked] - 1 + 3 / self.precision[asked]).sum())

    @property
    def agreement(self) -> float:
        """L."""
        return float(
            sum(
                np.log(len(r.effects) * probabilities(self.theta[None, r.touched], r.effects[:, r.touched])[0, o])
                for r, o in self.answered
            )
        )

    @property
    def variance(self) -> np.ndarray:
        """How unsure each wish is: v."""
        return self.later(self.precision)

    def later(self, precision: np.ndarray) -> np.ndarray:
        """Return v for other precisions than the present one."""
        return np.asarray(1 / (3 + (precision - 3) / max(1.0, self.noise)))

    @property
    def unsure(self) -> np.ndarray:
        """How unsure importance times wish is: V."""
        return np.asarray(self.m**2 * (self.variance + 0.16 * (self.theta**2 + self.variance)))

    def first(self, standing: list[int], draws: int = 100_000, seed: int = 1) -> np.ndarray:
        """Return how often each of the standing candidates is first in so many draws of the scores."""
        return drawn(self.score[standing], self.c[standing], self.unsure, draws, seed)


def drawn(score: np.ndarray, c: np.ndarray, variance: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """Return how often each candidate is first when dimensions vary independently; those always equal share."""
    random = np.random.default_rng(seed)
    scores = score + (random.normal(size=(draws, len(variance))) * np.sqrt(np.maximum(variance, 0))) @ c.T
    best = scores >= scores.max(axis=1, keepdims=True) - 1e-9
    return np.asarray((best / best.sum(axis=1, keepdims=True)).mean(axis=0))


def order(pack: Pack) -> list[str]:
    """Return the ids of all questions, the most telling first, before they are put into rounds."""
    c = Reference(pack, _nothing(pack)).c
    k = ((c - c.mean(axis=0)) ** 2).sum(axis=0)
    precision, left, found = np.full(len(k), 3.0), [read(pack, each) for each in pack.questions], []
    while left:
        gains = np.array([(k * (1 / precision - 1 / (precision + each.precision))).sum() for each in left])
        best = left.pop(int(np.argmax(gains >= gains.max() * (1 - 1e-9))))
        precision = precision + best.precision
        found.append(best.question.id)
    return found


def _nothing(pack: Pack) -> AnswerSheet:
    from pathfinder.answers.interview import AnswerSheet

    return AnswerSheet(pack=pack.id)
