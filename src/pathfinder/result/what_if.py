"""What would change a result: the smallest change of answers that unseats the leader, or that puts a path first."""

from __future__ import annotations

from math import fsum
from operator import mul
from typing import TYPE_CHECKING, Final

from pathfinder.result.answer_changes import AnswerChange, Board, Turn
from pathfinder.result.scoring import TIE, rank

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pathfinder.answers.interview import AnswerSheet
    from pathfinder.pack import Pack
    from pathfinder.result.answer_changes import Moves
    from pathfinder.result.scoring import Ranking

LOOKED_AT: Final = 4_000
"""So many sets of changes `make_first` looks at for a smallest one: all of up to three changes in a quiz of 30."""

ROUNDS: Final = 40
"""How often `make_first` shifts its weight between the rivals when it looks for any set that works."""


FEWEST: Final = 3
USUAL: Final = 200
"""Options of a whole quiz up to which none of these is spared; n times as many get an n-th of them, in the same time."""


def unseat(pack: Pack, ranking: Ranking) -> tuple[Turn | None, Turn | None]:
    """Return a smallest set of changes after which another path is first or ties, and one of the fewest steps.

    Exact: against one rival every question takes its own part off the gap, so the largest parts are the fewest.
    An answer that excludes the leader unseats it too, and one that excludes the rival must change first. None
    when there is no single leader or when no change of answers can do it.
    """
    if len(ranking.leaders) != 1:
        return None, None
    board = Board(pack, ranking)
    return _unseat(board, ranking, by_steps=False), _unseat(board, ranking, by_steps=True)


def _unseat(board: Board, ranking: Ranking, *, by_steps: bool) -> Turn | None:
    leader = ranking.leaders[0].place
    found: list[tuple[int, int, dict[int, int]]] = []
    for rival in (match.place for match in ranking.matches if match.place not in {leader, *board.refused}):
        # By score before by exclusion, where both take as many changes: it says more about the person.
        for kind, moves in enumerate((board.overtake(leader, rival, by_steps=by_steps), board.bar(leader, rival))):
            if moves is not None:
                found.append((board.steps(moves) if by_steps else len(moves), kind, moves))
    if not found:
        return None
    moves = min(found, key=lambda each: each[:2])[2]

    def unseated(trial: Moves) -> bool:
        return any(p != leader for p in board.first(trial))

    moves = moves if by_steps else board.gentlest(moves, unseated)
    score = board.standings(moves)[0]
    others = (p for p in board.first(moves) if p != leader)
    return _turn(board, moves, min(others, key=lambda p: (-score[p], board.candidates[p].id)), smallest=True)


def make_first(pack: Pack, sheet: AnswerSheet, path: str) -> Turn | None:
    """Return changes that put a path of the pack first, or beside the first; none when it already is.

    A smallest set if the search ends in time, otherwise `smallest` is false: one way to, not the only one. None
    when the person ruled the path out, or no way exists or was found. Raises KeyError for an unknown path.
    """
    target = pack.paths.index(pack.path_by_id[path])
    board = Board(pack, rank(pack, sheet))
    if target in board.refused:
        return None

    def first(trial: Moves) -> bool:
        return target in board.first(trial)

    search = _Search(board, target)
    moves, smallest = search.smallest(), True
    if moves is None and search.left <= 0:
        moves, smallest = _one_way(board, target, first), False
    return None if moves is None else _turn(board, board.gentlest(moves, first), target, smallest=smallest)


def _turn(board: Board, moves: Moves, place: int, *, smallest: bool) -> Turn:
    changes = []
    for i, o in sorted(moves.items()):
        question, chosen = board.questions[i], board.terms[i].chosen
        before, after = question.options[chosen].id, question.options[o].id
        changes.append(AnswerChange(question=question.id, before=before, after=after, steps=board.distance(i, o)))
    named = board.candidates[place].id
    return Turn(changes=tuple(changes), makes_first=named, tied=len(board.first(moves)) > 1, smallest=smallest)


class _Search:
    """Breadth first for the smallest set of moves that puts a target first; `left` sets may still be looked at."""

    def __init__(self, board: Board, target: int) -> None:
        self.board, self.target, self.left = board, target, _affordable(board, LOOKED_AT)

    def smallest(self) -> dict[int, int] | None:
        """Return a smallest set; None when there is none or, with `left` at 0, when the search was broken off."""
        for count in range(len(self.board.terms) + 1):
            found = self.deeper({}, count, set())
            if found is not None or self.left <= 0:
                return found
        return None

    def deeper(self, moves: dict[int, int], count: int, seen: set[frozenset[tuple[int, int]]]) -> dict[int, int] | None:
        """Return `moves` with up to `count` more that put the target first; None when there are none."""
        score, out = self.board.standings(moves)
        ahead = max((p for p in range(len(score)) if p not in out), key=lambda p: score[p], default=self.target)
        self.left -= 1
        if self.target not in out and score[ahead] - score[self.target] < TIE:
            return moves
        key = frozenset(moves.items())
        if count == 0 or key in seen:
            return None
        seen.add(key)
        for i, o in self.branches(moves, count, ahead, score[ahead] - score[self.target]):
            found = self.deeper({**moves, i: o}, count - 1, seen) if self.left > 0 else None
            if found is not None:
                return found
        return None

    def branches(self, moves: Moves, count: int, ahead: int, arrears: float) -> Sequence[tuple[int, int]]:
        """Return the next moves worth a look, the best first.

        A set of `count` moves that closes the gap to whoever is ahead has one that closes a `count`-th of it, or
        that excludes the one ahead; nothing is missed by going on with these alone. Where an answer excludes the
        target, that answer must change.
        """
        board, target = self.board, self.target
        for i in board.barring:
            if target in board.bars[i][moves.get(i, board.terms[i].chosen)]:
                return [(i, o) for o in board.options(i, target)]
        found = []
        for i in range(len(board.terms)):
            for o in board.options(i, target) if i not in moves else ():
                drop = board.drop(i, o, ahead, target)
                if drop * count >= arrears - TIE or ahead in board.bars[i][o]:
                    found.append((-drop, i, o))
        return [(i, o) for _, i, o in sorted(found)]


def _affordable(board: Board, count: int) -> int:
    return max(min(FEWEST, count), count * USUAL // max(USUAL, sum(map(len, board.bars))))


def _one_way(board: Board, target: int, first: Callable[[Moves], bool]) -> dict[int, int] | None:
    """Return moves that put the target first, found by weighing its rivals and taking the most helpful answers.

    Whoever is still ahead when all helpful answers are taken weighs more in the next round.
    """
    weight = {p: 1.0 for p in range(len(board.score)) if p != target and p not in board.refused}
    best: dict[int, int] | None = None
    for _ in range(_affordable(board, ROUNDS)):
        moves: dict[int, int] = {}
        for i, o in _helpful(board, target, weight):
            if first(moves):
                break
            moves[i] = o
        if first(moves) and (best is None or len(moves) < len(best)):
            best = moves
        score, out = board.standings(moves)
        ahead = max((p for p in weight if p not in out), key=lambda p: score[p], default=None)
        if ahead is None:
            break
        weight[ahead] *= 1.3
    return best


def _helpful(board: Board, target: int, weight: Mapping[int, float]) -> Sequence[tuple[int, int]]:
    ranked, pull = [], [weight.get(p, 0.0) for p in range(len(board.score))]
    pull[target] = -fsum(weight.values())
    for i, term in enumerate(board.terms):
        options = board.options(i, target)
        if not options:
            continue
        gain = board.gains[i]
        now = fsum(map(mul, pull, gain[term.chosen]))
        help_ = {o: now - fsum(map(mul, pull, gain[o])) for o in options}
        best = max(options, key=lambda o: help_[o])
        if target in board.bars[i][term.chosen]:
            ranked.append((float("inf"), i, best))
        elif help_[best] > 0:
            ranked.append((help_[best], i, best))
    return [(i, o) for _, i, o in sorted(ranked, key=lambda each: -each[0])]
