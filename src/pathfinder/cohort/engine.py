"""Parquet in and out, by DuckDB, the embedded engine (used only here; the extra `cohort`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pathfinder.cohort.cells import as_cell
from pathfinder.errors import UsageError
from pathfinder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

_BATCH: Final = 2_000
_SETTINGS: Final[dict[str, str | int | float | list[str]]] = {
    "threads": 2,
    "memory_limit": "256MB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def parquet_rows(path: Path) -> tuple[Iterator[Sequence[str]], Callable[[], float]]:
    """Return the header and the rows of a Parquet file as text, and what tells the share that was read."""
    name = one_line(str(path))
    if {*"*?[]{}"} & {*str(path)}:
        raise UsageError(f"{name} cannot be read: a name with * ? [ ] stands for several files; rename it")
    connection = _connected()
    done = [0, 1]

    def rows() -> Iterator[Sequence[str]]:
        try:
            done[1] = max(1, _number(connection, "SELECT count(*) FROM read_parquet(?)", str(path)))
            found = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
            yield [each[0] for each in found.description or ()]
            while batch := found.fetchmany(_BATCH):
                for row in batch:
                    yield [as_cell(each) for each in row]
                done[0] += len(batch)
        except engine().Error as error:
            first = one_line(str(error).split("\n", 1)[0])
            raise UsageError(f"{name} cannot be read as Parquet: {first}") from None
        finally:
            connection.close()

    return rows(), lambda: done[0] / done[1]


def parquet_names(path: Path) -> list[str]:
    """Return the names of a Parquet file's columns; none when it is no such file."""
    rows, _ = parquet_rows(path)
    try:
        return list(next(rows))
    except UsageError:
        return []


def to_parquet(lines: Path, target: Path, types: dict[str, str]) -> None:
    """Write a file of JSON lines as Parquet, its columns by name with these types; raises UsageError."""
    connection = _connected()
    columns = "{" + ", ".join(f"{_quoted(name)}: {_quoted(kind)}" for name, kind in types.items()) + "}"
    try:
        connection.execute(
            f"COPY (SELECT * FROM read_json({_quoted(str(lines))}, format='newline_delimited', columns={columns})) "  # noqa: S608 - our own temporary file
            f"TO {_quoted(str(target))} (FORMAT parquet, USE_TMP_FILE false)"
        )
    except engine().Error as error:
        raise UsageError(f"the results cannot be written as Parquet: {one_line(str(error))}") from None
    finally:
        connection.close()


def engine() -> Any:
    """Return DuckDB; raises UsageError when it is not there."""
    try:
        import duckdb
    except ImportError:
        raise UsageError("Parquet needs DuckDB, which is not installed: pip install duckdb, or use CSV") from None
    return duckdb


def _connected() -> DuckDBPyConnection:
    connection: DuckDBPyConnection = engine().connect(config={**_SETTINGS})
    return connection


def _number(connection: DuckDBPyConnection, query: str, argument: str) -> int:
    found = connection.execute(query, [argument]).fetchone()
    return int(found[0]) if found else 0


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
