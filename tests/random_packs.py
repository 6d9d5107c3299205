"""Random packs of every shape, and sheets that fit them, by a number: larger ones than `strategies` draws."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from pathfinder.answers.interview import AnswerSheet
from pathfinder.pack import SKIP, CareerPath, Dimension, Option, Pack, Question, Track
from worked import scale

if TYPE_CHECKING:
    from collections.abc import Mapping

THEMES = ("one", "two", "three")


def some_pack(seed: int, paths: tuple[int, int] = (2, 12), items: tuple[int, int] = (6, 40)) -> Pack:
    """Return a pack with this many paths and questions (both ends included), weights, tracks and excluding answers."""
    random = Random(seed)  # noqa: S311
    dims = [f"d{d}" for d in range(random.randint(2, 12))]
    ids = [f"p{p}" for p in range(random.randint(*paths))]
    choices = random.choice([0, 0.3, 1])
    return Pack(
        id="some",
        version="1",
        title="",
        about="",
        themes=THEMES,
        dimensions=tuple(
            Dimension(id=d, name=d, theme="one", about="", weight=random.choice([1, 1, 0.5, 2])) for d in dims
        ),
        paths=tuple(
            CareerPath(
                id=p, name=p, summary="", profile=_profile(random, dims), week={}, tracks=_tracks(random, p, dims)
            )
            for p in ids
        ),
        questions=tuple(_question(random, q, dims, ids, choices) for q in range(random.randint(*items))),
    )


def some_sheet(pack: Pack, seed: int) -> AnswerSheet:
    """Return answers, some nearly of one mind and some at random, with skips, importance and dealbreakers."""
    random = Random(seed)  # noqa: S311
    wanted = {each.id: random.uniform(-1, 1) for each in pack.dimensions}
    steady, answers = random.choice([0.0, 0.7, 0.95]), {}
    for question in pack.questions:
        touched = sorted({d for option in question.options for d in option.effects})
        near = min(question.options, key=lambda o: sum((wanted[d] - o.effects.get(d, 0)) ** 2 for d in touched))
        answers[question.id] = near.id if random.random() < steady else random.choice(question.options).id
        if random.random() < 0.1:
            answers[question.id] = SKIP
        elif random.random() < 0.1:
            del answers[question.id]
    dims = random.sample([each.id for each in pack.dimensions], len(pack.dimensions))
    most = random.choice([0, 0, 1, 3])
    rule_out = [each.id for each in pack.paths if random.random() < 0.08]
    return AnswerSheet(
        pack=pack.id,
        answers=answers,
        matters_most=tuple(dims[:most]),
        does_not_matter=tuple(dims[most : most + random.choice([0, 0, 1])]),
        rule_out=tuple(rule_out),
    )


def _profile(random: Random, dims: list[str]) -> Mapping[str, float]:
    levels = {d: random.choice([-2, -1, -0.5, 0.5, 1, 2]) for d in dims if random.random() < 0.7}
    return levels or {dims[0]: 1.0}


def _tracks(random: Random, path: str, dims: list[str]) -> tuple[Track, ...]:
    return tuple(
        Track(id=f"{path}-{t}", name=t, summary="", profile=_profile(random, dims), week={})
        for t in "abcd"[: random.choice([0, 2, 4])]
    )


def _question(random: Random, place: int, dims: list[str], paths: list[str], choices: float) -> Question:
    theme, weight = random.choice(THEMES), random.choice([1.0, 1.0, 1.0, 0.5, 2.0])
    if random.random() >= choices:
        asked = scale(f"q{place}", random.choice(dims), random.choice("+-"), weight)
        return Question(
            id=asked.id, theme=theme, text=asked.text, options=asked.options, scale=asked.scale, weight=weight
        )
    about = random.sample(dims, min(len(dims), random.choice([1, 2, 3, 4, 5])))
    rows = [
        {d: random.choice([-1, -0.5, 0.25, 0.5, 1, 0.75]) for d in about if random.random() < 0.6}
        for _ in range(random.randint(2, 5))
    ]
    rows[0] = rows[0] or {about[0]: 1.0}
    return Question(
        id=f"q{place}",
        theme=theme,
        text="",
        options=tuple(
            Option(
                id=f"o{o}",
                text="",
                effects=row,
                rules_out=(random.choice(paths),) if len(paths) > 1 and random.random() < 0.03 else (),
            )
            for o, row in enumerate(rows)
        ),
        weight=weight,
    )
