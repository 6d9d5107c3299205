"""Forms as the tools take them, from the command line; names that every tool takes; workbooks of other programs."""

from __future__ import annotations

import csv
import io
import os
import re
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from cohort.people import DATA, people, plain_csv, workshop
from cohort.test_exports import read_back
from pathfinder.cohort.forms import asked
from pathfinder.cohort.names import codes, variables
from pathfinder.cohort.workbook import workbook, workbook_rows
from pathfinder.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run
    from pathfinder.pack import Pack

WORKSHOP = str(DATA / "workshop")


def test_names_are_taken_by_every_tool(bundled: Pack) -> None:
    """Letters, digits and underscores, a letter first, none twice, none that SQL keeps for itself; LimeSurvey's shorter."""
    for pack in (bundled, workshop()):
        ids = [each.id for each in pack.questions]
        for named, shape in ((variables(ids), r"[a-z][a-z0-9_]*"), (codes(ids), r"[a-z][a-z0-9]{0,19}")):
            assert [*named] == ids
            assert len({*named.values()}) == len(ids)
            assert all(re.fullmatch(shape, each) for each in named.values())
    assert variables(["order", "2-x", "lean", "a-b", "a_b", "a.b"]) == {
        "order": "q_order", "2-x": "q_2_x", "lean": "leanx2", "a-b": "a_b", "a_b": "a_bx2", "a.b": "a_bx3",
    }  # fmt: skip
    assert codes(["a" * 30, "a" * 31, "9"]) == {"a" * 30: "a" * 20, "a" * 31: "a" * 18 + "x2", "9": "q9"}


def test_each_form_asks_everything_once(call: Run) -> None:
    """On stdout, as text; and nothing in it is a formula."""
    pack = workshop()
    for tool in ("redcap", "limesurvey", "xlsform", "html"):
        done = call("pack", "form", WORKSHOP, "--to", tool)
        assert done.returncode == 0
        if tool == "html":
            assert done.stdout.count('class="question') == len(list(asked(pack)))
            assert "A violin &lt;with a crack&gt;" in done.stdout
            assert "<script" not in done.stdout
        else:
            rows = list(csv.reader(io.StringIO(done.stdout), delimiter="\t" if tool == "limesurvey" else ","))
            assert not any(cell.startswith(("=", "+", "-")) for row in rows for cell in row)
            for each in asked(pack):
                assert sum(each.text in row for row in rows) == 1


def test_a_form_is_written_or_refused_in_one_line(tmp_path: Path, call: Run) -> None:
    """An XLSForm as a workbook with its three sheets."""
    out = tmp_path / "form.xlsx"
    assert call("pack", "form", WORKSHOP, "--to", "xlsform", "--out", str(out)).returncode == 0
    with out.open("rb") as file:
        rows = list(workbook_rows(file, "form.xlsx"))
    assert rows[0] == ["type", "name", "label", "required", "constraint", "constraint_message"]
    assert [
        "select_one scale",
        "smell_of_wood",
        "I like the smell of wood, even when it\u2019s wet.",
        "false",
        "",
        "",
    ] in rows
    written = tmp_path / "dictionary.csv"
    assert call("pack", "form", WORKSHOP, "--to", "redcap", "--out", str(written)).returncode == 0
    assert written.read_text(encoding="utf-8").startswith("Variable / Field Name,Form Name,Section Header,")
    for arguments, message in (
        (["--to", "redcap", "--out", str(out)], "only --to xlsform is a workbook"),
        (["--to", "redcap", "--out", str(tmp_path / "no" / "x.csv")], "cannot be written"),
    ):
        done = call("pack", "form", WORKSHOP, *arguments)
        assert done.returncode == 2
        assert message in done.stderr


def test_sql_from_the_command_line(call: Run) -> None:
    """For the table that is named, with its marks or without."""
    done = call("pack", "sql", WORKSHOP, "--table", "lake.answers")
    assert "FROM lake.answers t" in done.stdout
    assert "t.matters_most" in done.stdout
    assert "matters_most" not in call("pack", "sql", WORKSHOP, "--no-marks").stdout
    assert call("pack", "sql", WORKSHOP, "--table", "x; y").returncode == 2


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>'
    '<row r="2"><c r="B2"><v>7</v></c><c r="C2" t="str"><f>1+1</f><v>two</v></c></row>'
    '<row r="3"><c r="A3" t="b"><v>1</v></c></row>{more}</sheetData></worksheet>'
)
SHARED = (
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>one</t></si>'
    "<si><r><t>th</t></r><r><t>ree</t></r><rPh><t>no</t></rPh></si></sst>"
)


def excel(more: str = "", sheet: str = SHEET) -> io.BytesIO:
    """Return a workbook as Excel writes it: shared texts, and cells that are left out."""
    made = io.BytesIO(workbook({"x": []}))
    with zipfile.ZipFile(made) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("{more}", more).encode()
    parts["xl/sharedStrings.xml"] = SHARED.encode()
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b'"worksheets', b'"/xl/worksheets'
    )
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return found


def test_a_workbook_of_excel_is_read() -> None:
    """Texts from their list, without the readings above Japanese ones; gaps are empty cells."""
    assert list(workbook_rows(excel(), "x")) == [["one", "", "three"], ["", "7", "two"], ["1", "", ""]]


@pytest.mark.parametrize(
    "more",
    ['<row><c r="ZZZZ9"/></row>', '<row><c r="B1"/><c r="A1"/></row>', '<row><c t="s"><v>9</v></c></row>', "<row>", '<row><c t="s"><v>x</v></c></row>'],
)  # fmt: skip
def test_a_damaged_workbook_is_one_line(more: str) -> None:
    """Whatever is wrong in it."""
    with pytest.raises(UsageError, match="cannot be read as an Excel workbook"):
        list(workbook_rows(excel(more), "x"))


@pytest.mark.parametrize("name", ["encoding", "locked"])
def test_a_workbook_that_hides_something(name: str) -> None:
    """In another encoding, or behind a password."""
    made = excel(sheet="<!DOCTYPE x>" if name == "encoding" else SHEET)
    if name == "locked":
        made = io.BytesIO(
            made.getvalue().replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")
        )
    with pytest.raises(UsageError, match="cannot be read"):
        list(workbook_rows(made, "x"))


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal")
def test_progress_at_a_terminal_leaves_nothing_behind(tmp_path: Path) -> None:
    """Rows and percent in one line that is wiped; refused rows stand on lines of their own."""
    import pexpect

    path = tmp_path / "x.csv"
    path.write_text(plain_csv(workshop(), people(workshop(), 3_000)) + "9" + "," * 11 + "\r\n", encoding="utf-8")
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    environment.pop("CI", None)
    command = ["-m", "pathfinder", "cohort", str(path), "--pack", WORKSHOP, "--plain"]
    terminal = pexpect.spawn(
        sys.executable, command, env=environment, encoding="utf-8", timeout=60, dimensions=(40, 100)
    )
    terminal.expect(r"[\d,]+ rows, \d+%")
    terminal.expect(r"needs\s+a\s+number\s+from")
    terminal.expect(r"3,001 rows: 3,000\s+read, 1 refused\.")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 1


def test_a_parquet_file_without_its_engine_is_one_line(
    tmp_path: Path, call: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names what to install."""
    monkeypatch.setitem(sys.modules, "duckdb", None)
    path = tmp_path / "x.parquet"
    path.write_bytes(b"PAR1")
    for arguments in ([str(path)], ["examples/class.csv", "--out", str(tmp_path / "o.parquet")]):
        done = call("cohort", *arguments)
        assert done.returncode == 2
        assert "pip install duckdb" in done.stderr


def test_types_of_a_parquet_file(tmp_path: Path) -> None:
    """Whole numbers, truths, lists and nothing."""
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "x.parquet"
    duckdb.execute(
        f"COPY (SELECT 4.0::DOUBLE AS crowd, 2 AS quiet, ['wood', 'Company'] AS matters_most, NULL::INTEGER AS plastic, "
        f"true AS \"rule_out/roofer\", 'x' AS who) TO '{path}'"
    )
    [sheet] = read_back(workshop(), path)
    assert sheet.answers == {"crowd": "4", "quiet": "2"}
    assert (sheet.matters_most, sheet.rule_out) == (("wood", "Company"), ("roofer",))
    odd = tmp_path / "x*.parquet"
    odd.write_bytes(path.read_bytes())
    with pytest.raises(UsageError, match="rename it"):
        read_back(workshop(), odd)
