"""How the program is started, by run.py, by uvx or as one file: what is said on the way, and what is suggested then."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import run as runner

from conftest import ROOT
from pathfinder import text
from pathfinder.text import command


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a copy of what run.py needs, not set up yet, in a folder whose name has a space."""
    folder = tmp_path / "a checkout"
    (folder / "tests").mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "lock.txt", folder / "tests")
    for name in ("run.py", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.mark.parametrize(("wanted", "fetched"), [("quiz", "'rich>=13.9'"), ("tests", "-r tests/lock.txt")])
def test_without_a_network_it_says_what_to_do(checkout: Path, wanted: str, fetched: str) -> None:
    """Where no package can be fetched, run.py ends with the two commands that help, and without pip's own noise."""
    done = subprocess.run(
        [sys.executable, "run.py", wanted],
        cwd=checkout,
        env=os.environ | {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": ""},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = done.stderr.splitlines()
    assert done.returncode == 1
    assert lines[:2] == [
        "run.py: setting up .venv, once",
        "run.py: the packages that this needs could not be fetched; is there a network?",
    ]
    assert lines[3].startswith("  python3 -m pip download -d wheels ")
    assert fetched in lines[3]
    assert lines[5].endswith(f" run.py {wanted}")
    assert len(lines) == 6


def test_any_other_failure_is_told_in_pips_words() -> None:
    """What pip calls an error is repeated, with the place of all that it said."""
    said = "Collecting x\nWARNING: something\nERROR: x-1.whl is not a supported wheel on this platform.\n"
    assert runner.reason(said, [["x"]]).splitlines() == [
        "the packages that this needs could not be installed:",
        "  ERROR: x-1.whl is not a supported wheel on this platform.",
        f"  ({ROOT / '.venv' / 'setup.log'} has all of it)",
    ]


@pytest.mark.parametrize(
    ("orig_argv", "expected"),
    [
        (["python3", "run.py", "quiz"], "python3 run.py"),
        (["python3", "-B", "../a checkout/run.py", "quiz"], "python3 -B '../a checkout/run.py'"),
        ([f"/nowhere/{Path('python3').name}", "./run.py", "quiz"], "python3 ./run.py"),
    ],
)
def test_the_program_learns_what_was_typed(
    orig_argv: list[str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Commands are suggested with the words that started run.py, which a folder with a space in its name does not change."""
    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(sys, "orig_argv", orig_argv)
    monkeypatch.setattr(sys, "argv", orig_argv[-2:])
    assert runner.typed() == expected
    monkeypatch.setenv("PATHFINDER_AS", expected)
    assert command("faq", "loans") == f"{expected} faq loans"


@pytest.mark.parametrize(
    ("started", "uv", "on_path", "expected"),
    [
        ("/usr/bin/pathfinder", False, False, "pathfinder"),
        ("/home/x/.cache/uv/archive-v0/1/bin/pathfinder-quiz", True, True, "uvx pathfinder-quiz"),
        ("/home/x/.cache/pipx/1/bin/pathfinder-quiz", False, False, "pipx run pathfinder-quiz"),
        ("/home/x/.local/bin/pathfinder-quiz", False, True, "pathfinder-quiz"),
        (r"C:\Users\x\Scripts\pathfinder-quiz.exe", False, True, "pathfinder-quiz"),
        ("down loads/pathfinder.pyz", False, False, "python3 'down loads/pathfinder.pyz'"),
        ("", False, False, "pathfinder"),
    ],
)
def test_suggested_commands_begin_as_the_program_was_started(
    started: str, *, uv: bool, on_path: bool, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who typed `uvx pathfinder-quiz`, or runs the one file, has no command `pathfinder`."""
    monkeypatch.delenv("PATHFINDER_AS", raising=False)
    monkeypatch.delenv("UV", raising=False)
    if uv:
        monkeypatch.setenv("UV", "/usr/bin/uv")
    monkeypatch.setattr(text, "which", lambda name: name if on_path else None)
    monkeypatch.setattr(text, "_origin", str)
    monkeypatch.setattr(sys, "argv", [started, "quiz"])
    assert command("faq") == f"{expected} faq"
