#!/usr/bin/env python3
"""Sets up everything this checkout needs, in a virtual environment of its own, and runs the program or its tests.

    python3 run.py quiz          # any pathfinder command: quiz, compare, faq, ...
    python3 run.py tests         # the tests, on all cores; further arguments go to pytest

Needs Python 3.11 or newer and, the first time, a network; the system's own Python is left as it is.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

if sys.version_info < (3, 11):
    sys.exit(f"run.py: Python 3.11 or newer is needed, and this is {sys.version.split()[0]}")

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOG = VENV / "setup.log"
LOCK = HERE / "tests" / "lock.txt"
PIP_URL = (
    "https://files.pythonhosted.org/packages/44/3c/d717024885424591d5376220b5e836c2d5293ce2011523c9de23ff7bf068/"
    "pip-25.3-py3-none-any.whl"
)
PIP_SHA256 = "9655943313a94722b7774661c21049070f6bbb0a1516bf02f7c8d5d9201514cd"
SITE = "import sysconfig; print(sysconfig.get_path('purelib'))"
NO_NETWORK = re.compile("ConnectionError|NameResolution|ConnectTimeout|ReadTimeout|ProxyError|unreachable|timed out")


def ready(wanted: str) -> None:
    """Install what the program needs, or what the tests need, unless that has been done already."""
    locked = LOCK.read_bytes() if wanted == "tests" else b""
    parts = [(HERE / "pyproject.toml").read_bytes(), sys.version.encode(), wanted.encode(), locked]
    stamp = VENV / f".ready-{hashlib.sha256(b'|'.join(parts)).hexdigest()[:16]}"
    if stamp.exists() and PYTHON.exists():
        return
    begun = time.monotonic()
    show("setting up .venv, once", last=not sys.stderr.isatty())
    if not PYTHON.exists():
        make_environment()
    fetch(find_pip(), packages(wanted), begun)
    # The checkout's own source is found where it lies, and compiled here once, as an installed program's is: where Python
    # is told to write no bytecode, every start would compile it again.
    site = subprocess.run([str(PYTHON), "-c", SITE], capture_output=True, text=True, check=True).stdout.strip()
    Path(site, "pathfinder.pth").write_text(f"{HERE / 'src'}\n", encoding="utf-8")
    subprocess.run([str(PYTHON), "-m", "compileall", "-q", str(HERE / "src")], check=False)
    stamp.touch()
    show(f"set up in {time.monotonic() - begun:.0f} seconds")


def show(text: str, *, last: bool = True) -> None:
    """Write the one line that says what goes on, over the one before where this is a terminal."""
    line = f"run.py: {text}"
    sys.stderr.write(f"\r{line:<78}" if sys.stderr.isatty() else line)
    sys.stderr.write("\n" if last else "")
    sys.stderr.flush()


def fail(why: str) -> NoReturn:
    """End with the reason, on a line of its own."""
    sys.exit(("\n" if sys.stderr.isatty() else "") + f"run.py: {why}")


def packages(wanted: str) -> list[list[str]]:
    """Return pip's arguments, once for each pip that is to run at the same time."""
    if wanted == "tests":
        # The lock holds all that is needed, so nothing has to be worked out, and each part can be fetched by itself.
        pins = re.split(r"\n(?=[a-z])", "\n" + LOCK.read_text(encoding="utf-8"))[1:]
        count = min(4, os.cpu_count() or 1)
        parts = [VENV / f"lock-{number}.txt" for number in range(count)]
        for number, part in enumerate(parts):
            part.write_text("\n".join(pins[number::count]), encoding="utf-8")
        return [["--require-hashes", "--no-deps", "-r", str(part)] for part in parts]
    return [dependencies()]


def dependencies() -> list[str]:
    """Return what the program requires, as pyproject.toml says it."""
    import tomllib

    declared = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    return [str(requirement) for requirement in declared]


def make_environment() -> None:
    """Make the virtual environment, without a pip of its own: one that is there already serves."""
    # What is left of one that cannot be used any more would be kept.
    command = [sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        said = (made.stderr or made.stdout).strip().splitlines() or ["no reason given"]
        fail(f"{VENV} cannot be made: {said[-1]}")


def find_pip() -> list[str]:
    """Return a pip that installs into the environment: this Python's, the one that Python brings along, or a fetched one."""
    outside = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    inside = [str(PYTHON), "-m", "pip"]
    for pip in (outside, inside):
        if subprocess.run([*pip, "--version"], capture_output=True, check=False).returncode == 0:
            return pip
    # Debian ships Python without ensurepip unless python3-venv is there.
    if subprocess.run([str(PYTHON), "-m", "ensurepip"], capture_output=True, check=False).returncode:
        bring_pip()
    return inside


def bring_pip() -> None:
    """Download pip's own archive, which runs as it is, and let it install itself."""
    import tempfile
    import urllib.request

    try:
        with urllib.request.urlopen(PIP_URL, timeout=60) as answer:
            archive = answer.read()
    except OSError as error:
        fail(
            f"this Python has neither ensurepip nor pip, and pip cannot be downloaded ({error}).\n"
            "On Debian or Ubuntu this helps: apt install python3-venv"
        )
    if hashlib.sha256(archive).hexdigest() != PIP_SHA256:
        fail(f"{PIP_URL} is not what was expected; nothing of it was run.")
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(folder) / PIP_URL.rpartition("/")[2]
        wheel.write_bytes(archive)
        command = [str(PYTHON), str(wheel / "pip"), "install", "-q", "--disable-pip-version-check", "--no-index"]
        done = subprocess.run([*command, str(wheel)], capture_output=True, text=True, check=False)
        if done.returncode:
            fail(f"pip could not be installed:\n{done.stderr.strip()}")


def fetch(pip: list[str], parts: list[list[str]], begun: float) -> None:
    """Install each part with a pip of its own, all at the same time, and say how far they are."""
    options = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off", "--retries", "1"]
    with LOG.open("w+", encoding="utf-8", errors="replace") as log:
        running = [
            subprocess.Popen([*pip, "install", *options, *part], stdout=log, stderr=subprocess.STDOUT) for part in parts
        ]
        while any(process.poll() is None for process in running):
            time.sleep(0.2)
            if sys.stderr.isatty():
                count = LOG.read_text(encoding="utf-8", errors="replace").count("Collecting ")
                passed = time.monotonic() - begun
                show(f"setting up .venv, once: {count} packages, {passed:.0f} seconds", last=False)
        log.seek(0)
        said = log.read()
    if any(process.returncode for process in running):
        fail(reason(said, parts))


def reason(said: str, parts: list[list[str]]) -> str:
    """Return why installing failed, in a few lines, and what to do."""
    if NO_NETWORK.search(said):
        wanted = dependencies() if len(parts[0]) > 1 and "-r" not in parts[0] else ["-r", "tests/lock.txt"]
        return (
            "the packages that this needs could not be fetched; is there a network?\n"
            "Without one, fetch them on a computer that has it, with the same system and Python:\n"
            f"  python3 -m pip download -d wheels {shlex.join(wanted)}\n"
            "bring the folder `wheels` here, and begin with:\n"
            f"  PIP_NO_INDEX=1 PIP_FIND_LINKS=wheels {typed()} {shlex.join(sys.argv[1:])}"
        )
    lines = said.strip().splitlines()
    told = [line for line in lines if line.startswith("ERROR:")] or lines[-3:]
    return "\n  ".join(["the packages that this needs could not be installed:", *told, f"({LOG} has all of it)"])


def typed() -> str:
    """Return what the reader typed to start this, as it can be typed again."""
    python, *words = sys.orig_argv[: len(sys.orig_argv) - len(sys.argv) + 1]
    # Launchers hand on the place where they found a Python, not the name that was typed.
    name = Path(python).name
    return shlex.join([name if shutil.which(name) else python, *words])


def main() -> int:
    """Run what the first argument names; the exit code is that of the program or of pytest."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["tests"]:
        ready("tests")
        # In front of what the person chose, so that theirs holds.
        options = f"-n auto {os.environ.get('PYTEST_ADDOPTS', '')}"
        command = [str(PYTHON), "-m", "pytest", *arguments[1:]]
        return subprocess.run(command, cwd=HERE, env=os.environ | {"PYTEST_ADDOPTS": options}, check=False).returncode
    ready("program")
    named = os.environ | {"PATHFINDER_AS": typed()}
    return subprocess.run([str(PYTHON), "-m", "pathfinder", *arguments], env=named, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
