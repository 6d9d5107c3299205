"""The same engine in Spark's workers, and the printed SELECT in Spark's SQL."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("pyspark", reason="an environment of its own has it: the group spark")

from pyspark.sql import SparkSession

from cohort.people import people, workshop
from cohort.sqltable import check, heads, rows
from pathfinder.cohort.records import record
from pathfinder.cohort.spark import assess
from pathfinder.cohort.sql import select
from pathfinder.errors import UsageError
from pathfinder.result import evaluate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathfinder.pack import Pack

# Spark's own files and sockets are closed when its Java ends.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """Return Spark on two threads of this machine."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        # Compiling a SELECT of 35,000 characters pays from a million rows on, not for a thousand.
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.mark.parametrize("kind", ["bundled", "awkward"])
def test_spark_scores_1000_sheets_as_the_product_does(spark: Any, bundled: Pack, kind: str) -> None:
    """The printed SELECT, within 1e-12."""
    pack = workshop() if kind == "awkward" else bundled
    sheets = people(pack, 1_000, seed=4, skips=True)
    schema = ", ".join(f"{each} string" for each in heads(pack))
    spark.createDataFrame(rows(pack, sheets), schema).createOrReplaceTempView("answers")
    check(pack, sheets, [each.asDict() for each in spark.sql(select(pack)).collect()])


def test_assess_gives_the_rows_of_the_results(spark: Any, bundled: Pack) -> None:
    """Scores, certainty and verdict to the last digit; a row that does not fit says why and stops nothing."""
    sheets = people(bundled, 300, seed=5, skips=True)
    table = rows(bundled, sheets)
    table[7][1] = "perhaps"
    frame = spark.createDataFrame(table, ", ".join(f"{each} string" for each in heads(bundled))).repartition(2)
    found = {int(each["n"]): each.asDict() for each in assess(frame, bundled, keep=["n"]).collect()}
    assert "not \u201cperhaps\u201d" in found[7].pop("refused")
    assert set(found.pop(7).values()) == {"7", None}
    assert len(found) == 299
    for n, row in found.items():
        assert row == {"n": str(n), **record(evaluate(bundled, sheets[n])), "refused": None}


def test_a_frame_without_a_question_is_refused(spark: Any, bundled: Pack) -> None:
    """At once, not by a worker an hour later."""
    with pytest.raises(UsageError, match="no column is a question"):
        assess(spark.createDataFrame([("1",)], "x string"), bundled)
    with pytest.raises(UsageError, match="keep"):
        assess(spark.createDataFrame([("1",)], "patient_day string"), bundled, keep=["y"])
