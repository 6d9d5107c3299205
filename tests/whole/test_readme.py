"""Every command that README.md, CONTRIBUTING.md and docs/ show is one that works, on the files it speaks of."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from conftest import ROOT
from pathfinder.answers import Store
from pathfinder.answers.sheetfile import read_sheet
from whole.terminal.driver import ENTER, Terminal, python
from whole.test_architecture import LIBRARIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathfinder.pack import Pack

PAGES: Final = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
PORTRAIT: Final = ROOT / "tests" / "portraits" / "01-oncologist-with-a-laboratory.yaml"
SAMPLE_PACK: Final = ROOT / "examples" / "getting-to-work"

BLOCK: Final = re.compile(r"^( *)```(\w*)[^\n]*\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
SHELLS: Final = frozenset({"sh", "bash", "shell", "console"})
OURS: Final = ("pathfinder", "python3 run.py")
IN_CI: Final = (
    "uvx --from . pathfinder-quiz ",
    "pipx install .",
    "pip install .",
    'pip install "pathfinder-quiz[spark]"',
    "python3 pathfinder.pyz ",
    ".venv/bin/python docs/make_pictures.py",
    ".venv/bin/python tools/release.py",
    ".venv/bin/ruff check .",
)
"""Commands that .ci/run runs, in these words: they would install something, or take longer than a test should."""
BY_HAND: Final = ("git clone ", "cd ", ".ci/run", ".venv/bin/python bench/", "uv pip compile ")
"""What is run by people only."""
OTHERS: Final = (*IN_CI, *BY_HAND)

SESSION: Final = re.compile(r"\b\d{4}-\d\d-\d\d-[a-z0-9]{3}\b")
LINK: Final = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


class Block(NamedTuple):
    """The commands of one block of a page, in order."""

    page: Path
    line: int
    commands: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


def blocks() -> Iterator[Block]:
    """Yield the blocks that hold commands for a shell."""
    for page in PAGES:
        text = page.read_text("utf-8")
        for found in BLOCK.finditer(text):
            commands = tuple(_commands(found[2], found[3]))
            if commands:
                yield Block(page, text.count("\n", 0, found.start()) + 1, commands)


def _commands(language: str, body: str) -> Iterator[str]:
    lines = [each.strip() for each in body.replace("\\\n", " ").splitlines()]
    if language == "console":
        yield from (each.removeprefix("$ ") for each in lines if each.startswith("$ "))
    elif language in SHELLS or not language:
        wanted = [each for each in lines if each and not each.startswith("#")]
        yield from (each for each in wanted if language or each.removeprefix("$ ").startswith(OURS))


BLOCKS: Final = list(blocks())


@pytest.fixture
def place(tmp_path: Path, bundled: Pack, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the sample files, as the current one, and `pathfinder` on the way to programs."""
    folder, programs = tmp_path / "place", tmp_path / "bin"
    folder.mkdir()
    programs.mkdir()
    command = programs / "pathfinder"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m pathfinder "$@"\n', "utf-8")
    command.chmod(0o755)
    shutil.copy(PORTRAIT, folder / "my-answers.yaml")
    shutil.copytree(ROOT / "examples", folder / "examples")
    shutil.copytree(ROOT / "tests" / "portraits", folder / "tests" / "portraits")
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    monkeypatch.chdir(folder)
    save(bundled, finished=False)
    save(bundled, finished=True)
    return folder


def save(pack: Pack, name: str | None = None, *, finished: bool) -> None:
    """Save the portrait's answers as a quiz: all of them, or the first three."""
    store = Store(Path(os.environ["PATHFINDER_HOME"]), lambda: datetime.now(UTC))
    begun = store.create(pack, tuple(each.id for each in pack.questions))
    sheet = read_sheet(PORTRAIT, pack)
    if not finished:
        sheet = replace(sheet, answers=dict(list(sheet.answers.items())[:3]))
    store.save(replace(begun, id=name or begun.id, sheet=sheet, finished=finished))


def test_pages_show_commands() -> None:
    """The README shows the main uses, and its blocks are found."""
    shown = " ".join(command for block in BLOCKS if block.page.name == "README.md" for command in block.commands)
    for each in ("run.py quiz", "run.py tests", "pathfinder quiz", "pathfinder compare", "pathfinder faq"):
        assert each in shown


def test_only_known_shapes() -> None:
    """Each command of a page begins with a program that is run here, or with one that is known not to be."""
    for block in BLOCKS:
        for command in block.commands:
            assert re.sub(r"^[A-Z_]+=\S+ ", "", command).startswith((*OURS, *OTHERS)), f"{block}: {command}"


@pytest.mark.parametrize("command", IN_CI)
def test_what_no_test_runs_is_run_by_ci(command: str) -> None:
    """Commands that are too much for a test stand word for word in .ci/run."""
    assert command in (ROOT / ".ci" / "run").read_text("utf-8")


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_commands_of_a_block_run(block: Block, place: Path, bundled: Pack) -> None:
    """One after the other, in a folder with the files they name, the commands of a block end well."""
    if not any("pack new my-pack" in each for each in block.commands):
        shutil.copytree(SAMPLE_PACK, place / "my-pack")
    for command in block.commands:
        for name in SESSION.findall(command):
            save(bundled, name, finished=True)
        if not command.startswith(OTHERS):
            _run(command)


def _run(command: str) -> None:
    ours = re.sub(r"\bpython3 run\.py(?= |$)", "pathfinder", command)
    words = shlex.split(re.sub(r"^[A-Z_]+=\S+ ", "", ours), comments=True)
    if words[:2] == ["pathfinder", "tests"]:
        # This very test is part of them; run.py itself is what CI begins with.
        assert all((ROOT / each).exists() for each in words[2:] if each.startswith("tests/")), command
    elif words[:3] == ["pathfinder", "pack", "new"] and "--title" not in words:
        _make_pack(words)
    elif (words[:2] == ["pathfinder", "quiz"] and "--answers" not in words) or words[:3] == [
        "pathfinder",
        "sessions",
        "resume",
    ]:
        _ask(words)
    else:
        done = subprocess.run(
            ["/bin/bash", "-c", f"set -o pipefail; {ours}"], capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stderr}"


def _ask(words: list[str]) -> None:
    """Take the quiz as far as its first question."""
    with Terminal(python("-m", "pathfinder", *words[1:])) as terminal:
        terminal.wait_for(lambda t: " of " in t.words)
        if "An unfinished quiz was found" in terminal.words:
            terminal.send("1\r" if "--plain" in words else "1")
            terminal.wait_for(lambda t: "q save and leave" in t.words or "b, s, ?, q" in t.words)
        terminal.send("q\r" if "--plain" in words else "q")
        assert terminal.wait_end() == 130, terminal.text


def _make_pack(words: list[str]) -> None:
    """Answer the questions of `pack new`."""
    with Terminal(python("-m", "pathfinder", *words[1:])) as terminal:
        for wanted, said in (
            ("What is the decision", "Which dog?"),
            ("Between what", "Beagle, Poodle"),
            ("Themes", ""),
        ):
            terminal.wait_for(wanted)
            terminal.send(said + ENTER)
        assert terminal.wait_end() == 0, terminal.text


@pytest.mark.parametrize("page", PAGES, ids=lambda each: each.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Each link to a file of this checkout leads to one."""
    for target in LINK.findall(re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)):
        assert (page.parent / target).exists(), target


def test_the_map_of_the_house_shows_every_room() -> None:
    """The table in docs/architecture.md has a row for each room, and names the libraries that live in it."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rows = {row[1]: row[2] for row in re.finditer(r"^\| `([\w.]+)/?` \|(.*)\|$", text, re.MULTILINE)}
    source = ROOT / "src" / "pathfinder"
    packages = {each.name for each in source.iterdir() if (each / "__init__.py").is_file()}
    assert packages <= rows.keys()
    for library, home in LIBRARIES.items():
        assert library in rows[home.partition("/")[0]], library
