"""Many people as one: counts and sums that can be added up, and which groups may be shown."""

from __future__ import annotations

from collections import Counter
from math import fsum, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

from pathfinder.answers.interview import AnswerSheet
from pathfinder.cohort.figures import Share, share
from pathfinder.pack import SKIP
from pathfinder.result.certainty import Verdict
from pathfinder.result.reading import PRIOR_PRECISION, readings
from pathfinder.result.scoring import weigh
from pathfinder.result.wishes import Wish, listen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pathfinder.pack import Pack
    from pathfinder.result import Result

LEAST: Final = 5
FEWEST: Final = 4
"""No group smaller than this is ever shown, whatever is asked for: the limit of ACGME's reports."""

MOST_GROUPS: Final = 1_000


class Group(NamedTuple):
    """What a group is like: `name` is None for everybody, and `rest` says that it is several small groups together.

    `first` is how often each path comes first, `nobody` how often none is recommended; `wishes` are means and spreads by
    dimension; `divider` is the id of the question whose answers set these people apart most.
    """

    name: str | None
    rest: bool
    people: int
    first: Mapping[str, Share]
    nobody: Share
    verdicts: Mapping[str, Share]
    contradictory: Share
    wishes: Mapping[str, Wish]
    divider: str | None


class Tally:
    """Counts and sums over people; two of them add up to that of both."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.count = 0
        self.contradictory = 0
        self.first: Counter[str] = Counter()
        self.verdicts: Counter[str] = Counter()
        self.answers: Counter[tuple[str, str]] = Counter()
        self.wishes = [0.0] * len(pack.dimensions)
        self.squares = [0.0] * len(pack.dimensions)

    def add(self, person: Result) -> None:
        """Count a person."""
        self.count += 1
        self.contradictory += person.contradictory
        self.first[person.first.path.id if person.first is not None else ""] += 1
        self.verdicts[str(person.verdict)] += 1
        self.answers.update(person.sheet.answers.items())
        for d, theta in enumerate(person.ranking.evidence.wishes.value):
            self.wishes[d] += theta
            self.squares[d] += theta * theta

    def take(self, other: Tally) -> None:
        """Take up everybody of another tally."""
        self.count += other.count
        self.contradictory += other.contradictory
        self.first.update(other.first)
        self.verdicts.update(other.verdicts)
        self.answers.update(other.answers)
        self.wishes = [a + b for a, b in zip(self.wishes, other.wishes, strict=True)]
        self.squares = [a + b for a, b in zip(self.squares, other.squares, strict=True)]

    def group(self, name: str | None = None, *, rest: bool = False) -> Group:
        """Return what the people are like."""
        count = self.count
        return Group(
            name=name,
            rest=rest,
            people=count,
            first={each.id: share(self.first[each.id], count) for each in self.pack.paths},
            nobody=share(self.first[""], count),
            verdicts={str(each): share(self.verdicts[str(each)], count) for each in Verdict},
            contradictory=share(self.contradictory, count),
            wishes={each.id: self._wish(d) for d, each in enumerate(self.pack.dimensions)},
            divider=self._divider(),
        )

    def _wish(self, d: int) -> Wish:
        if not self.count:
            return Wish(0.0, 0.0)
        mean = self.wishes[d] / self.count
        return Wish(mean, sqrt(max(0.0, self.squares[d] / self.count - mean * mean)))

    def _divider(self) -> str | None:
        """Return the question whose answers spread people farthest over the paths, None when all answer alike.

        The spread is that of what an answer adds to the scores, less what it adds to all of them alike, in a full quiz.
        """
        worth = _worth(self.pack)
        best, widest = None, 1e-12
        for question, rows in worth.items():
            given = [(self.answers[question, option], row) for option, row in rows.items()]
            people = sum(n for n, _ in given)
            if not people:
                continue
            means = [fsum(n * row[p] for n, row in given) / people for p in range(len(self.pack.paths))]
            spread = fsum(n * (row[p] - mean) ** 2 for n, row in given for p, mean in enumerate(means)) / people
            if spread > widest:
                best, widest = question, spread
        return best


def _worth(pack: Pack) -> Mapping[str, Mapping[str, Sequence[float]]]:
    """Return by question and option what it adds to the paths' scores in a full quiz, less what it adds to all alike."""
    profile = weigh(listen(pack, AnswerSheet(pack=pack.id)), pack.paths).profile
    precision = [PRIOR_PRECISION] * len(pack.dimensions)
    for reading in readings(pack):
        for d, each in zip(reading.places, reading.precision, strict=True):
            precision[d] += each
    found = {}
    for reading in readings(pack):
        rows = {}
        for option, pulls in zip(reading.question.options, reading.pulls, strict=True):
            parts = [pull / precision[d] for d, pull in zip(reading.places, pulls, strict=True)]
            given = [fsum(row[d] * part for d, part in zip(reading.places, parts, strict=True)) for row in profile]
            common = fsum(given) / len(given)
            rows[option.id] = [each - common for each in given]
        found[reading.question.id] = rows
    return found


def skipped(tally: Tally, question: str) -> Share:
    """Return how many of those who were asked a question skipped it."""
    asked = sum(n for (name, _), n in tally.answers.items() if name == question)
    return share(tally.answers[question, SKIP], asked)


def shown_groups(pack: Pack, tallies: Mapping[str, Tally], least: int) -> tuple[Group, ...]:
    """Return the groups that may be shown beside the whole, largest first, and what is left of them as one.

    A group under `least` is merged with the smallest others until the rest is large enough: what is shown, taken from
    the whole, never leaves a smaller group. Empty when nothing but the whole itself would be left.
    """
    sizes = sorted(tallies.items(), key=lambda each: (each[1].count, each[0]))
    rest: list[str] = []
    people = 0
    for name, tally in sizes:
        if tally.count < least or 0 < people < least:
            rest.append(name)
            people += tally.count
    if people and people < least:
        return ()
    groups = [tally.group(name) for name, tally in reversed(sizes) if name not in rest]
    if rest:
        together = merged(pack, (tallies[each] for each in rest))
        groups.append(together.group(None, rest=True))
    return tuple(groups) if len(groups) > 1 else ()


def merged(pack: Pack, tallies: Iterable[Tally]) -> Tally:
    """Return several tallies as one."""
    whole = Tally(pack)
    for each in tallies:
        whole.take(each)
    return whole
