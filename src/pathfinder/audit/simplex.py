"""The exact solution of a small zero-sum game, by the simplex method on its linear program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

EPSILON: Final = 1e-12


def solve(payoff: Sequence[Sequence[float]]) -> tuple[float, tuple[float, ...], tuple[float, ...]]:
    """Return the value of a game, the best mixture of columns and the best mixture of rows.

    `payoff[i][j]` is what the row player, who maximises, gets from the column player; both mixtures are
    non-negative and sum to 1. With the payoffs made positive, the columns' mixture is x / sum(x) for the
    x >= 0 that maximises sum(x) under `payoff x <= 1`, and the rows' mixture is that program's dual
    (Dantzig 1951). Bland's rule keeps degenerate games from cycling.
    """
    rows, columns = len(payoff), len(payoff[0])
    shift = 1.0 - min(map(min, payoff))
    table = [
        [each + shift for each in line] + [float(i == k) for k in range(rows)] + [1.0] for i, line in enumerate(payoff)
    ]
    goal = [-1.0] * columns + [0.0] * (rows + 1)
    basis = [columns + i for i in range(rows)]
    while (entering := next((j for j, each in enumerate(goal[:-1]) if each < -EPSILON), None)) is not None:
        limits = [(line[-1] / line[entering], basis[i], i) for i, line in enumerate(table) if line[entering] > EPSILON]
        leaving = min(limits)[2]
        _pivot(table, goal, leaving, entering)
        basis[leaving] = entering
    total = goal[-1]
    mixture = [0.0] * columns
    for line, variable in zip(table, basis, strict=True):
        if variable < columns:
            mixture[variable] = line[-1] / total
    return 1 / total - shift, tuple(mixture), tuple(goal[columns + i] / total for i in range(rows))


def _pivot(table: list[list[float]], goal: list[float], row: int, column: int) -> None:
    pivot = table[row][column]
    table[row] = base = [each / pivot for each in table[row]]
    for line in (*(line for i, line in enumerate(table) if i != row), goal):
        factor = line[column]
        if factor:
            line[:] = [each - factor * b for each, b in zip(line, base, strict=True)]
