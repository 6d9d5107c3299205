"""How the program behaves beside others: pipes, colours, shells, and the network it never uses."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

from conftest import ROOT
from whole.terminal.driver import Terminal, python

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

PACK: Final = ROOT / "tests" / "packs" / "golden"
PORTRAIT: Final = ROOT / "tests" / "portraits" / "01-oncologist-with-a-laboratory.yaml"
PROGRAM: Final = shlex.join([sys.executable, "-m", "pathfinder"])
COLOUR: Final = re.compile(r"\x1b\[[0-9;]*?(?:3[0-7]|38;|9[0-7])[0-9;]*m")


def shell(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash, which fails when any part of a pipe does."""
    command = ["/bin/bash", "-c", f"set -o pipefail; {script}"]
    return subprocess.run(
        command, env=os.environ | environment, capture_output=True, encoding="utf-8", check=False, timeout=60
    )


# ---- pipes


@pytest.mark.parametrize(
    "command",
    ["faq", "compare", "show academic", f"quiz --answers {PORTRAIT}", f"quiz --answers {PORTRAIT} --json", "--help"],
)
def test_a_reader_that_has_seen_enough(command: str) -> None:
    """With `| head -1` the first line comes, and the program ends without a word about the broken pipe."""
    done = shell(f"{PROGRAM} {command} | head -1")
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


@pytest.mark.parametrize("command", ["faq", f"quiz --answers {PORTRAIT} --json"])
def test_a_reader_that_never_reads(command: str) -> None:
    """A pipe that is closed from the start is no reason for a traceback either."""
    done = shell(f"{PROGRAM} {command} | true")
    assert (done.stdout, done.stderr) == ("", "")


# ---- colours


@pytest.mark.parametrize("settings", [{}, {"FORCE_COLOR": "0"}, {"FORCE_COLOR": "false"}, {"NO_COLOR": "1"}], ids=str)
def test_piped_output_has_no_escape_codes(settings: dict[str, str], run: Run) -> None:
    """Piped output is plain text, whatever NO_COLOR says and as long as FORCE_COLOR does not mean yes."""
    for command in (("quiz", "--answers", str(PORTRAIT)), ("show", "zzz")):
        done = run(*command, **settings)
        assert "\x1b" not in done.stdout + done.stderr


def test_forced_colour(run: Run) -> None:
    """FORCE_COLOR=1 colours a pipe too; NO_COLOR beside it leaves no colour, and the same words."""
    forced = run("quiz", "--answers", str(PORTRAIT), FORCE_COLOR="1", TERM="xterm-256color").stdout
    without = run("quiz", "--answers", str(PORTRAIT), FORCE_COLOR="1", NO_COLOR="1", TERM="xterm-256color").stdout
    piped = run("quiz", "--answers", str(PORTRAIT)).stdout
    assert COLOUR.search(forced)
    assert not COLOUR.search(without)
    assert piped == re.sub(r"\x1b\[[0-9;]*m", "", forced)


@pytest.mark.parametrize(
    ("settings", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False), ({"ACCESSIBLE": "1"}, False)],
    ids=str,
)
def test_colours_at_a_terminal(settings: dict[str, str], coloured: bool) -> None:  # noqa: FBT001
    """A terminal gets colours unless NO_COLOR, a dumb terminal or a screen reader speak against it."""
    with Terminal(python("-m", "pathfinder", "compare"), env={"PAGER": "", **settings}) as terminal:
        assert terminal.wait_end() == 0
        output = terminal.output.decode()
    assert coloured is bool(COLOUR.search(output))
    assert ("\x1b" in output) is (coloured or "NO_COLOR" in settings)


def test_width_of_the_terminal() -> None:
    """At a terminal the output is as wide as the terminal, unless COLUMNS says otherwise."""
    for settings, width in (({}, 50), ({"COLUMNS": "70"}, 70)):
        command = python("-m", "pathfinder", "show", "hybrid")
        with Terminal(command, columns=50, rows=20, env={"NO_COLOR": "1", "PAGER": "", **settings}) as terminal:
            assert terminal.wait_end() == 0
            lines = re.sub(r"\x1b\[[0-9;]*m", "", terminal.output.decode()).splitlines()
        assert width - 6 <= max(map(len, lines)) <= width


# ---- shells


def completed(kind: str, line: str, run: Run) -> list[str]:
    """Return what a shell is offered at the end of a line, asked as its completion script asks."""
    words = line.split(" ")
    if kind == "bash":
        asked = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    else:
        asked = {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    done = run(_PATHFINDER_COMPLETE=f"complete_{kind}", **asked)
    assert done.stderr == ""
    return (
        re.findall(r'"([^":]+)"', done.stdout)
        if kind == "zsh"
        else [each.split("\t")[0] for each in done.stdout.split()]
    )


@pytest.mark.parametrize("kind", ["bash", "zsh", "fish"])
def test_completion_of_ids(kind: str, run: Run, call: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Paths, topics, FAQ entries and saved quizzes complete, those of the pack in use; a path is offered once."""
    monkeypatch.setenv("PATHFINDER_PACK", str(PACK))
    session = _saved_quiz(tmp_path)
    assert call("sessions", "list").returncode == 0
    for line, offered in (
        ("pathfinder show ", ["island", "harbour", "hut", "keeper", "writer"]),
        ("pathfinder compare harbour h", ["hut"]),
        ("pathfinder faq --topic l", ["leaving"]),
        ("pathfinder faq ta", ["take-a-cat"]),
        ("pathfinder sessions show ", ["last", session]),
    ):
        assert completed(kind, line, run) == offered


def _saved_quiz(folder: Path) -> str:
    from datetime import UTC, datetime

    from pathfinder.answers import Store
    from pathfinder.pack import load_pack

    pack = load_pack(PACK)
    store = Store(folder / "pathfinder", lambda: datetime.now(UTC))
    return store.create(pack, tuple(each.id for each in pack.questions)).id


def test_completion_of_commands_and_of_a_given_pack(run: Run) -> None:
    """Commands complete, ids come from the pack that the line names, and a broken pack offers nothing, quietly."""
    assert {"quiz", "compare", "faq"} <= set(completed("bash", "pathfinder ", run))
    assert completed("bash", f"pathfinder show --pack {PACK} ", run) == ["island", "harbour", "hut", "keeper", "writer"]
    assert completed("bash", "pathfinder show --pack /nowhere ", run) == []


def test_completion_in_a_real_bash(tmp_path: Path) -> None:
    """The script that --show-completion gives completes in bash."""
    command = tmp_path / "pathfinder"
    command.write_text(f'#!/bin/sh\nexec {PROGRAM} "$@"\n', "utf-8")
    command.chmod(0o755)
    done = shell(
        "source <(_PATHFINDER_COMPLETE=source_bash pathfinder); COMP_WORDS=(pathfinder show h); COMP_CWORD=2; "
        '_pathfinder_completion pathfinder; echo "${COMPREPLY[@]}"',
        PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
    )
    assert (done.stdout, done.stderr) == ("hybrid\n", "")
