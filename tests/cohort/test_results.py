"""Results and pages are written whole or not at all, and nothing in them acts."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cohort.people import as_csv, people, plain_csv, workshop
from cohort.test_reading import QUIET
from pathfinder.cohort.names import inert_cell
from pathfinder.cohort.records import record
from pathfinder.cohort.run import CohortRequest, run
from pathfinder.errors import UsageError
from pathfinder.result import evaluate

if TYPE_CHECKING:
    from conftest import Run

PACK = workshop()
HOSTILE = [
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1", "\uff1d1+1", " =1+1", "<script>alert(1)</script>",
    "\x1b]0;x\x07", "\u202egnp.exe", "a\nb", "a|b", "[x](javascript:y)", "{{ 7*7 }}",
]  # fmt: skip


def with_names(path: Path, names: list[str]) -> Path:
    """Write people with these names beside them."""
    rows = list(csv.reader(plain_csv(PACK, people(PACK, len(names), seed=3)).splitlines()))
    extra = [["name"], *([each] for each in names)]
    path.write_text(as_csv([row + more for row, more in zip(rows, extra, strict=True)]), encoding="utf-8", newline="")
    return path


def test_the_three_kinds_hold_the_same_rows(tmp_path: Path) -> None:
    """One line a row, in the file's order, numbers unrounded; the row's number counts refused ones too."""
    duckdb = pytest.importorskip("duckdb")
    path = with_names(tmp_path / "x.csv", [f"n{n}" for n in range(30)])
    text = path.read_text(encoding="utf-8").splitlines(keepends=True)
    text[3] = text[3].replace(text[3].split(",")[0], "77", 1) if text[3].split(",")[0] else "77" + text[3]
    path.write_text("".join(text), encoding="utf-8", newline="")
    wanted = []
    for n, each in enumerate(people(PACK, 30, seed=3), start=1):
        wanted.append({"row": n, "name": f"n{n - 1}", **record(evaluate(PACK, each))})
    del wanted[2]
    for kind in ("csv", "jsonl", "parquet"):
        out = tmp_path / f"out.{kind}"
        found = run(PACK, CohortRequest(path, out=out, id="name"), QUIET)
        assert (found.read, found.refused) == (29, 1)
        if sys.platform != "win32":
            assert out.stat().st_mode & 0o777 == 0o600
    lines = [json.loads(each) for each in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert lines == wanted
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    assert cells == [{key: str(value) for key, value in each.items()} for each in wanted]
    parquet = duckdb.execute(f"SELECT * FROM read_parquet('{tmp_path}/out.parquet')")  # noqa: S608
    names = [each[0] for each in parquet.description]
    assert [dict(zip(names, row, strict=True)) for row in parquet.fetchall()] == wanted
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(".")]


def test_cells_that_a_spreadsheet_would_run_are_text(tmp_path: Path) -> None:
    """In names of columns too; and no control character reaches a file."""
    path = with_names(tmp_path / "x.csv", [each for each in HOSTILE if "\r" not in each])
    for kind in ("csv", "jsonl"):
        out = tmp_path / f"out.{kind}"
        run(PACK, CohortRequest(path, out=out, id="name"), QUIET)
        text = out.read_text(encoding="utf-8")
        assert not any((ord(each) < 32 and each not in "\r\n") or each in "\x7f\u202e" for each in text)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            assert not any(each.lstrip().startswith(("=", "+", "@", "\uff1d")) or each.startswith("-") for each in row)
    assert inert_cell("=1") == "'=1"
    assert inert_cell("Anna") == "Anna"


def test_a_group_s_report_holds_no_row_and_no_markup(tmp_path: Path, call: Run) -> None:
    """Whatever the cells say; a value of the split shows as itself when enough people share it."""
    names = [each for each in HOSTILE for _ in range(6) if "\r" not in each]
    path = with_names(tmp_path / "x.csv", names)
    for kind in ("html", "md"):
        out = tmp_path / f"group.{kind}"
        done = call("cohort", str(path), "--pack", "tests/data/workshop", "--by", "name", "--report", str(out))
        assert done.returncode == 0, done.stderr
        text = out.read_text(encoding="utf-8")
        assert "<script" not in text.replace("\\<", "")
        assert not any(each in text + done.stdout for each in "\x1b\x00\u202e")
        assert kind == "html" or not re.search(r"(?<!\\)\]\(", text)
    assert "&lt;script&gt;" in (tmp_path / "group.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--out", "r.txt"], "end its name in .csv, .jsonl or .parquet"),
        (["--out", "no/r.csv"], "no folder"),
        (["--out", "x.csv"], "three different names"),
        (["--report", "r.txt"], "end its name in .html or .md"),
        (["--id", "crowd"], "say with --out FILE"),
        (["--out", "r.csv", "--id", "nobody"], "there is no column"),
        (["--by", "nobody"], "there is no column"),
    ],
)
def test_what_cannot_be_written_is_refused_first(
    arguments: list[str], message: str, tmp_path: Path, call: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one line, before anything is read or written."""
    pack = Path("tests/data/workshop").resolve()
    monkeypatch.chdir(tmp_path)
    Path("x.csv").write_text(plain_csv(PACK, people(PACK, 9)), encoding="utf-8")
    done = call("cohort", "x.csv", "--pack", str(pack), *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["x.csv"]


def test_a_column_of_the_results_is_not_carried_over(tmp_path: Path) -> None:
    """Two columns of one name would be one too many."""
    path = tmp_path / "x.csv"
    path.write_text("verdict,crowd\r\n1,4\r\n", encoding="utf-8")
    with pytest.raises(UsageError, match="rename yours"):
        run(PACK, CohortRequest(path, out=tmp_path / "r.csv", id="verdict"), QUIET)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has it")
def test_a_full_disk_leaves_the_old_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was there stays, and no half of the new ones is left."""
    import pathfinder.cohort.results as module

    path, out = with_names(tmp_path / "x.csv", ["a"] * 50), tmp_path / "out.csv"
    out.write_text("old", encoding="utf-8")
    monkeypatch.setattr(module, "_private", lambda _: Path("/dev/full").open("w", encoding="utf-8", newline=""))  # noqa: SIM115
    with pytest.raises(UsageError, match="the disk is full"):
        run(PACK, CohortRequest(path, out=out, id="name"), QUIET)
    assert out.read_text(encoding="utf-8") == "old"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out.csv", "x.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_5000_rows_interrupted_write_nothing(tmp_path: Path) -> None:
    """Ctrl-C ends it with 130 and without a trace."""
    path = tmp_path / "x.csv"
    path.write_text(plain_csv(PACK, people(PACK, 5_000, seed=1)), encoding="utf-8")
    done = subprocess.Popen(
        [sys.executable, "-m", "pathfinder", "cohort", str(path), "--pack", "tests/data/workshop", "--out", str(tmp_path / "o.csv")],
        env=os.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    begin = time.monotonic()
    while not any(each.name.startswith(".pathfinder") for each in tmp_path.iterdir()):
        assert time.monotonic() - begin < 30
        time.sleep(0.01)
    done.send_signal(signal.SIGINT)
    stdout, stderr = done.communicate(timeout=30)
    assert (done.returncode, stdout) == (130, b"")
    assert b"Traceback" not in stderr
    assert [each.name for each in tmp_path.iterdir()] == ["x.csv"]


def test_json_is_one_value_and_says_what_the_tables_say(tmp_path: Path, call: Run) -> None:
    """On stdout nothing else."""
    path = with_names(tmp_path / "x.csv", ["a", "b"] * 20)
    done = call("cohort", str(path), "--pack", "tests/data/workshop", "--by", "name", "--outcome", "lean", "--json")
    found = json.loads(done.stdout)
    assert found["schema"] == "pathfinder.cohort/1"
    assert (found["rows"], found["read"], found["refused"]) == (40, 40, 0)
    assert [each["people"] for each in found["groups"]] == [20, 20]
    assert found["whole"]["people"] == 40
    assert found["evidence"]["outcome"]["known"] > 5
    assert found["unused_columns"] == ["name"]
