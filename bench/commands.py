"""Whole-process times of the program's commands, as ratios to bare Python taken in the same run.

    .venv/bin/python bench/commands.py [RUNS]

Popular tools named in the table are measured too where the PATH has them. The goals are ratios, too.
"""

from __future__ import annotations

import compileall
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
SHEET: Final = ROOT / "tests" / "portraits" / "01-oncologist-with-a-laboratory.yaml"
PROGRAM: Final = [sys.executable, "-m", "pathfinder"]

BARE: Final = "python -c pass"
QUESTION: Final = "quiz, first question on screen"
SCREEN: Final = "quiz --answers FILE, first screen and menu"
OURS: Final[dict[str, tuple[float | None, list[str]]]] = {
    "--version": (7, ["--version"]),
    "faq WORDS": (12, ["faq", "switch", "later"]),
    "faq WORDS, mistyped": (12, ["faq", "lones"]),
    "compare A B": (14, ["compare", "academic", "clinical"]),
    "show A": (None, ["show", "hybrid"]),
    "quiz --answers FILE --json": (12, ["quiz", "--answers", str(SHEET), "--json"]),
    "quiz --answers FILE --brief": (None, ["quiz", "--answers", str(SHEET), "--brief"]),
    "sessions": (None, ["sessions"]),
    "pack check": (15, ["pack", "check"]),
}
GOALS: Final = {name: goal for name, (goal, _) in OURS.items()} | {QUESTION: 18, SCREEN: None}
OTHERS: Final = ("rich", "pipx", "sqlite-utils", "cookiecutter", "http", "cz", "copier", "llm")


def once(command: list[str], home: str) -> float:
    """Return the seconds that one run of a command takes."""
    environment = os.environ | {"PATHFINDER_HOME": home, "COLUMNS": "80"}
    begin = time.perf_counter()
    subprocess.run(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        env=environment,
        stdin=subprocess.DEVNULL,
    )
    return time.perf_counter() - begin


def until(words: str, arguments: list[str], home: str) -> float:
    """Return the seconds until the words stand on the screen of a pseudo-terminal."""
    import pexpect

    environment = os.environ | {"PATHFINDER_HOME": home}
    begin = time.perf_counter()
    child = pexpect.spawn(PROGRAM[0], [*PROGRAM[1:], *arguments], dimensions=(40, 80), env=environment)
    child.delaybeforesend = None
    child.expect(words)
    taken = time.perf_counter() - begin
    child.close(force=True)
    return taken


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    # As installed: without this, PYTHONDONTWRITEBYTECODE would have every run compile a checkout's whole source again.
    compileall.compile_dir(ROOT / "src", quiet=1)
    commands = {BARE: [sys.executable, "-c", "pass"]}
    commands |= {name: [*PROGRAM, *arguments] for name, (_, arguments) in OURS.items()}
    others = {f"{name} --version": [found, "--version"] for name in OTHERS if (found := shutil.which(name))}
    times: dict[str, list[float]] = {name: [] for name in (*commands, QUESTION, SCREEN, *others)}
    for _ in range(runs + 1):
        for name, command in (commands | others).items():
            with tempfile.TemporaryDirectory() as home:
                times[name].append(once(command, home))
        with tempfile.TemporaryDirectory() as home:
            times[QUESTION].append(until("1 of ", ["quiz", "--fresh"], home))
            times[SCREEN].append(until("Done", ["quiz", "--answers", str(SHEET)], home))
    # The first run of each only warms up the disk.
    medians = {name: statistics.median(taken[1:]) for name, taken in times.items()}
    print("| command | median ms | times bare Python | goal |\n|---|---:|---:|---:|")
    for name, median in medians.items():
        print(f"| {name} | {median * 1000:.0f} | {median / medians[BARE]:.1f} | {GOALS.get(name) or ''} |")


if __name__ == "__main__":
    main()
