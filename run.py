#!/usr/bin/env python3
"""Sets up everything this checkout needs, in a virtual environment of its own, and runs the program or its tests.

    python3 run.py quiz          # any pathfinder command: quiz, compare, faq, ...
    python3 run.py tests         # the tests; further arguments go to pytest

Needs Python 3.11 or newer and nothing else; the system's own Python is left as it is.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):
    sys.exit(f"run.py: Python 3.11 or newer is needed, and this is {sys.version.split()[0]}")

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
PIP_URL = (
    "https://files.pythonhosted.org/packages/44/3c/d717024885424591d5376220b5e836c2d5293ce2011523c9de23ff7bf068/"
    "pip-25.3-py3-none-any.whl"
)
PIP_SHA256 = "9655943313a94722b7774661c21049070f6bbb0a1516bf02f7c8d5d9201514cd"
LOCK = HERE / "tests" / "lock.txt"


def make_environment() -> None:
    """Make the virtual environment, with pip in it; ends with one line when that cannot be."""
    # What is left of one that cannot be used any more would be kept.
    venv = [sys.executable, "-m", "venv", "--clear"]
    if subprocess.run([*venv, str(VENV)], capture_output=True, check=False).returncode == 0:
        return
    # Debian ships Python without ensurepip unless python3-venv is there; its own pip can serve too, if it is there.
    made = subprocess.run([*venv, "--without-pip", str(VENV)], capture_output=True, text=True, check=False)
    if made.returncode:
        sys.exit(f"run.py: {VENV} cannot be made: {(made.stderr or made.stdout).strip().splitlines()[-1:]}")
    pip = [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "-q", "pip"]
    if subprocess.run(pip, check=False, capture_output=True).returncode != 0:
        bring_pip()


def bring_pip() -> None:
    """Download pip's own archive, which runs as it is, and let it install itself."""
    import tempfile
    import urllib.request

    try:
        with urllib.request.urlopen(PIP_URL, timeout=60) as answer:
            archive = answer.read()
    except OSError as error:
        sys.exit(
            f"run.py: this Python has neither ensurepip nor pip, and pip cannot be downloaded ({error}). "
            "On Debian or Ubuntu: apt install python3-venv"
        )
    if hashlib.sha256(archive).hexdigest() != PIP_SHA256:
        sys.exit(f"run.py: {PIP_URL} is not what was expected; nothing of it was run.")
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(folder) / PIP_URL.rpartition("/")[2]
        wheel.write_bytes(archive)
        command = [str(PYTHON), str(wheel / "pip"), "install", "-q", "--disable-pip-version-check", "pip"]
        if subprocess.run(command, check=False).returncode:
            sys.exit("run.py: installing pip failed; the lines above say why.")


def ready(wanted: str) -> None:
    """Install the program, or what tests and checks need and then the program, unless that has been done already."""
    parts = [(HERE / "pyproject.toml").read_bytes(), sys.version.encode(), wanted.encode()]
    parts += [LOCK.read_bytes()] if wanted == "tests" else []
    stamp = VENV / f".ready-{hashlib.sha256(b'|'.join(parts)).hexdigest()[:16]}"
    if stamp.exists() and PYTHON.exists():
        return
    sys.stderr.write("run.py: setting up .venv (once) ...\n")
    if (
        not PYTHON.exists()
        or subprocess.run([str(PYTHON), "-m", "pip", "--version"], capture_output=True, check=False).returncode
    ):
        make_environment()
    if wanted == "tests":
        install("--require-hashes", "-r", str(LOCK))
        # The lock holds what the program needs, too, and what builds it.
        install("--no-deps", "--no-build-isolation", "-e", str(HERE))
    else:
        install("-e", str(HERE))
    # A checkout's source is compiled here once, as an installed program's is; where Python is told to write no bytecode,
    # every start would do it again.
    subprocess.run([str(PYTHON), "-m", "compileall", "-q", str(HERE / "src")], check=False)
    stamp.touch()


def install(*what: str) -> None:
    """Install with the environment's own pip; ends with one line when that fails."""
    command = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", *what]
    if subprocess.run(command, check=False).returncode:
        sys.exit("run.py: installing failed; the lines above say why.")


def main() -> int:
    """Run what the first argument names; the exit code is that of the program or of pytest."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["tests"]:
        ready("tests")
        command = [str(PYTHON), "-m", "pytest", *arguments[1:]]
        return subprocess.run(command, cwd=HERE, check=False).returncode
    ready("program")
    return subprocess.run([str(PYTHON), "-m", "pathfinder", *arguments], check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
