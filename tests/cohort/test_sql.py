"""`pack sql` says in a database what the product says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cohort.people import people, workshop
from cohort.sqltable import check, heads, rows
from pathfinder.cohort.sql import double, select
from pathfinder.errors import UsageError

if TYPE_CHECKING:
    from pathfinder.pack import Pack

duckdb = pytest.importorskip("duckdb")


@pytest.mark.parametrize("kind", ["bundled", "awkward"])
def test_duckdb_scores_1000_sheets_as_the_product_does(bundled: Pack, kind: str) -> None:
    """Skips, nulls, marks, refusals, exclusions by answers and ties included."""
    pack = workshop() if kind == "awkward" else bundled
    sheets = people(pack, 1_000, seed=3, skips=True)
    connection = duckdb.connect()
    columns = ", ".join(f"{each} VARCHAR" for each in heads(pack))
    connection.execute(f"CREATE TABLE answers ({columns})")
    connection.executemany(f"INSERT INTO answers VALUES ({', '.join('?' * len(heads(pack)))})", rows(pack, sheets))  # noqa: S608
    found = connection.execute(select(pack))
    names = [each[0] for each in found.description]
    check(pack, sheets, [dict(zip(names, row, strict=True)) for row in found.fetchall()])


def test_numbers_and_a_table_without_marks(bundled: Pack) -> None:
    """Scales may be numbers, 4 or 4.0, and marks may be missing."""
    connection = duckdb.connect()
    names = heads(bundled)[1:-3]
    columns = ", ".join(f"{5 if n % 2 else '4.0::DOUBLE'} AS {each}" for n, each in enumerate(names))
    connection.execute(f"CREATE TABLE answers AS SELECT {columns}")
    found = connection.execute(select(bundled, marks=False))
    row = dict(zip([each[0] for each in found.description], found.fetchone(), strict=True))
    assert row["answered"] == sum(each.scale is not None for each in bundled.questions)


def test_the_table_is_a_name_and_nothing_else(bundled: Pack) -> None:
    """What is put into the text is checked before."""
    assert "FROM a.b_1.answers t" in select(bundled, "a.b_1.answers")
    for bad in ("", "a b", "x; DROP TABLE y", "a--", '"a"', "1a", "a.b.c.d.e"):
        with pytest.raises(UsageError, match="name of a table"):
            select(bundled, bad)


def test_numbers_are_doubles_in_every_dialect() -> None:
    """Spark reads 0.5 as a decimal."""
    assert [double(each) for each in (0.5, 3.0, -2.0, 1e-9)] == ["0.5E0", "3.0E0", "(-2.0E0)", "1E-09"]
