"""A table of answers, and what the product says about its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cohort.people import MARKS, chosen
from pathfinder.cohort.names import variables
from pathfinder.result import scoring

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pathfinder.answers.interview import AnswerSheet
    from pathfinder.pack import Pack

CLOSE = 1e-12


def heads(pack: Pack) -> list[str]:
    """Return the names of the table's columns."""
    return ["n", *variables(each.id for each in pack.questions).values(), *MARKS]


def rows(pack: Pack, sheets: Sequence[AnswerSheet]) -> list[list[str | None]]:
    """Return the table's rows as text, null where nothing was said."""
    names = [*(each.id for each in pack.questions), *MARKS]
    return [[str(n), *("; ".join(chosen(each, name)) or None for name in names)] for n, each in enumerate(sheets)]


def check(pack: Pack, sheets: Sequence[AnswerSheet], found: Sequence[Mapping[str, Any]]) -> None:
    """Assert that every row says what the product says, as exactly as doubles can."""
    assert len(found) == len(sheets)
    paths = variables(each.id for each in pack.paths)
    dimensions = variables(each.id for each in pack.dimensions)
    for row in found:
        ranking = scoring.rank(pack, sheets[int(row["n"])])
        wishes = ranking.evidence.wishes
        assert row["answered"] == len(wishes.terms)
        for each, theta in zip(pack.dimensions, wishes.value, strict=True):
            assert abs(row[f"theta_{dimensions[each.id]}"] - theta) <= CLOSE
        for match in ranking.matches:
            name = paths[match.path.id]
            assert abs(row[f"score_{name}"] - match.score) <= CLOSE
            assert abs(row[f"match_{name}"] - match.match) <= 100 * CLOSE
            assert row[f"out_{name}"] == bool(match.ruled_out)
        leaders = [each.path.id for each in ranking.leaders]
        assert row["best"] == (leaders[0] if leaders else None)
        assert row["tied"] == len(leaders)
