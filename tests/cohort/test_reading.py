"""Files are read whatever their separators and headers; what cannot be used is refused in one line."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from typing import TYPE_CHECKING

import pytest

from cohort.people import as_csv, people, plain_csv, workshop
from cohort.test_exports import read_back
from pathfinder.cohort import table
from pathfinder.cohort.cells import CellError, Several, answer_of, is_ticked
from pathfinder.cohort.columns import Columns
from pathfinder.cohort.run import CohortRequest, Telling, run
from pathfinder.cohort.workbook import workbook
from pathfinder.errors import UsageError
from pathfinder.pack import SKIP

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run
    from pathfinder.pack import Pack

QUIET = Telling(lambda *_: None, lambda *_: None)


@pytest.fixture
def pack() -> Pack:
    """Return the small pack."""
    return workshop()


def test_separators_marks_and_encodings(pack: Pack, tmp_path: Path) -> None:
    """Comma, semicolon, tab and bar; with and without byte order mark; as Excel saves "Unicode text"; with its own line."""
    sheets = people(pack, 9)
    rows = list(csv.reader(plain_csv(pack, sheets).splitlines()))
    for separator in ",;\t|":
        for encoding, start in (
            ("utf-8", ""),
            ("utf-8-sig", ""),
            ("utf-16", ""),
            ("utf-32", ""),
            ("utf-8", f"sep={separator}\r\n"),
        ):
            path = tmp_path / "x.csv"
            path.write_text(start + as_csv(rows, separator), encoding=encoding, newline="")
            assert read_back(pack, path) == sheets


def test_a_workbook_and_parquet_hold_the_same(pack: Pack, tmp_path: Path) -> None:
    """Excel by the standard library, Parquet by DuckDB; empty cells at the end of a row included."""
    sheets = people(pack, 9)
    text = plain_csv(pack, sheets)
    (tmp_path / "x.xlsx").write_bytes(workbook({"first": list(csv.reader(text.splitlines())), "second": [["no"]]}))
    assert read_back(pack, tmp_path / "x.xlsx") == sheets
    duckdb = pytest.importorskip("duckdb")
    (tmp_path / "x.csv").write_text(text, encoding="utf-8")
    duckdb.execute(f"COPY (SELECT * FROM read_csv('{tmp_path}/x.csv')) TO '{tmp_path}/x.parquet'")  # noqa: S608
    assert read_back(pack, tmp_path / "x.parquet") == sheets


def test_a_cell_is_an_id_a_word_a_text_or_a_place(pack: Pack) -> None:
    """Case, spaces and typographic signs aside."""
    scale = answer_of(pack.question_by_id["crowd"])
    for cell in ("4", "4.0", " Agree ", "AGREE", "4 - Agree", "A4", "AO04"):
        assert scale.read(cell) == "4"
    for cell in ("skip", "Not sure", "NA", "n/a", "-99"):
        assert scale.read(cell) == SKIP
    assert scale.read("  ") is None
    for cell in ("6", "0", "4.5", "maybe", "4 - Disagree", "\x00", "4\n5"):
        with pytest.raises(CellError):
            scale.read(cell)
    choice = answer_of(pack.question_by_id["a-very-long-id-of-a-question-about-lunch"])
    for cell in ("with two or three - on the roof", "With  two or three \u2014 on the roof", "3", "A3"):
        assert choice.read(cell) == "3"
    assert choice.read("no") == "no"


def test_several_things_in_one_cell() -> None:
    """Ids or names, by semicolons, commas or spaces; names may hold a comma themselves."""
    several = Several({"a": "Wood, bark", "b-c": "Fine work", "d": "Company"}, "dimension")
    for cell in ("a;b-c", "Wood, bark; Fine work", "Wood, bark, fine work", "a b_c", "1,2", "Wood, bark Fine work"):
        assert several.read(cell) == ("a", "b-c")
    assert several.read("") == several.read("NA") == ()
    for cell in ("x", "a;x", "a, x", "a x", "a;" * 5_000):
        with pytest.raises(CellError):
            several.read(cell)
    assert [is_ticked(each, frozenset({"wood"})) for each in ("1", "Y", "Wood", "0", "", "Unchecked")] == [True] * 3 + [
        False
    ] * 3
    with pytest.raises(CellError):
        is_ticked("perhaps", frozenset())


def test_rows_that_do_not_fit_are_named_and_the_others_go_on(pack: Pack, tmp_path: Path, call: Run) -> None:
    """File, row, column, message; read and refused make all rows; the exit code is 1."""
    lines = plain_csv(pack, people(pack, 8)).splitlines()
    cells = [next(csv.reader([each])) for each in lines]
    cells[2][0] = "6"
    cells[4][8] = "wood;fine-work;Company;wood;Compani"
    cells[5] = cells[5][:5]
    cells[6][8], cells[6][9] = "wood", "wood"
    path = tmp_path / "x.csv"
    path.write_text(as_csv(cells), encoding="utf-8")
    done = call("cohort", str(path), "--pack", "tests/data/workshop")
    assert done.returncode == 1
    told = done.stderr.splitlines()
    assert told[0] == (f"{path}:2:1: smell-of-wood: needs a number from 1 to 5, its word, or skip, not \u201c6\u201d")
    assert told[1].startswith(f"{path}:4:9: matters_most: there is no dimension \u201ccompani\u201d")
    assert told[2] == f"{path}:5:6: the row has 5 cells, and the header 12: is it cut off?"
    assert told[3] == f"{path}:6:10: wood stands in matters_most too: it can be in one of them"
    assert told[4] == "8 rows: 4 read, 4 refused."


def test_four_that_matter_most_are_too_many(bundled: Pack) -> None:
    """As in a file of answers."""
    columns = Columns(bundled, [["patient-day", "matters_most"]])
    assert len(columns.sheet(["", "care;research;income"]).matters_most) == 3
    with pytest.raises(ValueError, match="at most 3"):
        columns.sheet(["", "care;research;income;variety"])


def test_columns_are_found_by_name_or_refused(pack: Pack) -> None:
    """Two columns for one question, none at all, and an option that names no column."""
    with pytest.raises(UsageError, match="columns 1 and 2 are both"):
        Columns(pack, [["crowd", "Crowd"]])
    with pytest.raises(UsageError, match="no column is a question"):
        Columns(pack, [["x", "matters_most"]])
    columns = Columns(pack, [["crowd", "e-mail", "A room full of people wakes me up."]])
    assert columns.unused == ("e-mail", "A room full of people wakes me up.")
    assert columns.place("E-Mail", "--id") == 1
    # A name as a whole goes before a header that only ends in it.
    assert Columns(pack, [["room - quiet", "quiet"]]).answers[0][0] == 1
    with pytest.raises(UsageError, match="--by: there is no column"):
        columns.place("x", "--by")


def _flipped() -> bytes:
    """Return a workbook of which a bad disk has changed some bytes within what is packed."""
    whole, made = workbook({"a": [["crowd"], *([str(n * n % 5 + 1)] for n in range(3_000))]}), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as plain, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in plain.namelist():
            archive.writestr(name, plain.read(name))
    packed = bytearray(made.getvalue())
    start = packed.find(b"worksheets/sheet1.xml") + 30
    packed[start : start + 60] = bytes(each ^ 0x5A for each in packed[start : start + 60])
    return bytes(packed)


def damaged(folder: Path) -> dict[str, tuple[bytes, str]]:
    """Return files that cannot be used, and what is said about them."""
    good = b"crowd,quiet\r\n4,2\r\n"
    bomb = folder / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><x/>")
    return {
        "empty.csv": (b"", "is empty"),
        "header.csv": (b"crowd,quiet\r\n", "holds no answers"),
        "latin1.csv": (good + "é,1\r\n".encode("latin-1"), "is not UTF-8 text"),
        "zeros.csv": (good + b"\x00,1\r\n", "holds zero bytes"),
        "cut16.csv": ("crowd,quiet\r\n4,2\r\n".encode("utf-16")[:-1], "is not UTF-8 text"),
        "quote.csv": (good + b'"4,2\r\n', "ends within a cell"),
        "quotes.csv": (good + b'"4"x,2\r\n', "is a quote missing?"),
        "cell.csv": (good + b"4," + b"x" * 10_000_000 + b"\r\n", "has a line of more than"),
        "cell2.csv": (good + b'"' + b"x\r\n" * 1_000_000 + b'"\r\n', "a cell has more than"),
        "wide.csv": (b",".join([b"crowd"] + [b"x"] * 1_000_000) + b"\r\n", "more than 10,000 columns"),
        "other.csv": (b"a,b\r\n1,2\r\n", "no column is a question"),
        "no.xlsx": (b"PK\x03\x04 no", "cannot be read as an Excel workbook"),
        "bomb.xlsx": (bomb.read_bytes(), "cannot be read as an Excel workbook"),
        "cell3.csv": (b'crowd,quiet,note\r\n4,2,"' + b"x\r\n" * 1_000_000 + b'"\r\n', "a cell has more than"),
        "flipped.xlsx": (_flipped(), "cannot be read as an Excel workbook"),
        "no.parquet": (b"PAR1 no", "cannot be read as Parquet"),
    }


@pytest.mark.parametrize("name", [
    "empty.csv", "header.csv", "latin1.csv", "zeros.csv", "cut16.csv", "quote.csv", "quotes.csv", "cell.csv", "cell2.csv",
    "cell3.csv", "wide.csv", "other.csv", "no.xlsx", "bomb.xlsx", "flipped.xlsx", "no.parquet",
])  # fmt: skip
def test_a_file_that_cannot_be_used_is_one_line(name: str, tmp_path: Path, call: Run) -> None:
    """Exit code 2, and nothing is written."""
    if name.endswith("parquet"):
        pytest.importorskip("duckdb")
    content, message = damaged(tmp_path)[name]
    path = tmp_path / name
    path.write_bytes(content)
    out = tmp_path / "out.csv"
    done = call("cohort", str(path), "--pack", "tests/data/workshop", "--out", str(out))
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr) < 400
    assert "Traceback" not in done.stderr
    assert not out.exists()
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(".pathfinder")]


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "nul"])
def test_what_is_no_file_is_one_line(kind: str, tmp_path: Path, call: Run) -> None:
    """A pipe is never waited for."""
    path = tmp_path / kind
    if kind == "folder":
        path.mkdir()
    if kind == "pipe":
        os.mkfifo(path)
    name = "a\x00b" if kind == "nul" else str(path)
    done = call("cohort", name, "--pack", "tests/data/workshop")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_a_file_that_grows_while_it_is_read_gives_nothing(pack: Pack, tmp_path: Path) -> None:
    """Nobody knows which rows were whole."""
    path, out = tmp_path / "x.csv", tmp_path / "out.csv"
    path.write_text(plain_csv(pack, people(pack, 50)), encoding="utf-8")

    def grow(row: int, _: object) -> None:
        if row == 20:
            with path.open("a", encoding="utf-8") as file:
                file.write("4,4\r\n")

    with pytest.raises(table.BadFileError, match="changed while it was read"):
        run(pack, CohortRequest(path, out=out), Telling(lambda *_: None, grow))
    assert [each.name for each in tmp_path.iterdir()] == ["x.csv"]


def test_rows_without_anything_are_no_people(pack: Pack, tmp_path: Path) -> None:
    """Spreadsheets leave such rows at the end."""
    path = tmp_path / "x.csv"
    path.write_text(plain_csv(pack, people(pack, 3)) + ",,,,,,,,,,,\r\n\r\n", encoding="utf-8")
    assert run(pack, CohortRequest(path), QUIET).read == 3
