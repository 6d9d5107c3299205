"""Simulated people who take the quiz twice: who comes first, how steadily, and which questions can change it.

A person has preferences theta_d, uniform in [-1, 1] and independent, and picks option o of question q with

    P(o | theta) proportional to exp(-sum_d (theta_d - e_qod)^2 / (2 * .32^2))

over the dimensions that the question touches: on any other dimension every option says 0, so its factor
is the same for all of them and cancels. The effects are those that the pack states: a question's weight says how
much an answer counts, not how extreme the person is who gives it. The sd of .32 is the noise of one reading
of an ordered item, .16 of the scale's width (Henry, Thielmann, Booth and Mottus, PLOS ONE 2022).
These are statements about such simulated people; nothing here was measured on human beings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp, sqrt
from operator import mul
from typing import TYPE_CHECKING

from pathfinder.result.reading import NOISE
from pathfinder.result.scoring import TIE

if TYPE_CHECKING:
    from random import Random

    from pathfinder.audit.model import Model


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimated share in 0..1 with its standard error, in the same unit."""

    value: float
    error: float

    def near(self, threshold: float) -> bool:
        """Whether noise alone (three standard errors) could put the share on the other side of a threshold."""
        return abs(self.value - threshold) < 3 * self.error


@dataclass(slots=True)
class _Mean:
    count: int = 0
    total: float = 0.0
    squares: float = 0.0

    def add(self, value: float) -> None:
        self.count += 1
        self.total += value
        self.squares += value * value

    @property
    def share(self) -> Estimate:
        if not self.count:
            return Estimate(0.0, 1.0)
        mean = self.total / self.count
        # One pseudo-observation keeps the error of a share that was never or always seen above nothing.
        spread = max(self.squares / self.count - mean * mean, 0.0) + 1 / (self.count + 1)
        return Estimate(mean, sqrt(spread / self.count))


@dataclass(slots=True)
class _Pairs:
    sums: list[float] = field(default_factory=lambda: [0.0] * 5)
    count: int = 0

    def add(self, x: float, y: float) -> None:
        self.count += 1
        for k, each in enumerate((x, y, x * x, y * y, x * y)):
            self.sums[k] += each

    @property
    def correlation(self) -> float:
        x, y, xx, yy, xy = (each / self.count for each in self.sums)
        spread = sqrt(max(xx - x * x, 0.0) * max(yy - y * y, 0.0))
        return (xy - x * y) / spread if spread > 0 else 0.0


class Crowd:
    """The tallies over all people so far; `draw` adds more. Shared first places count in equal parts."""

    def __init__(self, model: Model, random: Random) -> None:
        self.model = model
        self.random = random
        self.people = 0
        self._first = [_Mean() for _ in range(model.paths)]
        self._within = [[_Mean() for _ in places] for places in model.tracks]
        self._same = _Mean()
        self._scores = [_Pairs() for _ in range(model.paths)]
        self._flips = [_Mean() for _ in model.pack.questions]
        self._likely = [
            [
                (tuple((d, e / NOISE**2) for d, e in option), sum(e * e for _, e in option) / (2 * NOISE**2))
                for option in options
            ]
            for options in model.stated
        ]
        self._strict = any(out for options in model.excludes for out in options)

    @property
    def first(self) -> tuple[Estimate, ...]:
        """The share of sheets on which each path comes first."""
        return tuple(each.share for each in self._first)

    @property
    def within(self) -> tuple[tuple[Estimate, ...], ...]:
        """By path: the share of each of its tracks, among the sheets on which the path comes first."""
        return tuple(tuple(each.share for each in row) for row in self._within)

    @property
    def same(self) -> Estimate:
        """The share of people whose second sheet has the same first place as their first."""
        return self._same.share

    @property
    def correlation(self) -> tuple[float, ...]:
        """The correlation over people between the scores of their two sheets, by path."""
        return tuple(each.correlation for each in self._scores)

    @property
    def flips(self) -> tuple[Estimate, ...]:
        """By question: the share of sheets on which some other answer to it alone puts another path first."""
        return tuple(each.share for each in self._flips)

    def draw(self, people: int, *, flips: bool = False) -> None:
        """Let some more people answer twice; with `flips`, also try every other answer to every question."""
        for _ in range(people):
            self._one(flips=flips)
        self.people += people

    def _one(self, *, flips: bool) -> None:
        likelihood = self._likelihood()
        sheets = [self._answers(likelihood) for _ in range(2)]
        scores = [self._score(each) for each in sheets]
        leaders = [self._leaders(score, sheet) for score, sheet in zip(scores, sheets, strict=True)]
        for p, tally in enumerate(self._first):
            tally.add(sum((p in tied) / len(tied) for tied in leaders if tied) / 2)
            self._scores[p].add(scores[0][p], scores[1][p])
        self._same.add(float(leaders[0] == leaders[1]))
        for each, score in zip(leaders, scores, strict=True):
            if len(each) == 1:
                self._tracks(each[0], score)
        if flips:
            self._try_others(sheets[0], scores[0], leaders[0])

    def _likelihood(self) -> list[list[float]]:
        random = self.random.random
        theta = [2 * random() - 1 for _ in self.model.pack.dimensions]
        likelihood: list[list[float]] = []
        for options in self._likely:
            row: list[float] = []
            for effects, penalty in options:
                exponent = -penalty
                for d, pull in effects:
                    exponent += theta[d] * pull
                row.append(exp(exponent))
            likelihood.append(row)
        return likelihood

    def _answers(self, likelihood: list[list[float]]) -> list[int]:
        random = self.random.random
        sheet: list[int] = []
        for row in likelihood:
            rest = random() * sum(row)
            option = 0
            last = len(row) - 1
            while option < last and rest >= row[option]:
                rest -= row[option]
                option += 1
            sheet.append(option)
        return sheet

    def _score(self, sheet: list[int]) -> list[float]:
        preference = [0.0] * len(self.model.pack.dimensions)
        for options, o in zip(self.model.counted, sheet, strict=True):
            for d, effect in options[o]:
                preference[d] += effect
        return [sum(map(mul, row, preference)) for row in self.model.profile]

    def _leaders(self, score: list[float], sheet: list[int]) -> tuple[int, ...]:
        standing = self.model.standing(sheet) if self._strict else range(self.model.paths)
        return _best(score, standing)

    def _tracks(self, path: int, score: list[float]) -> None:
        places = self.model.tracks[path]
        best = _best(score, places)
        for place, tally in zip(places, self._within[path], strict=True):
            tally.add((place in best) / len(best))

    def _try_others(self, sheet: list[int], score: list[float], leaders: tuple[int, ...]) -> None:
        paths = score[: self.model.paths]
        for q, (options, o) in enumerate(zip(self.model.gain, sheet, strict=True)):
            given, changed, overtaken = options[o], list(sheet), False
            for other, gain in enumerate(options):
                if other != o and not overtaken:
                    changed[q] = other
                    # A row of gains goes on with the tracks, which are not asked about here.
                    moved = [s + new - old for s, new, old in zip(paths, gain, given, strict=False)]
                    overtaken = self._overtaken(moved, changed, leaders)
            self._flips[q].add(float(overtaken))

    def _overtaken(self, score: list[float], sheet: list[int], leaders: tuple[int, ...]) -> bool:
        if self._strict:
            return not set(leaders) & set(self._leaders(score, sheet))
        top = max(score) - TIE
        return all(score[p] < top for p in leaders)


def _best(score: list[float], places: range | tuple[int, ...]) -> tuple[int, ...]:
    if not places:
        return ()
    top = max(score[p] for p in places) - TIE
    return tuple(p for p in places if score[p] >= top)
