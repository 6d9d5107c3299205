"""Paths side by side, as values: the rows that the terminal, the report and JSON show."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pathfinder.pack import CareerPath, Pack, Statement

SCHEMA: Final = "pathfinder.compare/1"


@value
class Row:
    """One row: a cell for each path (None where a path says nothing), and the person's own where known.

    Cells are texts, levels in -2..2, or half-days out of `total`; `key` is the id behind the label.
    """

    key: str
    label: str
    cells: tuple[str | float | None, ...]
    mine: float | None = None
    total: float = 0.0

    @property
    def differs(self) -> bool:
        """Whether not all paths say the same."""
        return len(set(self.cells)) > 1


@value
class Comparison:
    """The sections of a comparison, each a tuple of rows; empty where no path says anything."""

    week: tuple[Row, ...]
    profile: tuple[Row, ...]
    facts: tuple[Row, ...]
    pros: tuple[Row, ...]
    challenges: tuple[Row, ...]


def compare(
    pack: Pack,
    paths: Sequence[CareerPath],
    *,
    mine: Mapping[str, float] | None = None,
    differences: bool = False,
) -> Comparison:
    """Put paths side by side; `mine` holds the person's preferences in -1..1 by dimension.

    With `differences`, only rows in which the paths differ remain.
    """
    every = {
        "week": _week(paths),
        "profile": _profile(pack, paths, mine),
        "facts": _facts(paths),
        "pros": _statements([each.pros for each in paths]),
        "challenges": _statements([each.challenges for each in paths]),
    }
    return Comparison(
        **{name: tuple(row for row in rows if row.differs or not differences) for name, rows in every.items()}
    )


def to_json(pack: Pack, paths: Sequence[CareerPath], comparison: Comparison) -> dict[str, Any]:
    """Return the comparison in the shape of `compare --json`."""
    ids = [each.id for each in paths]

    def cells(row: Row) -> dict[str, Any]:
        return dict(zip(ids, row.cells, strict=True))

    return {
        "schema": SCHEMA,
        "pack": {"id": pack.id, "version": pack.version, "fingerprint": pack.fingerprint},
        "paths": [
            {
                "path": each.id,
                "name": each.name,
                "summary": each.summary,
                "pros": [_statement(pro) for pro in each.pros],
                "challenges": [_statement(challenge) for challenge in each.challenges],
            }
            for each in paths
        ],
        "week": [{"activity": row.key, "half_days": cells(row)} for row in comparison.week],
        "profile": [
            {"dimension": row.key, "levels": cells(row)} | ({} if row.mine is None else {"mine": row.mine / 2})
            for row in comparison.profile
        ],
        "facts": [{"label": row.key, "texts": cells(row)} for row in comparison.facts],
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {"text": statement.text, "dimension": statement.dimension, "sources": list(statement.sources)}


def _week(paths: Sequence[CareerPath]) -> list[Row]:
    total = max((sum(each.week.values()) for each in paths), default=0.0)
    activities = dict.fromkeys(activity for each in paths for activity in each.week)
    return [
        Row(key=a, label=a.replace("-", " "), cells=tuple(each.week.get(a, 0.0) for each in paths), total=total)
        for a in activities
    ]


def _profile(pack: Pack, paths: Sequence[CareerPath], mine: Mapping[str, float] | None) -> list[Row]:
    return [
        Row(
            key=dimension.id,
            label=dimension.name,
            cells=tuple(each.profile.get(dimension.id, 0.0) for each in paths),
            mine=None if mine is None else 2 * mine.get(dimension.id, 0.0),
        )
        for theme in pack.themes
        for dimension in pack.dimensions
        if dimension.theme == theme
    ]


def _facts(paths: Sequence[CareerPath]) -> list[Row]:
    labels = dict.fromkeys(fact.label for each in paths for fact in each.facts)
    texts = [{fact.label: fact.text for fact in each.facts} for each in paths]
    return [Row(key=label, label=label, cells=tuple(each.get(label) for each in texts)) for label in labels]


def _statements(columns: Sequence[tuple[Statement, ...]]) -> list[Row]:
    rows = zip_longest(*([each.text for each in column] for column in columns))
    return [Row(key="", label="", cells=tuple(row)) for row in rows]
