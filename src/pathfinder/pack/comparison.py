"""Paths or tracks side by side, as values: the rows that the terminal, the report and JSON show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pathfinder.pack.model import Pack, Statement, Track

SCHEMA: Final = "pathfinder.compare/1"

APART: Final = 1.0
"""Half a level, or a quarter of a day, is no difference to choose by."""

_R = TypeVar("_R", "Row", "Topic")


@value
class Row:
    """One row of numbers or facts: a cell for each path (None where a path says nothing), and the person's own.

    Cells are texts, levels in -2..2, or half-days out of `total`; `key` is the id behind the label.
    """

    key: str
    label: str
    cells: tuple[str | float | None, ...]
    mine: float | None = None
    total: float = 0.0

    @property
    def differs(self) -> bool:
        """Whether not all paths say the same: in words, or in numbers that are one level or half-day apart at least."""
        numbers = [each for each in self.cells if isinstance(each, (int, float))]
        if len(numbers) == len(self.cells):
            return max(numbers) - min(numbers) >= APART
        return len(set(self.cells)) > 1


@value
class Point:
    """A pro ("+") or a challenge ("-") in short."""

    sign: str
    text: str


@value
class Topic:
    """What speaks for and against each path on one dimension; "" holds what belongs to none."""

    key: str
    label: str
    cells: tuple[tuple[Point, ...], ...]

    @property
    def differs(self) -> bool:
        """Whether a path stands better or worse here than another: the words of two paths never agree."""
        return len({frozenset(each.sign for each in cell) for cell in self.cells}) > 1


@value
class Comparison:
    """The sections of a comparison, each a tuple of rows; empty where no path says anything."""

    week: tuple[Row, ...]
    profile: tuple[Row, ...]
    facts: tuple[Row, ...]
    topics: tuple[Topic, ...]


def compare_paths(
    pack: Pack,
    paths: Sequence[Track],
    *,
    mine: Mapping[str, float] | None = None,
    differences: bool = False,
) -> Comparison:
    """Put paths side by side; `mine` holds the person's preferences in -1..1 by dimension.

    With `differences`, only rows in which the paths differ remain.
    """

    def wanted(rows: Sequence[_R]) -> tuple[_R, ...]:
        return tuple(each for each in rows if each.differs or not differences)

    return Comparison(
        week=wanted(_week(paths)),
        profile=wanted(_profile(pack, paths, mine)),
        facts=wanted(_facts(paths)),
        topics=wanted(_topics(pack, paths)),
    )


def comparison_json(pack: Pack, paths: Sequence[Track], comparison: Comparison) -> dict[str, Any]:
    """Return the comparison in the shape of `compare --json`."""
    ids = [each.id for each in paths]

    def cells(row: Row) -> dict[str, Any]:
        return dict(zip(ids, row.cells, strict=True))

    return {
        "schema": SCHEMA,
        "pack": pack.identity,
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
        "facts": [{"label": row.key} | _fact(row.key, paths) for row in comparison.facts],
    }


def _fact(label: str, paths: Sequence[Track]) -> dict[str, Any]:
    found = {path.id: next((fact for fact in path.facts if fact.label == label), None) for path in paths}
    return {
        "values": {path: fact and fact.value for path, fact in found.items()},
        "texts": {path: fact and fact.text for path, fact in found.items()},
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "headline": statement.headline,
        "text": statement.text,
        "dimension": statement.dimension,
        "sources": list(statement.sources),
    }


def _week(paths: Sequence[Track]) -> list[Row]:
    total = max((sum(each.week.values()) for each in paths), default=0.0)
    activities = dict.fromkeys(activity for each in paths for activity in each.week)
    return [
        Row(
            key=a,
            label=a.replace("-", " "),
            cells=tuple(each.week.get(a, 0.0) if each.week else None for each in paths),
            total=total,
        )
        for a in activities
    ]


def _profile(pack: Pack, paths: Sequence[Track], mine: Mapping[str, float] | None) -> list[Row]:
    return [
        Row(
            key=dimension.id,
            label=dimension.name,
            cells=tuple(each.profile.get(dimension.id, 0.0) for each in paths),
            mine=None if mine is None else 2 * mine.get(dimension.id, 0.0),
        )
        for dimension in pack.dimensions_in_order
    ]


def _facts(paths: Sequence[Track]) -> list[Row]:
    labels = dict.fromkeys(fact.label for each in paths for fact in each.facts)
    texts = [{fact.label: fact.value or fact.text for fact in each.facts} for each in paths]
    return [Row(key=label, label=label, cells=tuple(each.get(label) for each in texts)) for label in labels]


def _topics(pack: Pack, paths: Sequence[Track]) -> list[Topic]:
    labels = {each.id: each.name for each in pack.dimensions_in_order} | {"": "More"}
    rows = [
        Topic(key=key, label=label, cells=tuple(_points(each, key) for each in paths)) for key, label in labels.items()
    ]
    return [each for each in rows if any(each.cells)]


def _points(path: Track, dimension: str) -> tuple[Point, ...]:
    return tuple(
        Point(sign=sign, text=each.headline or each.text)
        for sign, statements in (("+", path.pros), ("-", path.challenges))
        for each in statements
        if (each.dimension or "") == dimension
    )
