"""Changes of answers and where they lead: the board on which `tipping` looks for them.

A change gives an answered question another option; a skipped question stays skipped, because an answer to it
would change how much every other answer counts. While the answered questions stay the same the
scores are sums over them, so every gap between two paths can be followed exactly, change by change.
"""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from pathfinder.result.scoring import TIE, gains
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pathfinder.pack import Pack
    from pathfinder.result.scoring import Ranking

    Moves = Mapping[int, int]  # from a term's place to the place of the option that it gets


@value
class AnswerChange:
    """Another answer to one question: ids of options, and the steps between them (1 between options of a choice)."""

    question: str
    before: str
    after: str
    steps: int


@value
class Turn:
    """Changes that together put `makes_first` first, alone or (`tied`) beside others.

    `smallest` says that no smaller number of them (or of steps, when steps were counted) does so.
    """

    changes: tuple[AnswerChange, ...]
    makes_first: str
    tied: bool
    smallest: bool = True

    @property
    def steps(self) -> int:
        """How many steps the changes make together."""
        return sum(change.steps for change in self.changes)


class Board:
    """Scores and exclusions as they follow from moves; `refused` are the person's own dealbreakers."""

    def __init__(self, pack: Pack, ranking: Ranking) -> None:
        evidence = ranking.evidence
        place = {each.id: p for p, each in enumerate(evidence.candidates)} if evidence.candidates == pack.paths else {}
        self.terms, self.score, self.candidates = evidence.wishes.terms, evidence.score, evidence.candidates
        self.questions = [term.reading.question for term in self.terms]
        self.gains = gains(evidence)
        self.refused = frozenset(match.place for match in ranking.matches if "" in match.ruled_out)
        self.bars = [
            [frozenset(place[path] for path in option.rules_out if path in place) for option in question.options]
            for question in self.questions
        ]
        self.barring = [i for i, row in enumerate(self.bars) if any(row)]

    def drop(self, i: int, o: int, leader: int, rival: int) -> float:
        """Return what option o of term i takes off the leader's lead over the rival."""
        now, then = self.gains[i][self.terms[i].chosen], self.gains[i][o]
        return (now[leader] - now[rival]) - (then[leader] - then[rival])

    def options(self, i: int, rival: int) -> list[int]:
        """Return the other options of term i that leave the rival in."""
        bars, chosen = self.bars[i], self.terms[i].chosen
        return [o for o in range(len(bars)) if o != chosen and rival not in bars[o]]

    def standings(self, moves: Moves) -> tuple[list[float], set[int]]:
        """Return the scores after the moves and the places that are then ruled out."""
        score = list(self.score)
        for i, o in moves.items():
            now, then = self.gains[i][self.terms[i].chosen], self.gains[i][o]
            for p, (a, b) in enumerate(zip(now, then, strict=True)):
                score[p] += b - a
        out = set(self.refused)
        for i in self.barring:
            out |= self.bars[i][moves.get(i, self.terms[i].chosen)]
        return score, out

    def first(self, moves: Moves) -> list[int]:
        """Return who is first, or shares that place, after the moves; empty when all are ruled out."""
        score, out = self.standings(moves)
        best = max((each for p, each in enumerate(score) if p not in out), default=0.0)
        return [p for p, each in enumerate(score) if p not in out and best - each < TIE]

    def steps(self, moves: Moves) -> int:
        """Return how many steps the moves make together."""
        return sum(self.distance(i, o) for i, o in moves.items())

    def distance(self, i: int, o: int) -> int:
        """Return the steps from the given answer to an option: along a scale; 1 within a choice."""
        return abs(o - self.terms[i].chosen) if self.questions[i].scale else 1

    def freed(self, rival: int, leader: int) -> dict[int, int] | None:
        """Return the moves without which the rival stays ruled out, each the best one; None when there are none."""
        moves = {}
        for i in self.barring:
            if rival in self.bars[i][self.terms[i].chosen]:
                best = self.best(i, leader, rival)
                if best is None:
                    return None
                moves[i] = best
        return moves

    def best(self, i: int, leader: int, rival: int) -> int | None:
        """Return the other option of term i that serves the rival best and leaves it in, or None."""
        return max(self.options(i, rival), key=lambda o: self.drop(i, o, leader, rival), default=None)

    def overtake(self, leader: int, rival: int, *, by_steps: bool) -> dict[int, int] | None:
        """Return the fewest moves (or steps) by which the rival's score reaches the leader's."""
        moves = self.freed(rival, leader)
        if moves is None:
            return None
        gap = self.score[leader] - self.score[rival] - fsum(self.drop(i, o, leader, rival) for i, o in moves.items())
        parts = [
            part
            for i in range(len(self.terms))
            if i not in moves
            for part in self.parts(i, leader, rival, by_steps=by_steps)
        ]
        for part, i, o in sorted(parts, key=lambda each: -each[0]):
            if gap < TIE:
                break
            moves[i] = o
            gap -= part
        return moves if gap < TIE else None

    def parts(self, i: int, leader: int, rival: int, *, by_steps: bool) -> Iterator[tuple[float, int, int]]:
        """Yield what term i can take off the lead: at once, or step by step along a scale (equal parts)."""
        best = self.best(i, leader, rival)
        drop = 0.0 if best is None else self.drop(i, best, leader, rival)
        if best is None or drop <= 0:
            return
        if not by_steps or not self.questions[i].scale:
            yield drop, i, best
            return
        chosen, steps = self.terms[i].chosen, self.distance(i, best)
        for step in range(1, steps + 1):
            yield drop / steps, i, chosen + (step if best > chosen else -step)

    def bar(self, leader: int, rival: int) -> dict[int, int] | None:
        """Return the fewest moves that exclude the leader and leave the rival in."""
        moves = self.freed(rival, leader)
        if moves is None:
            return None
        for i in sorted(self.barring, key=lambda i: i not in moves):
            for o in self.options(i, rival):
                if leader in self.bars[i][o]:
                    return {**moves, i: o}
        return None

    def gentlest(self, moves: Moves, works: Callable[[Moves], bool]) -> dict[int, int]:
        """Return the same changes with as few steps as still work."""
        kept = dict(moves)
        for i, o in moves.items():
            nearer = [
                (self.distance(i, each), each) for each in range(len(self.bars[i])) if each != self.terms[i].chosen
            ]
            for distance, each in sorted(nearer):
                if distance < self.distance(i, o) and works({**kept, i: each}):
                    kept[i] = each
                    break
        return kept
