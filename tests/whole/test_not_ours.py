"""What stands where a file is to be written stays unless it is ours; `-` and the shell's slips are what they are."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from cohort.people import people, plain_csv, workshop
from pathfinder.files import is_free, is_unchanged, signed

if TYPE_CHECKING:
    from conftest import Run

PORTRAITS: Final = Path(__file__).parents[1] / "portraits"
SHEET: Final = str(PORTRAITS / "01-oncologist-with-a-laboratory.yaml")
OTHER: Final = str(sorted(PORTRAITS.glob("*.yaml"))[1])
WORKSHOP: Final = str(Path(__file__).parents[1] / "data" / "workshop")

WRITERS: Final = {
    "report.html": ["quiz", "--answers", SHEET, "--report"],
    "report.md": ["quiz", "--answers", SHEET, "--report"],
    "both.html": ["sessions", "diff", SHEET, OTHER, "--report"],
    "both.md": ["sessions", "diff", SHEET, OTHER, "--report"],
    "group.html": ["cohort", "people.csv", "--pack", WORKSHOP, "--report"],
    "group.md": ["cohort", "people.csv", "--pack", WORKSHOP, "--report"],
    "results.csv": ["cohort", "people.csv", "--pack", WORKSHOP, "--out"],
    "results.jsonl": ["cohort", "people.csv", "--pack", WORKSHOP, "--out"],
    "results.parquet": ["cohort", "people.csv", "--pack", WORKSHOP, "--out"],
    "form.html": ["pack", "form", "--out"],
    "form.csv": ["pack", "form", "--to", "redcap", "--out"],
    "form.xlsx": ["pack", "form", "--to", "xlsform", "--out"],
}
"""Commands that write a file, whose name comes last."""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text(plain_csv(workshop(), people(workshop(), 9)), encoding="utf-8")


@pytest.mark.parametrize("name", WRITERS)
def test_nothing_takes_the_place_of_what_is_not_ours(name: str, call: Run) -> None:
    """Notes stay, also behind a link; what the program wrote is replaced until somebody changes it; an empty file is."""
    if name.endswith(".parquet"):
        pytest.importorskip("duckdb")
    path, command = Path(name), [*WRITERS[name], name]
    path.touch()
    for _ in range(2):
        assert call(*command).returncode == 0
    written = path.read_bytes()
    # Of a table of results only the beginning is looked at.
    changed = b"My notes: " + written if "results" in name else written + b"My notes.\n"
    for notes in (b"My notes.\n", b"row,who\r\n1,2\r\n", changed):
        path.write_bytes(notes)
        refused = call(*command)
        assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
        assert "this program did not write it" in refused.stderr
        assert path.read_bytes() == notes
    if sys.platform != "win32":
        path.rename("notes")
        path.symlink_to("notes")
        assert call(*command).returncode == 2
        assert path.is_symlink()
        assert Path("notes").read_bytes() == changed


def test_a_page_knows_itself() -> None:
    """Until a single character is changed, wherever it stands; a page within a page is no page of ours."""
    page = signed("# Title\n\nText.\n")
    assert is_unchanged(page)
    for place in range(len(page)):
        assert not is_unchanged(page[:place] + b"x" + page[place + 1 :]) or page[place : place + 1] == b"x"
    assert not is_unchanged(page[1:])
    assert not is_unchanged(page + page)
    assert not is_unchanged(b"")
    assert is_free(Path("nothing"), is_unchanged)


def test_a_dash_is_standard_output(call: Run, tmp_path: Path) -> None:
    """A report, a page of two, a group's page and a form go there, with nothing around them and no file."""
    before = sorted(tmp_path.iterdir())
    for name in ("report.md", "both.md", "group.md"):
        done = call(*WRITERS[name], "-")
        assert (done.returncode, done.stdout[:2]) == (0, "# ")
        assert "\n# " not in done.stdout
        assert "Report written" not in done.stderr
        refused = call(*WRITERS[name], "-", "--json")
        assert (refused.returncode, refused.stdout) == (2, "")
    assert call("pack", "form", "--out", "-").stdout.startswith("<!")
    assert call("quiz", "--answers", SHEET, "--report", "-", "--open").returncode == 2
    assert sorted(tmp_path.iterdir()) == before


def test_a_dash_is_standard_input(run: Run) -> None:
    """Answers can be piped in; what is too much, no answers, or a cohort's file is refused in one line."""
    text = Path(SHEET).read_text(encoding="utf-8")
    piped = run("quiz", "--answers", "-", "--json", stdin=text)
    assert piped.stdout == run("quiz", "--answers", SHEET, "--json").stdout != ""
    assert run("sessions", "diff", "-", OTHER, stdin=text).returncode == 0
    assert run("compare", "--answers", "-", stdin=text).returncode == 0
    for stdin in ("", "x" * 1_000_001, "\x00", "[" * 100_000):
        refused = run("quiz", "--answers", "-", stdin=stdin)
        assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
        assert "standard input" in refused.stderr
    assert "give its name" in run("cohort", "-", stdin="").stderr


@pytest.mark.parametrize(
    "command",
    [
        ["faq", ""], ["faq", " "], ["quiz", "--name", ""], ["quiz", "--answers", ""], ["quiz", "--report", ""], ["compare", ""],
        ["cohort", "people.csv", "--by", ""], ["cohort", "people.csv", "--id", ""], ["cohort", "people.csv", "--outcome", ""],
        ["cohort", "people.csv", "--again", ""], ["cohort", "people.csv", "--out", ""], ["cohort", ""], ["pack", "check", ""],
        ["pack", "form", ""], ["pack", "form", "--out", ""], ["pack", "sql", ""], ["pack", "new", ""], ["show", ""],
        ["sessions", "show", ""], ["sessions", "diff", "", "last"], ["sessions", "export", "last", ""], ["sessions", "plan", "--to", ""],
        ["compare", "--pack", ""], [""],
    ],
    ids=" ".join,
)  # fmt: skip
def test_an_empty_argument_is_an_error(command: list[str], call: Run) -> None:
    """A variable of the shell that is unset never means the default."""
    done = call(*command)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("home", ["$HOME/x", "${HOME}/x", "x/$USER"])
def test_a_variable_in_quotes_is_no_folder(home: str, call: Run, tmp_path: Path) -> None:
    """Nothing is made, and the line says why; a folder that is really called so is taken."""
    refused = call("sessions", PATHFINDER_HOME=home)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "as it stands, in quotes" in refused.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["people.csv"]
    Path(home).mkdir(parents=True)
    assert call("sessions", PATHFINDER_HOME=home).returncode == 0


def test_json_of_other_programs_is_read(call: Run) -> None:
    """With a byte order mark, 4.0 for 4, and a character in two halves; half a character is refused in one line."""
    sheet = {
        "$schema": "https://example.org/\U0001f600",
        "format": 1,
        "pack": "post-usmle",
        "answers": {"patient-day": 4.0},
    }
    Path("sheet.json").write_bytes(b"\xef\xbb\xbf" + json.dumps(sheet).encode())
    assert b"\\ud83d\\ude00" in Path("sheet.json").read_bytes()
    assert json.loads(call("quiz", "--answers", "sheet.json", "--json").stdout)["answered"] == 1
    for text in (r"\ud83d", r"\ude00\ud83d", r"\\ud83d\ude00"):
        Path("half.json").write_text(json.dumps(sheet).replace(r"\ud83d\ude00", text), encoding="utf-8")
        assert call("quiz", "--answers", "half.json").stderr.count("\n") == 1


def test_help_is_a_word_too(call: Run) -> None:
    """`help`, alone or before a command, is what --help is."""
    assert call("help").stdout == call("--help").stdout
    assert call("help", "quiz").stdout == call("quiz", "--help").stdout
    assert call("sessions", "help", "plan").stdout == call("sessions", "plan", "--help").stdout
    assert call("help", "nothing").returncode == 2
