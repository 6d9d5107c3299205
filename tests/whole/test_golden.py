"""What people see, kept as it was last looked at: whole outputs at 40, 80 and 120 columns, without colour.

After a wanted change draw them anew with `PATHFINDER_GOLDEN=write pytest tests/test_golden.py`, and read the diff
as somebody would who has to live with it.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from pathfinder.answers import Store
from pathfinder.answers.interview import AnswerSheet
from pathfinder.answers.sheetfile import read_sheet
from pathfinder.cli import app
from pathfinder.pack import load_pack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Run
    from pathfinder.pack import Pack

TESTS: Final = Path(__file__).parents[1]
GOLDEN: Final = TESTS / "golden"
PACK: Final = TESTS / "packs" / "golden"
RICH: Final = TESTS / "packs" / "good" / "rich"
SHEETS: Final = TESTS / "sheets" / "results"
WIDTHS: Final = (40, 80, 120)
EVERY_WIDTH: Final = (*range(40, 130, 3), 160, 200)
LONGEST_WORD: Final = 20
"""Words up to here are whole even in the narrowest column of a table; so are addresses, outside of tables."""

COMMANDS: Final[dict[str, tuple[str, ...]]] = {
    **{f"quiz-{sheet.stem}": ("quiz", "--answers", str(sheet)) for sheet in sorted(SHEETS.glob("*.yaml"))},
    **{f"first-{sheet.stem}": ("quiz", "--brief", "--answers", str(sheet)) for sheet in sorted(SHEETS.glob("*.yaml"))},
    "quiz-what-if": ("quiz", "--answers", str(SHEETS / "leaning.yaml"), "--what-if", "harbour"),
    "quiz-plain": ("quiz", "--plain", "--answers", str(SHEETS / "clear.yaml")),
    "compare": ("compare",),
    "compare-differences": ("compare", "island", "hut", "--differences"),
    "compare-tracks": ("compare", "keeper", "writer", "harbour"),
    "compare-mine": ("compare", "--answers", str(SHEETS / "clear.yaml")),
    "show": ("show", "island"),
    "show-track": ("show", "keeper"),
    "faq": ("faq",),
    "faq-topic": ("faq", "--topic", "leaving"),
    "faq-words": ("faq", "quit", "early"),
    "faq-nothing": ("faq", "xylophone"),
    "audit": ("pack", "audit", str(TESTS / "packs" / "good" / "minimal")),
    "sessions": ("sessions",),
    "sessions-diff": ("sessions", "diff", "2026-11-01-bcd", "2026-11-22-xyz"),
}


def printed(*arguments: str, columns: int, pack: Path = PACK) -> str:
    """Return what a command prints without a terminal, run within this process: a whole one costs a second."""
    environment = {"COLUMNS": str(columns), "PATHFINDER_PACK": str(pack)}
    return CliRunner().invoke(app, arguments, env=environment, catch_exceptions=False).stdout


@pytest.fixture
def quizzes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two finished quizzes, an unfinished one, and a damaged one, on fixed days."""
    monkeypatch.setenv("TZ", "UTC")
    home, pack = tmp_path / "pathfinder", load_pack(PACK)
    for name, sheet, day in (("2026-11-01-bcd", "too-close", 1), ("2026-11-22-xyz", "clear", 22)):
        _save(home, pack, name, read_sheet(SHEETS / f"{sheet}.yaml", pack), day)
    _save(home, pack, "2026-11-23-ghj", AnswerSheet(pack=pack.id, answers={"window": "5"}), 23)
    (home / "sessions" / "2026-10-03-kmn.json").write_text("{", encoding="utf-8")


def _save(home: Path, pack: Pack, name: str, sheet: AnswerSheet, day: int) -> None:
    store = Store(home, lambda: datetime(2026, 11, day, 20, 15, tzinfo=UTC))
    begun = store.create(pack, tuple(each.id for each in pack.questions), str(PACK))
    session = replace(begun, id=name, sheet=sheet)
    if len(sheet.answers) == len(pack.questions):
        session = replace(session, finished=True, verdict="clear", leader=("island",))
    store.save(session)
    store.delete(store.find(begun.id))


@pytest.mark.usefixtures("quizzes")
@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("name", COMMANDS)
def test_output_is_the_golden_one(name: str, columns: int) -> None:
    """Every command prints, at each width, exactly what was looked at last."""
    shown = printed(*COMMANDS[name], columns=columns)
    file = GOLDEN / f"{name}-{columns}.txt"
    if os.environ.get("PATHFINDER_GOLDEN") == "write":
        file.write_text(shown, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == shown


def test_a_process_of_its_own_prints_the_same(run: Run) -> None:
    """The golden outputs are those of the program as people start it."""
    done = run(*COMMANDS["quiz-clear"], COLUMNS="80", PATHFINDER_PACK=str(PACK))
    assert done.stdout == (GOLDEN / "quiz-clear-80.txt").read_text(encoding="utf-8")
    assert (done.stderr, done.returncode) == ("", 0)


def test_every_golden_file_is_used() -> None:
    """No golden output is left over from a command or a sheet that is gone."""
    assert {each.name for each in GOLDEN.glob("*.txt")} == {f"{name}-{w}.txt" for name in COMMANDS for w in WIDTHS}


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("name", COMMANDS)
def test_golden_output_fits(name: str, columns: int) -> None:
    """No line is wider than asked for, none ends in spaces, none is cut."""
    for line in (GOLDEN / f"{name}-{columns}.txt").read_text(encoding="utf-8").splitlines():
        assert line == line.rstrip()
        assert "\u2026" not in line
        assert cell_len(line) <= columns


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("name", ["all-ruled-out", "contradictory", "middle", "provisional", "tie", "too-close"])
def test_no_winner_is_named_without_one(name: str, columns: int) -> None:
    """Where answers settle nothing, no path is said to win, and no reasons are given why it should."""
    shown = printed(*COMMANDS[f"quiz-{name}"], columns=columns)
    for claim in ("Why ", "fits you", "clearly", "likely", "best as"):
        assert claim not in shown


@pytest.mark.parametrize("pack", [PACK, RICH], ids=lambda each: each.name)
@pytest.mark.parametrize("command", [("compare",), ("show",), ("faq",), ("compare", "--differences")], ids=" ".join)
def test_no_word_is_broken_at_any_width(command: tuple[str, ...], pack: Path) -> None:
    """From 40 to 200 columns each word of a pack stands whole, wide and right-to-left ones too, and fits."""
    opened = load_pack(pack)
    arguments = (*command, opened.paths[0].id) if command == ("show",) else command
    words = {word for text in _texts(opened, command[0]) for word in text.split() if cell_len(word) <= LONGEST_WORD}
    for columns in EVERY_WIDTH:
        shown = printed(*arguments, columns=columns, pack=pack)
        assert words - set(shown.replace("\u2502", " ").split()) == set(), columns
        assert max(map(cell_len, shown.splitlines())) <= columns


def _texts(pack: Pack, command: str) -> Iterator[str]:
    if command == "faq":
        yield from (each.question for each in pack.faq)
        return
    if command == "show":
        yield from (each.more for each in (*pack.paths[0].pros, *pack.paths[0].challenges) if each.more)
    for path in pack.paths if command == "compare" else pack.paths[:1]:
        yield path.summary
        short = command == "compare"
        yield from ((short and each.headline) or each.text for each in (*path.pros, *path.challenges))
        yield from ((short and each.value) or each.text for each in path.facts)
        yield from (pack.dimension_by_id[each].name for each, level in path.profile.items() if level)


@pytest.mark.parametrize("columns", [108, 133, 200])
def test_tables_stay_straight_with_wide_letters(columns: int) -> None:
    """Rows of a table are equally wide on screen, whatever the width of the letters in them."""
    shown = printed("compare", columns=columns, pack=RICH).splitlines()
    rules = [cell_len(line) for line in shown if set(line) == {"─"}]
    assert rules
    assert set(rules) == {columns}


@pytest.mark.parametrize("name", ["quiz-clear", "compare", "show", "faq", "faq-words", "sessions"])
def test_twenty_columns(name: str) -> None:
    """A window far too narrow is a reason to break lines, not to fail."""
    assert printed(*COMMANDS[name], columns=20).strip()


@pytest.mark.parametrize("columns", WIDTHS)
def test_nothing_drawn_is_heard(columns: int) -> None:
    """A result for the ear holds no bars, boxes and arrows, and says in words what they show."""
    shown = (GOLDEN / f"quiz-plain-{columns}.txt").read_text(encoding="utf-8")
    assert not set(shown) & set("█░▒│─╭╮╰╯★")
    assert "match 98" in shown
    assert "This matters to you." in " ".join(shown.split())


@pytest.mark.parametrize("setting", [{"PYTHONIOENCODING": "ascii"}, {"LANG": "C"}, {"LC_ALL": "POSIX"}], ids=str)
def test_ascii_terminals_get_ascii(setting: dict[str, str], run: Run) -> None:
    """Where only ASCII can be shown, only ASCII is: bars, tables, quotation marks and the pack's own letters."""
    done = run("compare", "--pack", str(RICH), COLUMNS="120", **setting)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.isascii()
    assert "##" in done.stdout
    result = run(*COMMANDS["quiz-clear"], PATHFINDER_PACK=str(PACK), **setting).stdout
    assert result.isascii()
    assert "+* Nobody rings at the door" in result
    assert '"' in run("compare", "--pack", str(RICH), "village", "nowhere", **setting).stderr
