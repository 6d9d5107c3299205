"""Measures a cohort: the whole process for a class, rows a second, memory, and the printed SELECT on DuckDB.

All times are of the processor, so that they can be had on a machine that others use too.

python bench/cohort_speed.py [ROWS] [ROWS FOR SQL]
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from cohort_people import write
from people import bundled, table

from pathfinder.cohort.sql import select

CLASS = 200
LEAST_RUNS = 5

# From a process as small as can be: until it begins to run, a child is as large as its parent.
LAUNCH = """
import os, sys
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, 2, 1)])
_, status, usage = os.wait4(child, 0)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)
sys.exit(bool(status))
"""


def measured(arguments: list[str]) -> tuple[float, float]:
    """Return the seconds of the processor that a run of the program takes, and the megabytes it holds at its peak."""
    done = subprocess.run(
        [sys.executable, "-c", LAUNCH, sys.executable, "-m", "pathfinder", "cohort", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, peak = map(float, done.stdout.split())
    return seconds, peak


def file_of(folder: Path, count: int) -> Path:
    """Write so many people into a file."""
    path = folder / f"{count}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        write(file, bundled(), count)
    return path


def sql(path: Path, copies: int) -> tuple[float, float]:
    """Return the seconds of the processor that the printed SELECT takes over a table in DuckDB, into a table of its own, and its rows."""
    connection = duckdb.connect(config={"threads": 2})
    pack = bundled()
    connection.execute(
        f"CREATE TABLE answers AS SELECT * EXCLUDE range FROM read_csv('{path}', all_varchar=true), range({copies})"  # noqa: S608 - our own file
    )
    begin = time.process_time()
    connection.execute(f"CREATE TABLE scored AS {select(pack, marks=False)}")
    seconds = time.process_time() - begin
    found = connection.execute("SELECT count(*) FROM scored").fetchone()
    return seconds, float(found[0]) if found else 0.0


def main() -> None:
    """Print the table."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    with TemporaryDirectory() as name:
        folder = Path(name)
        small, large = file_of(folder, CLASS), file_of(folder, many)
        lines = []
        runs = sorted(measured([str(small)])[0] for _ in range(LEAST_RUNS))
        lines.append(("a class of 200, whole process, median", f"{runs[len(runs) // 2]:.2f} s"))
        for title, more in (
            ("group alone", []),
            ("with results as CSV", ["--out", str(folder / "out.csv"), "--id", "record_id"]),
            ("with results as Parquet", ["--out", str(folder / "out.parquet")]),
            ("with evidence", ["--outcome", "chose", "--again", "record_id"]),
        ):
            seconds, peak = measured([str(large), *more])
            lines.append((f"{many:,} rows, {title}", f"{many / seconds:,.0f} rows a second, {peak:.0f} MB"))
        seconds, count = sql(large, -(-most // many))
        lines.append((f"`pack sql` on DuckDB, {count:,.0f} rows, two threads", f"{seconds:.1f} s"))
    print(table(("what", "measured"), lines))


if __name__ == "__main__":
    main()
