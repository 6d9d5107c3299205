"""Simulated people for the benchmarks: true wishes, hidden importance, and answers read from them with noise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pathfinder.answers.interview import AnswerSheet
from pathfinder.pack import load_pack
from pathfinder.result.reading import NOISE
from pathfinder.result.scoring import rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pathfinder.pack import Pack, Question

ROOT = Path(__file__).resolve().parent.parent

STAYS_OF_TWO, STAYS_FALLS_BY = 0.8, 0.277
"""A restless choice of k options stays with probability .8 (2/k)^.277.

That is how often the best of k options stays the best when each one's worth is read with a retest correlation of .65.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How people differ from what the model supposes.

    `noise` multiplies that of a reading, `noise_spread` is the standard deviation of its logarithm; `restless` is the
    share of people whose choices change as often as retests say; `agree` shifts scales towards agreeing (half a step is
    .25), `agree_spread` by how much people differ in it; `importance` is the standard deviation of hidden importance;
    `wishes` are "even", "normal" or "correlated"; `skipped` is the share of questions left out.
    """

    name: str
    noise: float = 1.0
    noise_spread: float = 0.0
    restless: float = 0.0
    agree: float = 0.0
    agree_spread: float = 0.0
    importance: float = 0.3
    wishes: str = "even"
    skipped: float = 0.0


KINDS = (
    Kind(name="as stated"),
    Kind(name="restless choices", restless=1),
    Kind(name="half as much noise again", noise=1.5),
    Kind(name="twice the noise", noise=2),
    Kind(name="agreeing by half a step", agree=0.25),
    Kind(name="strong hidden importance (sd .6)", importance=0.6),
    Kind(name="wishes normal (sd .4)", wishes="normal"),
    Kind(name="wishes correlated (.3)", wishes="correlated"),
    Kind(name="one in five questions skipped", skipped=0.2),
    Kind(name="mixed", noise=1.2, noise_spread=0.3, restless=0.5, agree_spread=0.15, importance=0.4),
)
"""The kinds of people in the tables; in the mixed one they differ in all of it at once."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """People of one kind before a pack: answers by question and person, and the place of the path each wants most."""

    pack: Pack
    answers: Mapping[str, np.ndarray]
    wanted: np.ndarray
    importance: np.ndarray

    def sheet(self, person: int, questions: Iterable[Question] | None = None) -> AnswerSheet:
        """Return a person's sheet, of these questions alone where they are given."""
        asked = self.pack.questions if questions is None else questions
        given = {q.id: q.options[o].id for q in asked if (o := self.answers[q.id][person]) >= 0}
        return AnswerSheet(pack=self.pack.id, answers=given)


def bundled() -> Pack:
    """Return the pack that comes with the program."""
    return load_pack(ROOT / "data")


def example() -> Pack:
    """Return the example of six paths."""
    return load_pack(ROOT / "examples" / "getting-to-work")


def little() -> Pack:
    """Return a small quiz of the tests, without what its answers rule out."""
    pack = load_pack(ROOT / "tests" / "packs" / "golden")
    return replace(
        pack,
        questions=tuple(
            replace(q, options=tuple(replace(option, rules_out=()) for option in q.options)) for q in pack.questions
        ),
    )


def crowd(pack: Pack, kind: Kind, people: int, seed: int = 3) -> Crowd:
    """Let so many people of a kind answer every question of a pack."""
    random = np.random.default_rng(seed)
    theta = _wishes(random, kind, people, len(pack.dimensions))
    importance = np.maximum(0, random.normal(1, kind.importance, theta.shape))
    width = NOISE * kind.noise * np.exp(random.normal(0, kind.noise_spread, people))
    shift = kind.agree + random.normal(0, kind.agree_spread, people)
    restless = random.random(people) < kind.restless
    place = {each.id: d for d, each in enumerate(pack.dimensions)}
    answers = {}
    for question in pack.questions:
        chance = chances(question, place, theta, _widths(pack, question, width, restless), shift)
        given = (chance.cumsum(axis=1) < random.random((people, 1))).sum(axis=1)
        answers[question.id] = np.where(random.random(people) < kind.skipped, -1, given)
    direction = np.array(rank(pack, AnswerSheet(pack=pack.id)).evidence.profile)
    return Crowd(pack, answers, ((theta * importance) @ direction.T).argmax(axis=1), importance)


def clickers(pack: Pack, people: int, seed: int = 4) -> Crowd:
    """Let so many people pick every answer at random."""
    random = np.random.default_rng(seed)
    answers = {each.id: random.integers(len(each.options), size=people) for each in pack.questions}
    nothing = np.zeros((people, len(pack.dimensions)))
    return Crowd(pack, answers, np.zeros(people, dtype=int), nothing)


def chances(
    question: Question, place: Mapping[str, int], theta: np.ndarray, width: np.ndarray, shift: np.ndarray | float = 0.0
) -> np.ndarray:
    """Return the probability of each option by person: proportional to exp(-sum_d (theta_d - e_od)^2 / (2 width^2))."""
    touched = sorted({d for each in question.options for d, e in each.effects.items() if e})
    effects = np.array([[each.effects.get(d, 0.0) for d in touched] for each in question.options])
    wants = theta[:, [place[d] for d in touched]]
    if question.scale:
        wants = wants + (np.reshape(shift, (-1, 1)) if question.scale.keyed == "+" else -np.reshape(shift, (-1, 1)))
    away = ((wants[:, None, :] - effects) ** 2).sum(axis=2)
    weight = np.exp((away.min(axis=1, keepdims=True) - away) / (2 * np.reshape(width, (-1, 1)) ** 2))
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


def _wishes(random: np.random.Generator, kind: Kind, people: int, dimensions: int) -> np.ndarray:
    if kind.wishes == "normal":
        return np.asarray(random.normal(0, 0.4, (people, dimensions)))
    if kind.wishes == "correlated":
        shared, own = random.normal(size=(people, 1)), random.normal(size=(people, dimensions))
        drawn = np.sqrt(0.3) * shared + np.sqrt(0.7) * own
        # By the place within all of them: even in [-1, 1], and still correlated.
        return np.asarray(2 * (drawn.argsort(axis=0).argsort(axis=0) + 0.5) / people - 1)
    return np.asarray(random.uniform(-1, 1, (people, dimensions)))


def _widths(pack: Pack, question: Question, width: np.ndarray, restless: np.ndarray) -> np.ndarray:
    if question.scale or not restless.any():
        return width
    return np.where(restless, _restless_width(pack, question.id), width)


def _restless_width(pack: Pack, name: str) -> float:
    """Return the noise at which the best option of a choice is chosen as rarely as retests say."""
    question = pack.question_by_id[name]
    place = {each.id: d for d, each in enumerate(pack.dimensions)}
    theta = np.random.default_rng(1).uniform(-1, 1, (500, len(place)))
    stays = STAYS_OF_TWO * (2 / len(question.options)) ** STAYS_FALLS_BY
    low, high = 0.05, 5.0
    for _ in range(12):
        middle = (low + high) / 2
        steady = chances(question, place, theta, np.full(500, middle)).max(axis=1).mean()
        low, high = (middle, high) if steady > stays else (low, middle)
    return low


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    lines = [list(head)]
    lines += [["---"] * len(lines[0]), *map(list, rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
