"""The same engine on a Spark cluster: the extra `spark` (pyspark and pyarrow are used only here)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pathfinder.cohort.cells import as_cell
from pathfinder.cohort.columns import Columns, RowError
from pathfinder.cohort.records import record, result_columns
from pathfinder.errors import UsageError
from pathfinder.result import evaluate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyarrow import RecordBatch
    from pyspark.sql import DataFrame

    from pathfinder.pack import Pack

REFUSED: Final = "refused"
_TYPES: Final = {str: "string", float: "double", int: "long"}


def assess(frame: DataFrame, pack: Pack, *, keep: Sequence[str] = ()) -> DataFrame:
    """Return everybody's result: the columns of `cohort --out`, with those to `keep` in front and `refused` at the end.

    A column is a question when its name is the question's id or its text. A row that does not fit has null everywhere and
    in `refused` what is wrong with it. Raises UsageError when no column is a question, or one to keep is not there.
    """
    names = list(frame.columns)
    # Told here rather than by a worker; the first row of an export is a header only when Spark read it so.
    Columns(pack, [names])
    kinds = result_columns(pack)
    for each in keep:
        if each not in names or each in {*kinds, REFUSED}:
            raise UsageError(f"keep: {each} is no column of the frame, or a column of the results")
    types = {name: _TYPES[kind] for name, kind in kinds.items()}
    schema = ", ".join(
        f"`{name}` {kind}" for name, kind in (dict.fromkeys(keep, "string") | types | {REFUSED: "string"}).items()
    )

    def part(batches: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
        import pyarrow as pa

        known = Columns(pack, [names])
        shape = pa.schema(
            [
                *((each, pa.string()) for each in keep),
                *((name, _arrow(pa, kind)) for name, kind in kinds.items()),
                (REFUSED, pa.string()),
            ]
        )
        for batch in batches:
            yield pa.RecordBatch.from_pylist([_row(pack, known, row, keep) for row in batch.to_pylist()], schema=shape)

    return frame.mapInArrow(part, schema)


def _row(pack: Pack, known: Columns, row: dict[str, Any], keep: Sequence[str]) -> dict[str, Any]:
    cells = [as_cell(each) for each in row.values()]
    kept = {each: None if row[each] is None else as_cell(row[each]) for each in keep}
    try:
        found = record(evaluate(pack, known.sheet(cells)))
    except RowError as error:
        return {**kept, REFUSED: str(error)}
    return {**kept, **found, REFUSED: None}


def _arrow(pa: Any, kind: type) -> Any:
    return {str: pa.string(), float: pa.float64(), int: pa.int64()}[kind]
