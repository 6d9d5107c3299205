"""One line a person, written whole or not at all: CSV, JSON lines or Parquet."""

from __future__ import annotations

import csv
import io
import json
import os
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from pathfinder.cohort.engine import engine, parquet_names, to_parquet
from pathfinder.cohort.names import inert_cell
from pathfinder.errors import UsageError
from pathfinder.files import NOT_OURS, PRIVATE_FILE, check_target, reason
from pathfinder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

_BEGINNING: Final = 100_000
_TYPES: Final[dict[type, str]] = {str: "VARCHAR", float: "DOUBLE", int: "BIGINT"}


def check_results(path: Path) -> None:
    """Refuse what no results can be written to, before anything is read; raises UsageError."""
    check_target(path, "results", (".csv", ".jsonl", ".parquet"))
    if path.exists() and not _is_ours(path):
        raise UsageError(f"{one_line(str(path))} {NOT_OURS} for the results.")
    if path.suffix.lower() == ".parquet":
        engine()


def _is_ours(path: Path) -> bool:
    """Whether a file is empty or begins as results do; they are too large to look at as a whole."""
    kind = path.suffix.lower()
    with path.open("rb") as file:
        start = file.readline(_BEGINNING)
    if not start:
        return True
    if kind == ".parquet":
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
    made = lines.with_suffix(".parquet.tmp")
    undo.callback(_gone, made)
    os.close(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
    to_parquet(lines, made, {name: _TYPES[kind] for name, kind in columns.items()})
    return made


def _private(path: Path) -> io.TextIOWrapper:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    return io.TextIOWrapper(os.fdopen(descriptor, "wb"), "utf-8", newline="")


def _writer(file: io.TextIOWrapper, suffix: str, columns: Mapping[str, type]) -> Callable[[Mapping[str, Any]], None]:
    names = [inert_cell(each) for each in columns]
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
    return inert_cell(value) if isinstance(value, str) else value


def _gone(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
