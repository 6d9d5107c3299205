"""A survey tool's file as headers and rows of text, read row by row, whatever its size."""

from __future__ import annotations

import codecs
import csv
import io
import os
from contextlib import contextmanager, suppress
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from pathfinder.cohort.engine import parquet_rows
from pathfinder.errors import UsageError
from pathfinder.files import FileRefusedError, open_regular, reason
from pathfinder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

MOST_COLUMNS: Final = 10_000
LONGEST_LINE: Final = 8_000_000
LONGEST_CELL: Final = 131_072
"""What the standard library's reader takes, in characters."""

_SEPARATORS: Final = (",", ";", "\t", "|")
_PEEKED: Final = 1_000_000
_FIRST: Final = 3
_MARKS: Final = (
    # Before the marks of UTF-16, which it begins with.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Table(NamedTuple):
    """The first rows of a file, which hold its headers, and then all rows, the first ones too; `share` is read so far."""

    first: tuple[Sequence[str], ...]
    rows: Iterator[Sequence[str]]
    share: Callable[[], float]


class BadFileError(UsageError):
    """A file that cannot be used at all."""


@contextmanager
def open_table(path: Path, fits: Callable[[Sequence[str]], int]) -> Iterator[Table]:
    """Give the table in a file; `fits` says how many cells of a row are headers that mean something.

    Raises BadFileError of one line when the file cannot be used, also when it changed while it was read.
    """
    name = one_line(str(path))
    try:
        with open_regular(path) as file:
            before = os.fstat(file.fileno())
            with _table(path, file, fits) as table:
                yield table
            after = os.fstat(file.fileno())
    except FileRefusedError as error:
        raise BadFileError(f"{name} {error}") from None
    except OSError as error:
        if error.filename is not None and os.fspath(error.filename) != os.fspath(path):
            raise
        raise BadFileError(f"{name} cannot be read: {reason(error)}") from None
    except UnicodeDecodeError:
        raise BadFileError(f"{name} is not UTF-8 text: save it as \u201cCSV UTF-8\u201d and try again") from None
    except csv.Error as error:
        raise BadFileError(f"{name} cannot be read as CSV: {_plainly(str(error))}") from None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise BadFileError(f"{name} changed while it was read, so nothing was written: try again when it is finished")


@contextmanager
def _table(path: Path, file: IO[bytes], fits: Callable[[Sequence[str]], int]) -> Iterator[Table]:
    size = max(1, os.fstat(file.fileno()).st_size)
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        rows, share = parquet_rows(path)
    elif suffix in {".xlsx", ".xlsm"}:
        from pathfinder.cohort.workbook import workbook_rows

        rows, share = workbook_rows(file, one_line(str(path))), lambda: 0.0
    else:
        rows = _csv_rows(file, fits, one_line(str(path)))

        def share() -> float:
            return file.tell() / size

    filled = (row for row in rows if any(row))
    first = tuple(islice(filled, _FIRST))
    if not first:
        raise BadFileError(f"{one_line(str(path))} is empty")
    if max(map(len, first)) > MOST_COLUMNS:
        raise BadFileError(f"{one_line(str(path))} has more than {MOST_COLUMNS:,} columns")
    yield Table(first, chain(first, filled), share)


def _csv_rows(file: IO[bytes], fits: Callable[[Sequence[str]], int], name: str) -> Iterator[Sequence[str]]:
    start = file.read(_PEEKED)
    file.seek(0)
    encoding = next((each for mark, each in _MARKS if start.startswith(mark)), "utf-8")
    if encoding == "utf-8" and b"\x00" in start:
        raise BadFileError(f"{name} is no text: it holds zero bytes; save it as \u201cCSV UTF-8\u201d")
    separator = _separator(start.decode(encoding, "replace"), fits)
    text = io.TextIOWrapper(file, encoding, newline="")
    try:
        yield from csv.reader(_lines(text, name), delimiter=separator, strict=True)
    finally:
        # The file is its opener's to close.
        if not file.closed:
            text.detach()


def _lines(text: io.TextIOWrapper, name: str) -> Iterator[str]:
    first = True
    while line := text.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise BadFileError(f"{name} has a line of more than {LONGEST_LINE:,} characters")
        # Excel reads the separator from a line of its own.
        if not (first and line.lower().startswith("sep=")):
            yield line
        first = False


def _separator(start: str, fits: Callable[[Sequence[str]], int]) -> str:
    """Return what separates the cells: the sign by which most headers mean something, or which makes most cells."""
    lines = start.splitlines(keepends=True)
    if lines and lines[0].lower().startswith("sep="):
        del lines[0]

    def worth(sign: str) -> tuple[int, int]:
        rows: list[Sequence[str]] = []
        # A cell that is too long, or cut off where the peek ends, is no reason to complain yet.
        with suppress(csv.Error):
            rows.extend(islice(csv.reader(lines, delimiter=sign), _FIRST))
        if max(map(len, rows), default=0) > MOST_COLUMNS:
            return (0, len(rows[0]))
        return (max(map(fits, rows), default=0), len(rows[0]) if rows else 0)

    return max(_SEPARATORS, key=worth)


def _plainly(error: str) -> str:
    if "field larger" in error:
        return f"a cell has more than {LONGEST_CELL:,} characters; is a quote missing before it?"
    if "end of data" in error:
        return "it ends within a cell: a quote is never closed, or the file is cut off"
    return f"{error}; is a quote missing?"
