"""The full model of a re-reading, simulated with nothing assumed normal, and random packs to try it on."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import numpy as np

from pathfinder.answers.interview import AnswerSheet
from pathfinder.pack import CareerPath, Dimension, Option, Pack, Question
from pathfinder.result.certainty import IMPORTANCE_VARIANCE
from pathfinder.result.noise import rereading
from worked import scale

if TYPE_CHECKING:
    from pathfinder.result.scoring import Ranking

DRAWS = 200_000


def simulated(ranking: Ranking, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return scores of 200,000 re-readings (draws x paths) and P(first), by the full discrete model.

    Every answered question is read again, importance is normal around the stated one, and a preference without
    an answer is uniform in [-1, 1].
    """
    random, evidence = np.random.default_rng(seed), ranking.evidence
    size = len(evidence.dimensions)
    preference = np.zeros((DRAWS, size))
    for term in evidence.terms:
        effects = np.array([[row.get(d, 0.0) for d in range(size)] for row in term.effects])
        preference += effects[random.choice(len(effects), size=DRAWS, p=rereading(term))]
    silent = np.array(evidence.amount) == 0
    preference[:, silent] = random.uniform(-1, 1, (DRAWS, silent.sum()))
    importance = np.array(evidence.importance) * random.normal(1, IMPORTANCE_VARIANCE**0.5, (DRAWS, size))
    scores = (importance * preference) @ np.array(evidence.profile).T
    standing = [each.place for each in ranking.standing]
    winner = np.array(standing)[np.argmax(scores[:, standing], axis=1)]
    return scores, np.array([np.mean(winner == p) for p in range(len(evidence.profile))])


def some_pack(paths: int, seed: int, items: int = 24) -> Pack:
    """Return a pack of eight dimensions, random profiles, and scales mixed with choices."""
    random = Random(seed)  # noqa: S311
    dims = [f"d{d}" for d in range(8)]
    questions: list[Question] = []
    for q in range(items):
        if q % 4:
            questions.append(scale(f"q{q}", dims[q % 8], "+-"[q % 2]))
        else:
            effects = [{d: random.uniform(-1, 1) for d in random.sample(dims, 3)} for _ in range(random.randint(2, 5))]
            options = tuple(Option(id=f"o{o}", text="", effects=each) for o, each in enumerate(effects))
            questions.append(Question(id=f"q{q}", theme="t", text="", options=options))
    return Pack(
        id="some",
        version="1",
        title="",
        about="",
        themes=("t",),
        dimensions=tuple(Dimension(id=d, name=d, theme="t", about="") for d in dims),
        paths=tuple(
            CareerPath(id=f"p{p}", name="", summary="", profile={d: random.uniform(-2, 2) for d in dims}, week={})
            for p in range(paths)
        ),
        questions=tuple(questions),
    )


def some_sheet(pack: Pack, seed: int) -> AnswerSheet:
    """Return random answers with a skip, an important and an unimportant dimension."""
    random = Random(seed)  # noqa: S311
    answers = {each.id: random.choice(each.options).id for each in pack.questions}
    answers[pack.questions[1].id] = "skip"
    dims = [each.id for each in pack.dimensions]
    return AnswerSheet(pack=pack.id, answers=answers, matters_most=(dims[2],), does_not_matter=(dims[5],))
