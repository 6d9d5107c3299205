"""Whole-process times of the program's commands, as ratios to bare Python taken in the same run.

Run with the interpreter of the environment that the program is installed in:

    .venv/bin/python bench/commands.py [RUNS]

Popular tools named in the table are measured too where the PATH has them. "First time" is a
run with an empty home: the pack is read from its YAML instead of from the cache of checked packs.
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

HERE = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
SHEET = HERE / "tests" / "portraits" / "01-oncologist-with-a-laboratory.yaml"

OURS: dict[str, tuple[float, list[str]]] = {
    "--version": (7, ["--version"]),
    "faq WORDS": (12, ["faq", "switch", "later"]),
    "faq WORDS, mistyped": (12, ["faq", "lones"]),
    "compare A B": (14, ["compare", "academic", "clinical"]),
    "quiz --answers FILE --json": (11, ["quiz", "--answers", str(SHEET), "--json"]),
    "pack check": (15, ["pack", "check"]),
}
QUESTION = "first question on screen"
OTHERS = ("rich", "pipx", "sqlite-utils", "cookiecutter", "http", "cz", "copier", "llm")


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


def first_question(home: str) -> float:
    """Return the seconds until the first question stands on the screen of a pseudo-terminal."""
    import pexpect

    begin = time.perf_counter()
    child = pexpect.spawn(
        str(BIN / "pathfinder"), ["quiz", "--fresh"], dimensions=(24, 80), env=os.environ | {"PATHFINDER_HOME": home}
    )
    child.delaybeforesend = None
    child.expect("1 of ")
    taken = time.perf_counter() - begin
    child.close(force=True)
    return taken


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    # As installed: without this, PYTHONDONTWRITEBYTECODE would have every run compile a checkout's whole source again.
    compileall.compile_dir(HERE / "src", quiet=1)
    ours = {name: [str(BIN / "pathfinder"), *arguments] for name, (_, arguments) in OURS.items()}
    commands = {"python -c pass": [sys.executable, "-c", "pass"], **ours}
    commands |= {f"{name} --version": [found, "--version"] for name in OTHERS if (found := shutil.which(name))}
    times: dict[str, list[float]] = {name: [] for name in (*commands, QUESTION)}
    first: dict[str, list[float]] = {name: [] for name in (*ours, QUESTION)}
    with tempfile.TemporaryDirectory() as home:
        for _ in range(runs + 1):
            for name, command in commands.items():
                times[name].append(once(command, home))
                if name in ours:
                    with tempfile.TemporaryDirectory() as empty:
                        first[name].append(once(command, empty))
            times[QUESTION].append(first_question(home))
            with tempfile.TemporaryDirectory() as empty:
                first[QUESTION].append(first_question(empty))
    bare = statistics.median(times["python -c pass"][1:])
    goals = {name: goal for name, (goal, _) in OURS.items()} | {QUESTION: 18}
    print("| command | median ms | times bare Python | first time | goal |\n|---|---|---|---|---|")
    for name, taken in times.items():
        median = statistics.median(taken[1:])
        cold = f"{statistics.median(first[name][1:]) / bare:.1f}" if name in first else ""
        print(f"| {name} | {median * 1000:.0f} | {median / bare:.1f} | {cold} | {goals.get(name, '')} |")


if __name__ == "__main__":
    main()
