"""What people really chose, and who answered again: how often results hold, and how well each question works."""

from __future__ import annotations

from collections import Counter
from math import fsum
from typing import TYPE_CHECKING, Final, NamedTuple

from pathfinder.cohort.figures import Moments, Share, share
from pathfinder.cohort.group import skipped
from pathfinder.pack import SKIP
from pathfinder.result.reading import PRIOR_PRECISION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pathfinder.cohort.group import Tally
    from pathfinder.pack import Pack
    from pathfinder.result import Result

BINS: Final = 10

_NOT_ASKED: Final = 255
_MOST: Final = 254


class Bin(NamedTuple):
    """People whose leader had a probability from `low` to `high`: the mean said, and how often it was what they chose."""

    low: float
    high: float
    said: float
    chosen: Share


class Outcome(NamedTuple):
    """People whose real choice is known: how often the named path was it, and how often the commonest choice is."""

    known: int
    hits: Share
    commonest: Share
    calibration: tuple[Bin, ...]


class Again(NamedTuple):
    """People who answered twice: how often the same path was named, and the single answers."""

    people: int
    same: Share
    answers: Mapping[str, SameAnswer]


class SameAnswer(NamedTuple):
    """How often a question got the same answer again, and the correlation for a scale."""

    same: Share
    correlation: float | None


class Item(NamedTuple):
    """A question: how often it is skipped, and by dimension its correlation with the rest of the answers (n, r)."""

    skipped: Share
    rest: Mapping[str, tuple[int, float | None]]


class Validity(NamedTuple):
    """Everything that can be said beyond simulated people; None where no column tells it or fewer than the least do."""

    outcome: Outcome | None
    again: Again | None
    items: Mapping[str, Item]


class Gathering:
    """Takes up people one by one; memory grows only with the people who may answer again."""

    def __init__(self, pack: Pack, *, outcome: bool, again: bool) -> None:
        self.pack = pack
        self._outcome = outcome
        self._again = again
        self._chosen: Counter[str] = Counter()
        self._bins = [[0, 0, 0.0] for _ in range(BINS)]
        self._before: dict[str, tuple[str, bytes] | None] = {}
        self._pairs = Counter[bool]()
        self._answers = {each.id: (Counter[bool](), Moments()) for each in pack.questions}
        self._items: dict[tuple[str, int], Moments] = {}
        self._codes = [{SKIP: 0} | {o.id: n for n, o in enumerate(each.options, 1)} for each in pack.questions]

    def add(self, person: Result, outcome: str | None, who: str) -> None:
        """Take up a person, what they really chose (a path's id, or None) and who they are ("" when nobody says)."""
        if self._outcome and outcome is not None:
            self._chosen[outcome] += 1
            if person.first is not None:
                counted = self._bins[min(BINS - 1, int(person.first.first * BINS))]
                counted[0] += 1
                counted[1] += person.first.path.id == outcome
                counted[2] += person.first.first
        if self._again and who:
            self._compare(person, who)
        self._add_items(person)

    def _compare(self, person: Result, who: str) -> None:
        leader = "" if person.first is None else person.first.path.id
        given = person.sheet.answers
        # A byte an answer: the file may hold hundreds of thousands of people.
        answers = bytes(
            min(_MOST, codes[given[each.id]]) if each.id in given else _NOT_ASKED
            for each, codes in zip(self.pack.questions, self._codes, strict=True)
        )
        if who not in self._before:
            self._before[who] = (leader, answers)
            return
        before = self._before[who]
        if before is None:
            return
        # The third time and later ones would count some people more than others.
        self._before[who] = None
        self._pairs[before[0] == leader] += 1
        for question, first, second in zip(self.pack.questions, before[1], answers, strict=True):
            if 0 < first < _NOT_ASKED and 0 < second < _NOT_ASKED:
                same, moments = self._answers[question.id]
                same[first == second] += 1
                if question.scale is not None:
                    moments.add(first, second)

    def _add_items(self, person: Result) -> None:
        wishes = person.ranking.evidence.wishes
        for reading, chosen, parts in wishes.terms:
            for n, (d, part) in enumerate(zip(reading.places, parts, strict=True)):
                precision, own = wishes.precision[d], reading.precision[n]
                if precision - own > PRIOR_PRECISION:
                    # The wish as it would be without this question.
                    rest = (wishes.value[d] - part) * precision / (precision - own)
                    key = (reading.question.id, d)
                    if key not in self._items:
                        self._items[key] = Moments()
                    self._items[key].add(reading.effects[chosen][n], rest)

    def evidence(self, tally: Tally, least: int) -> Validity:
        """Return the figures; nothing is said about fewer than `least` people."""
        return Validity(
            outcome=self._outcome_found(least),
            again=self._again_found(least),
            items={
                each.id: Item(skipped(tally, each.id), self._rest(each.id, least))
                for each in self.pack.questions
                if skipped(tally, each.id).whole >= least
            },
        )

    def _outcome_found(self, least: int) -> Outcome | None:
        known = sum(self._chosen.values())
        decided = sum(n for n, _, _ in self._bins)
        if known < least or decided < least:
            return None
        return Outcome(
            known=known,
            hits=share(int(fsum(hit for _, hit, _ in self._bins)), int(decided)),
            commonest=share(max(self._chosen.values()), known),
            calibration=tuple(_merged(self._bins, least)),
        )

    def _again_found(self, least: int) -> Again | None:
        people = sum(self._pairs.values())
        if people < least:
            return None
        return Again(
            people=people,
            same=share(self._pairs[True], people),
            answers={
                name: SameAnswer(share(same[True], same.total()), moments.correlation)
                for name, (same, moments) in self._answers.items()
                if same.total() >= least
            },
        )

    def _rest(self, question: str, least: int) -> Mapping[str, tuple[int, float | None]]:
        return {
            self.pack.dimensions[d].id: (moments.count, moments.correlation)
            for (name, d), moments in sorted(self._items.items(), key=lambda each: each[0][1])
            if name == question and moments.count >= least
        }


def _merged(bins: Sequence[Sequence[float]], least: int) -> list[Bin]:
    """Return the bins, each joined with its neighbors above until it is large enough, and the last with those below."""
    rows: list[list[float]] = []
    for number, (count, hits, said) in enumerate(bins):
        if rows and rows[-1][2] < least:
            rows[-1][1] = (number + 1) / BINS
            rows[-1][2:] = [rows[-1][2] + count, rows[-1][3] + hits, rows[-1][4] + said]
        elif count or rows:
            rows.append([number / BINS, (number + 1) / BINS, count, hits, said])
    if len(rows) > 1 and rows[-1][2] < least:
        last = rows.pop()
        rows[-1][1] = last[1]
        rows[-1][2:] = [a + b for a, b in zip(rows[-1][2:], last[2:], strict=True)]
    return [
        Bin(low, high, said / count, share(int(hits), int(count))) for low, high, count, hits, said in rows if count
    ]
