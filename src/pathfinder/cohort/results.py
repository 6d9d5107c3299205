"""One line a person, written whole or not at all: CSV, JSON lines or Parquet."""

from __future__ import annotations

import csv
import io
import json
import os
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from pathfinder.cohort.names import inert
from pathfinder.errors import UsageError
from pathfinder.files import NOT_OURS, PRIVATE_FILE, reason
from pathfinder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

SUFFIXES: Final = (".csv", ".jsonl", ".parquet")
_BEGINNING: Final = 100_000
_TYPES: Final[dict[type, str]] = {str: "VARCHAR", float: "DOUBLE", int: "BIGINT"}

Write = "Callable[[Mapping[str, str | int | float]], None]"


def check(path: Path) -> None:
    """Refuse what no results can be written to, before anything is read; raises UsageError."""
    name = one_line(str(path))
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"The kind of the results is not clear from {name}: end its name in .csv, .jsonl or .parquet.")
    try:
        if not path.parent.is_dir():
            raise UsageError(f"There is no folder {one_line(str(path.parent))} for the results: make it first.")
        if path.exists() and not path.is_file():
            raise UsageError(f"{name} is not a regular file: choose another name for the results.")
        if path.exists() and not _is_ours(path):
            raise UsageError(f"{name} {NOT_OURS} for the results.")
    except (OSError, ValueError):
        raise UsageError(f"{name} is not a possible file name for the results.") from None
    if path.suffix.lower() == ".parquet":
        from pathfinder.cohort.engine import check as check_engine

        check_engine()


def _is_ours(path: Path) -> bool:
    """Whether a file is empty or begins as results do; they are too large to look at as a whole."""
    kind = path.suffix.lower()
    with path.open("rb") as file:
        start = file.readline(_BEGINNING)
    if not start:
        return True
    if kind == ".parquet":
        from pathfinder.cohort.engine import parquet_names

        names = parquet_names(path)
        return names[:1] == ["row"] and {"first", "verdict", "contradictory"} <= {*names}
    opening, later = (b"row,", b"first,verdict,") if kind == ".csv" else (b'{"row": ', b'"verdict": ')
    return start.startswith(opening) and later in start


@contextmanager
def writing(path: Path, columns: Mapping[str, type]) -> Iterator[Callable[[Mapping[str, Any]], None]]:
    """Give a function that takes rows; the file takes its place only when all went well.

    Until then the rows stand in a file of ours beside it. Raises UsageError of one line when it cannot be written.
    """
    temporary = path.with_name(f".pathfinder-{os.getpid()}-{os.urandom(4).hex()}.tmp")
    try:
        with ExitStack() as undo:
            undo.callback(_gone, temporary)
            with _private(temporary) as file:
                yield _writer(file, path.suffix.lower(), columns)
                file.flush()
                os.fsync(file.fileno())
            if path.suffix.lower() == ".parquet":
                temporary = _as_parquet(temporary, columns, undo)
            temporary.replace(path)
    except OSError as error:
        if error.filename is not None and os.fspath(error.filename) not in {str(temporary), str(path)}:
            raise
        raise UsageError(f"{one_line(str(path))} cannot be written: {reason(error)}") from None


def _as_parquet(lines: Path, columns: Mapping[str, type], undo: ExitStack) -> Path:
    from pathfinder.cohort.engine import to_parquet

    made = lines.with_suffix(".parquet.tmp")
    undo.callback(_gone, made)
    os.close(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
    to_parquet(lines, made, {name: _TYPES[kind] for name, kind in columns.items()})
    return made


def _private(path: Path) -> io.TextIOWrapper:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    return io.TextIOWrapper(os.fdopen(descriptor, "wb"), "utf-8", newline="")


def _writer(file: io.TextIOWrapper, suffix: str, columns: Mapping[str, type]) -> Callable[[Mapping[str, Any]], None]:
    names = [inert(each) for each in columns]
    if suffix == ".csv":
        # Numbers as Python writes them: the shortest digits that give the same number back.
        rows = csv.writer(file)
        rows.writerow(names)
        return lambda row: rows.writerow([_cell(row[each]) for each in columns])

    def write(row: Mapping[str, Any]) -> None:
        cells = {name: _cell(row[each]) for name, each in zip(names, columns, strict=True)}
        file.write(json.dumps(cells, ensure_ascii=False, allow_nan=False) + "\n")

    return write


def _cell(value: Any) -> Any:
    return inert(value) if isinstance(value, str) else value


def _gone(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
