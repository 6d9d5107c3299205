"""Whether some complete answer sheet puts a path first alone, with a proof either way.

The margin of path p over rival r is a sum over questions of gain[q][o][p] - gain[q][o][r], so

    max over sheets of min over rivals  <=  min over mixtures of rivals of  sum over q of max over o

by duality (a mixture is a convex combination, and the right side a convex piecewise linear function of it).
Any mixture whose right side is not above a tie therefore proves that p never comes first alone: on every
sheet the mixture scores at least as much as p, hence so does one of the rivals in it. The proof is checked by
evaluating the right side, so it does not rest on the solver. The other way, only a sheet is a proof; where
the best mixture leaves room and no sheet is at hand, questions are fixed one by one (branch and bound).
"""

from __future__ import annotations

from itertools import product
from math import fsum, inf, prod
from typing import TYPE_CHECKING, Final

from pathfinder.audit.simplex import solve
from pathfinder.result.scoring import TIE
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Gains = Sequence[Sequence[Sequence[float]]]
    Exclusions = Sequence[Sequence[frozenset[int]]]
    Sheet = tuple[int, ...]
    Allowed = tuple[tuple[int, ...], ...]

MOST_NODES: Final = 400
MOST_CUTS: Final = 200
MOST_CASES: Final = 256


@value
class Reach:
    """`possible` is None when undecided. On no sheet does the path lead by more than `bound`.

    `mixture[r]`, by the place of the rival, is the convex combination that gives the bound (all 0 when an
    option rules out every rival). `sheet`, the place of an option by question, leads by `margin`, the largest
    lead found; infinite when it rules out every rival.
    """

    possible: bool | None
    bound: float
    mixture: tuple[float, ...]
    margin: float
    sheet: tuple[int, ...]


def reach(gain: Gains, path: int, excludes: Exclusions | None = None) -> Reach:
    """Decide whether the path at this place can come first alone on a complete sheet.

    `gain[q][o][p]` are the terms of S; `excludes[q][o]` holds the places of the paths that an option rules out.
    """
    search = _Search(gain, path, excludes or [[frozenset()] * len(options) for options in gain])
    paths = len(gain[0][0])
    best: tuple[float, tuple[float, ...]] = (-inf, (0.0,) * paths)
    for allowed, rivals in search.cases():
        bound, mixture, used = search.bound(allowed, rivals)
        whole = dict(zip(rivals, mixture, strict=True))
        best = max(best, (bound, tuple(whole.get(p, 0.0) for p in range(paths))))
        if bound > TIE:
            search.branch(allowed, rivals, used)
    possible = True if search.margin > TIE else False if search.decided else None
    return Reach(possible=possible, bound=best[0], mixture=best[1], margin=search.margin, sheet=search.sheet)


class _Search:
    """The best sheet seen so far, and the bounds under which better ones may lie."""

    def __init__(self, gain: Gains, path: int, excludes: Exclusions) -> None:
        self.gain = gain
        self.path = path
        self.excludes = excludes
        self.margin = -inf
        self.sheet: Sheet = ()
        self.nodes = 0
        self.decided = True

    def cases(self) -> Iterator[tuple[Allowed, tuple[int, ...]]]:
        """Yield the options left and the rivals left, for every set of rivals that answers can rule out."""
        choices: list[list[tuple[frozenset[int], tuple[int, ...]]]] = []
        for options in self.excludes:
            kinds: dict[frozenset[int], tuple[int, ...]] = {}
            for o, out in enumerate(options):
                if self.path not in out:
                    kinds[out] = (*kinds.get(out, ()), o)
            choices.append(list(kinds.items()))
        rivals = tuple(r for r in range(len(self.gain[0][0])) if r != self.path)
        if prod(map(len, choices)) > MOST_CASES:
            # Too many to go through: letting every rival go that any option rules out only widens the bound.
            everything = (frozenset().union(*(out for out, _ in kinds)) for kinds in choices)
            merged = [
                (out, tuple(o for _, left in kinds for o in left))
                for out, kinds in zip(everything, choices, strict=True)
            ]
            choices = [[each] for each in merged]
        for case in product(*choices):
            gone = frozenset[int]().union(*(out for out, _ in case))
            yield tuple(left for _, left in case), tuple(r for r in rivals if r not in gone)

    def bound(self, allowed: Allowed, rivals: tuple[int, ...]) -> tuple[float, tuple[float, ...], list[Sheet]]:
        """Return the least bound, the mixture of the rivals that gives it, and the sheets it balances.

        Kelley's cutting planes: answer each mixture with its best sheet, solve the game over the sheets so far.
        """
        if not rivals:
            self._note(tuple(left[0] for left in allowed))
            return inf, (), []
        mixture: tuple[float, ...] = (1 / len(rivals),) * len(rivals)
        best = (inf, mixture)
        sheets: list[Sheet] = []
        totals: list[tuple[float, ...]] = []
        weights: tuple[float, ...] = ()
        for _ in range(MOST_CUTS):
            sheet = self._answer(allowed, rivals, mixture)
            total = self._margins(sheet, rivals)
            best = min(best, (fsum(part * each for part, each in zip(mixture, total, strict=True)), mixture))
            self._note(sheet)
            if sheet in sheets:
                break
            sheets.append(sheet)
            totals.append(total)
            value, mixture, weights = solve(totals)
            if best[0] - value < TIE / 1000:
                break
        return *best, [sheet for sheet, weight in zip(sheets, weights, strict=True) if weight > TIE]

    def branch(self, allowed: Allowed, rivals: tuple[int, ...], used: list[Sheet]) -> None:
        """Fix one question after the other, where the balanced sheets differ, until a sheet leads or none can."""
        if self.margin > TIE:
            return
        differing = [q for q, left in enumerate(allowed) if len({sheet[q] for sheet in used}) > 1 < len(left)]
        if not differing or self.nodes >= MOST_NODES:
            self.decided = False
            return
        question = max(differing, key=lambda q: self._spread(q, rivals))
        for option in sorted(allowed[question], key=lambda o: all(sheet[question] != o for sheet in used)):
            self.nodes += 1
            narrowed = (*allowed[:question], (option,), *allowed[question + 1 :])
            bound, _, balanced = self.bound(narrowed, rivals)
            if bound > TIE:
                self.branch(narrowed, rivals, balanced)

    def _answer(self, allowed: Allowed, rivals: tuple[int, ...], mixture: tuple[float, ...]) -> Sheet:
        mixed = [(part, r) for part, r in zip(mixture, rivals, strict=True) if part]

        def lead(gain: Sequence[float]) -> float:
            return gain[self.path] - sum([part * gain[r] for part, r in mixed])

        sheet: list[int] = []
        for options, left in zip(self.gain, allowed, strict=True):
            leads = [lead(options[o]) for o in left]
            sheet.append(left[leads.index(max(leads))])
        return tuple(sheet)

    def _margins(self, sheet: Sheet, rivals: tuple[int, ...]) -> tuple[float, ...]:
        rows = [options[o] for options, o in zip(self.gain, sheet, strict=True)]
        return tuple(fsum(row[self.path] - row[r] for row in rows) for r in rivals)

    def _note(self, sheet: Sheet) -> None:
        gone = frozenset[int]().union(*(options[o] for options, o in zip(self.excludes, sheet, strict=True)))
        rivals = tuple(r for r in range(len(self.gain[0][0])) if r != self.path and r not in gone)
        margin = min(self._margins(sheet, rivals), default=inf)
        if margin > self.margin:
            self.margin, self.sheet = margin, sheet

    def _spread(self, question: int, rivals: tuple[int, ...]) -> float:
        leads = [[gain[self.path] - gain[r] for gain in self.gain[question]] for r in rivals]
        return max(max(each) - min(each) for each in leads)
