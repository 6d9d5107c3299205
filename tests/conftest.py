"""What all tests share: a home of their own, and the program run as a process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from typer.testing import CliRunner

from pathfinder import pack as packfile
from pathfinder.cli import app

if TYPE_CHECKING:
    from pathfinder.pack import Pack

# A busy machine is no failure, and a commit must not pass or fail by the day's dice; locally every run draws anew.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")

ROOT = Path(__file__).resolve().parent.parent

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep tests away from the user's files and settings."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("PATHFINDER_HOME", str(tmp_path / "pathfinder"))
    monkeypatch.setenv("LANG", "C.UTF-8")
    for name in ("PATHFINDER_PACK", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "ACCESSIBLE", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def bundled() -> Pack:
    """Return the pack that comes with the program."""
    return packfile.load_pack(packfile.bundled())


@pytest.fixture
def call() -> Run:
    """Run a command as `run` does, but within this process, where an unexpected exception fails the test."""

    def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        done = CliRunner().invoke(app, arguments, env=environment, catch_exceptions=False, prog_name="pathfinder")
        return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)

    return start


@pytest.fixture
def run() -> Run:
    """Run the installed program without a terminal; keyword arguments are environment variables."""

    def start(*arguments: str, stdin: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pathfinder", *arguments],
            env=os.environ | environment,
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return start
