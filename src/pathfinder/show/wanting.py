"""What this person wants, and which statements of a pack touch it: direction counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pathfinder.show.parts import Line
from pathfinder.show.sentences import capital, joined, within

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathfinder.pack import Statement, Track
    from pathfinder.result import Result

TOUCHES: Final = 1 / 3
"""A wish, times its importance, from here on is worth telling."""

WANTED, UNWANTED = 3, 2
"""So many wishes are named in a sentence."""

ABSENT: Final = -1.5
"""A path with a level down here has next to nothing of it, so that a pro on it praises its absence."""

ASKED_FOR: Final = 1.0
"""A path with a level from here on asks for it, which disturbs who could do without."""


class Wants:
    """The wishes of a result, weighed by how much each matters."""

    def __init__(self, result: Result) -> None:
        self._names = {dimension.id: dimension.name for dimension in result.pack.dimensions}
        wishes = result.ranking.evidence.wishes
        rows = zip(wishes.dimensions, wishes.importance, wishes.value, strict=True)
        self.strength = {dimension.id: m * theta for dimension, m, theta in rows}
        self.priorities = frozenset(result.sheet.matters_most)

    def sentence(self) -> str | None:
        """Return in one sentence what the person wants most, and what least; None when no wish stands out."""
        unwanted = [within(self._names[d]) for d, each in self._ranked() if each <= -TOUCHES][:UNWANTED]
        without = f"you could do without {' or '.join(unwanted)}." if unwanted else ""
        wanted = self.wanted()
        if wanted is None:
            return capital(without) or None
        return f"{wanted.removesuffix('.')}; {without}" if without else wanted

    def wanted(self) -> str | None:
        """Return in one sentence what the person wants most; None when they want nothing much."""
        wanted = [within(self._names[d]) for d, each in self._ranked() if each >= TOUCHES][:WANTED]
        return f"You want {joined(wanted)}." if wanted else None

    def _ranked(self) -> list[tuple[str, float]]:
        return sorted(self.strength.items(), key=lambda each: (each[0] not in self.priorities, -abs(each[1])))

    def lines(self, path: Track, statements: Iterable[Statement], *, challenges: bool) -> tuple[Line, ...]:
        """Return pros or challenges: what touches the person first, what they do not want last."""

        def touched(each: Statement) -> float:
            return self._touched(path, each, challenges=challenges)

        return tuple(self._line(each, touched(each)) for each in sorted(statements, key=touched, reverse=True))

    def _touched(self, path: Track, statement: Statement, *, challenges: bool) -> float:
        """Return how much a statement is the person's, or less than nothing where they want the contrary."""
        if statement.dimension is None:
            return 0.0
        wish, level = self.strength[statement.dimension], path.profile.get(statement.dimension, 0.0)
        if abs(wish) < TOUCHES:
            return 0.0
        if challenges:
            return abs(wish) if wish > 0 or level >= ASKED_FOR else wish
        return -wish if level <= ABSENT else wish

    def _line(self, statement: Statement, touched: float) -> Line:
        dimension = statement.dimension
        own = (self._names[dimension], self.strength[dimension] > 0) if dimension and touched > 0 else None
        return plain_line(statement, own)


def plain_line(statement: Statement, own: tuple[str, bool] | None = None) -> Line:
    """Return a statement as a line."""
    return Line(
        text=statement.text, headline=statement.headline, more=statement.more, sources=statement.sources, own=own
    )
