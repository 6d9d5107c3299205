"""Simulated people for the benchmarks: a true preference on every dimension, and answers read from it with noise."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import exp, fsum
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from pathfinder.answers.interview import AnswerSheet
from pathfinder.pack import load_pack
from pathfinder.result.noise import READING_NOISE, STAYS_FALLS_BY, STAYS_OF_TWO
from pathfinder.result.scoring import rank

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathfinder.pack import Pack, Question

WIDTH = 2 * READING_NOISE
"""The stated noise of one reading, in units of effects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """True preferences in [-1, 1] and hidden importances around 1, by dimension."""

    theta: dict[str, float]
    importance: dict[str, float]


def bundled() -> Pack:
    """Return the pack that comes with the program."""
    return load_pack(Path(__file__).resolve().parent.parent / "data")


def born(pack: Pack, random: Random, importance_spread: float = 0.3) -> Person:
    """Draw a person: preferences uniform in [-1, 1], importances normal around 1 (never below 0)."""
    return Person(
        theta={each.id: random.uniform(-1, 1) for each in pack.dimensions},
        importance={each.id: max(0.0, random.gauss(1, importance_spread)) for each in pack.dimensions},
    )


def chances(question: Question, theta: dict[str, float], width: float, agree: float = 0) -> list[float]:
    """Return the probability of each option: proportional to exp(-sum_d (theta_d - e_od)^2 / (2 width^2)).

    `agree` shifts what is read on a scale towards agreement, in units of effects (one step is .5).
    """
    shift = 0.0 if question.scale is None else agree if question.scale.keyed == "+" else -agree
    read = {d for each in question.options for d in each.effects}
    away = [fsum((theta[d] + shift - each.effects.get(d, 0.0)) ** 2 for d in read) for each in question.options]
    weights = [exp((min(away) - each) / (2 * width**2)) for each in away]
    return [each / sum(weights) for each in weights]


def answer(question: Question, person: Person, random: Random, width: float = WIDTH, agree: float = 0) -> str:
    """Draw an answer."""
    return random.choices(question.options, chances(question, person.theta, width, agree))[0].id


def restless(pack: Pack) -> dict[str, float]:
    """Return for each choice the noise at which the best option is chosen as rarely as `rereading` states."""

    @cache
    def steadiness(question: str, width: float) -> float:
        random, asked = Random(1), pack.question_by_id[question]
        people = [born(pack, random).theta for _ in range(300)]
        return fsum(max(chances(asked, theta, width)) for theta in people) / len(people)

    widths = {}
    for each in pack.questions:
        if each.scale is None:
            low, high = 0.05, 5.0
            stays = STAYS_OF_TWO * (2 / len(each.options)) ** STAYS_FALLS_BY
            for _ in range(12):
                middle = (low + high) / 2
                low, high = (middle, high) if steadiness(each.id, middle) > stays else (low, middle)
            widths[each.id] = low
    return widths


def sheet(pack: Pack, answers: dict[str, str]) -> AnswerSheet:
    """Return the answers as a sheet of this pack."""
    return AnswerSheet(pack=pack.id, answers=answers)


def directions(pack: Pack) -> tuple[tuple[float, ...], ...]:
    """Return the paths' directions c[p][d]."""
    return rank(pack, sheet(pack, {})).evidence.profile


def truly_first(pack: Pack, person: Person, profile: tuple[tuple[float, ...], ...]) -> str:
    """Return the path that scores highest by the true preferences and importances."""
    wants = [person.theta[each.id] * person.importance[each.id] for each in pack.dimensions]
    scores = [fsum(c * w for c, w in zip(row, wants, strict=True)) for row in profile]
    return pack.paths[scores.index(max(scores))].id


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    lines = [list(head)]
    lines += [["---"] * len(lines[0]), *map(list, rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
