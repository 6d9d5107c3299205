"""A pack as plain numbers by place, for going through many complete answer sheets quickly."""

from __future__ import annotations

from math import fsum, inf
from typing import TYPE_CHECKING

from pathfinder.answers.interview import AnswerSheet
from pathfinder.result.scoring import gains, weigh
from pathfinder.result.wishes import listen
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pathfinder.pack import Option, Pack, Question, Track

Effects = tuple[tuple[int, float], ...]


@value
class Model:
    """What complete sheets with every dimension equally important give.

    `candidates` are the paths, then all their tracks; `tracks[p]` holds the places of path p's. `profile[c][d]` = c_cd.
    `stated[q][o]` are the effects e in -1..1 as the pack states them, by the place of the dimension, zeros left out;
    `counted[q][o]` what an option adds to the wishes theta_d; `gain[q][o][c]` what it gives a candidate; `excludes[q][o]`
    the places of the paths it rules out.
    """

    pack: Pack
    candidates: tuple[Track, ...]
    tracks: tuple[tuple[int, ...], ...]
    profile: tuple[tuple[float, ...], ...]
    stated: tuple[tuple[Effects, ...], ...]
    counted: tuple[tuple[Effects, ...], ...]
    gain: Sequence[Sequence[Sequence[float]]]
    excludes: tuple[tuple[frozenset[int], ...], ...]

    @property
    def paths(self) -> int:
        """How many of the candidates are paths."""
        return len(self.pack.paths)

    def sheet(self, chosen: Sequence[int]) -> AnswerSheet:
        """Return the answer sheet with these options, by their places."""
        picked = zip(self.pack.questions, chosen, strict=True)
        return AnswerSheet(pack=self.pack.id, answers={each.id: each.options[o].id for each, o in picked})

    def standing(self, chosen: Sequence[int]) -> tuple[int, ...]:
        """Return the places of the paths that these answers do not rule out."""
        gone = frozenset[int]().union(*(row[o] for row, o in zip(self.excludes, chosen, strict=True)))
        return tuple(p for p in range(self.paths) if p not in gone)


def model(pack: Pack) -> Model:
    """Take a pack apart, by way of `scoring.weigh`, so that audit and result cannot disagree."""
    candidates: list[Track] = list(pack.paths)
    tracks: list[tuple[int, ...]] = []
    for path in pack.paths:
        tracks.append(tuple(range(len(candidates), len(candidates) + len(path.tracks))))
        candidates += path.tracks
    any_sheet = AnswerSheet(pack=pack.id, answers={question.id: question.options[0].id for question in pack.questions})
    wishes = listen(pack, any_sheet)
    evidence = weigh(wishes, tuple(candidates))
    dimension = {each.id: d for d, each in enumerate(pack.dimensions)}
    path_place = {each.id: p for p, each in enumerate(pack.paths)}
    return Model(
        pack=pack,
        candidates=tuple(candidates),
        tracks=tuple(tracks),
        profile=evidence.profile,
        stated=tuple(tuple(_stated(option, dimension) for option in question.options) for question in pack.questions),
        counted=tuple(
            tuple(
                tuple((d, pull / wishes.precision[d]) for d, pull in zip(term.reading.places, row, strict=True))
                for row in term.reading.pulls
            )
            for term in wishes.terms
        ),
        gain=gains(evidence),
        excludes=tuple(
            tuple(frozenset(path_place[out] for out in option.rules_out) for option in question.options)
            for question in pack.questions
        ),
    )


def extreme(model: Model, end: str) -> tuple[int, ...]:
    """Return the sheet that takes the "first", the "last" or the "middle" option throughout (of two middles the upper)."""
    share = {"first": 0.0, "middle": 0.5, "last": 1.0}[end]
    return tuple(int(share * (len(question.options) - 1)) for question in model.pack.questions)


def ideal(model: Model, path: int) -> tuple[int, ...]:
    """Return the sheet of somebody who wants exactly what the path is, and answers without noise.

    Their preferences are the profile, scaled to a largest level of 1 because the match does not depend on its
    length. They take the nearest option over the dimensions that the question touches, never one that rules
    the path out unless all do.
    """
    levels = model.pack.paths[path].profile
    largest = max(map(abs, levels.values()), default=0.0) or 1.0
    wanted = [levels.get(dimension.id, 0.0) / largest for dimension in model.pack.dimensions]

    def order(question: int, option: int) -> tuple[bool, float, float]:
        stated = dict(model.stated[question][option])
        touched = {d for each in model.stated[question] for d, _ in each}
        distance = fsum((wanted[d] - stated.get(d, 0.0)) ** 2 for d in touched)
        ruled_out = path in model.excludes[question][option]
        return ruled_out, round(distance, 9), -model.gain[question][option][path]

    return tuple(
        min(range(len(each.options)), key=lambda option, q=q: order(q, option))  # type: ignore[misc]
        for q, each in enumerate(model.pack.questions)
    )


def spread(gain: Sequence[Sequence[float]], group: Sequence[int]) -> float:
    """Return the largest change, 0 or more, that an answer can make to the difference of two scores of a group.

    `gain` is options x candidates, `group` the places of the candidates.
    """
    widest = 0.0
    for i, a in enumerate(group):
        for b in group[i + 1 :]:
            low, high = inf, -inf
            for row in gain:
                low, high = min(low, row[a] - row[b]), max(high, row[a] - row[b])
            widest = max(widest, high - low)
    return widest


def touches(question: Question) -> frozenset[str]:
    """Return the dimensions on which some option of a question has an effect."""
    return frozenset(d for option in question.options for d, effect in option.effects.items() if effect)


def _stated(option: Option, place: Mapping[str, int]) -> Effects:
    return tuple((place[d], effect) for d, effect in option.effects.items() if effect)
