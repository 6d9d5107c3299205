"""Makes everything that is published, in dist/, and checks it; uploads nothing.

    python3 run.py tests && .venv/bin/python tools/release.py

Made from the last commit, each file twice, which must come to the same bytes: the source archive, the wheel from the
source archive, the one file `pathfinder.pyz` that runs with a bare Python, and the digests of the three.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import venv
from pathlib import Path
from typing import Final
from zipfile import ZipFile

ROOT: Final = Path(__file__).resolve().parent.parent
DIST: Final = ROOT / "dist"
SHEET: Final = ROOT / "tests" / "portraits" / "01-oncologist-with-a-laboratory.yaml"
FIRST_START: Final = 3.0
"""Seconds that the one file may take when it is started for the first time and unpacks itself."""
CHECKS: Final = (
    ("--version",),
    ("pack", "check"),
    ("pack", "method"),
    ("faq", "switch"),
    ("compare", "--differences"),
    ("quiz", "--answers", str(SHEET), "--json"),
)


def main() -> int:
    """Make, check, and list what was made; the exit code is 1 when something is wrong."""
    DIST.mkdir(exist_ok=True)
    for old in (*DIST.glob("pathfinder*"), DIST / "SHA256SUMS"):
        old.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        first, second = make(Path(one)), make(Path(other))
        for made, again in zip(first, second, strict=True):
            if digest(made) != digest(again):
                return fail(f"{made.name}: made twice, it came to different bytes")
            (DIST / made.name).write_bytes(made.read_bytes())
        sdist, wheel, zipapp = (DIST / made.name for made in first)
    zipapp.chmod(0o755)
    sums = "".join(f"{digest(made)}  {made.name}\n" for made in (sdist, wheel, zipapp))
    (DIST / "SHA256SUMS").write_text(sums, encoding="utf-8")
    wrong = wrong_version(sdist) or wrong_content(wheel, zipapp) or wrong_when_run(wheel, zipapp)
    if wrong:
        return fail(wrong)
    for made in (sdist, wheel, zipapp):
        sys.stdout.write(f"{made.stat().st_size / 1e6:5.1f} MB  {made.name}\n")
    return 0


def make(folder: Path) -> tuple[Path, Path, Path]:
    """Make the source archive, the wheel and the one file in a folder, from what is committed."""
    run("git", "archive", "--prefix=source/", "-o", str(folder / "source.tar"), "HEAD", cwd=ROOT)
    unpack(folder / "source.tar", folder)
    build("--sdist", folder / "source", folder)
    [sdist] = folder.glob("*.tar.gz")
    unpack(sdist, folder)
    build("--wheel", folder / sdist.name.removesuffix(".tar.gz"), folder)
    [wheel] = folder.glob("*.whl")
    zipapp = folder / "pathfinder.pyz"
    pins = re.findall(r"^\S+==[^\\\n]+", (ROOT / "tests" / "lock.txt").read_text(encoding="utf-8"), re.MULTILINE)
    constraints = folder / "constraints.txt"
    constraints.write_text("\n".join(pins), encoding="utf-8")
    # By its name, since pip notes down the path of a file that it is given. What is compiled for this Python is taken by
    # this one only; every other one falls back to the same in Python.
    wanted = "pathfinder-quiz==" + wheel.name.split("-")[1]
    site = folder / "site"
    pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-compile"]
    run(*pip, "--target", str(site), "--constraint", str(constraints), "--find-links", str(folder), wanted)
    # Scripts name the Python of this machine, and nobody calls them there.
    shutil.rmtree(site / "bin")
    run(
        sys.executable, "-m", "shiv.cli", "--reproducible", "--console-script", "pathfinder",
        "--python", "/usr/bin/env python3", "--site-packages", str(site), "--output-file", str(zipapp),
    )  # fmt: skip
    return sdist, wheel, zipapp


def build(kind: str, source: Path, target: Path) -> None:
    """Build a source archive or a wheel with the hatchling that the lock pins."""
    run(sys.executable, "-m", "build", "--no-isolation", kind, "--outdir", str(target), str(source))


def unpack(archive: Path, folder: Path) -> None:
    """Unpack an archive that was made a moment ago."""
    with tarfile.open(archive) as opened:
        opened.extraction_filter = getattr(tarfile, "data_filter", lambda member, _path: member)
        opened.extractall(folder)  # noqa: S202


def wrong_version(sdist: Path) -> str | None:
    """Return what is wrong with the version: the archive's name and the changelog's newest heading say the same."""
    version = sdist.name.removeprefix("pathfinder_quiz-").removesuffix(".tar.gz")
    headings = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    return None if headings[:1] == [version] else f"CHANGELOG.md begins with {headings[:1]}, not with {version}"


def wrong_content(wheel: Path, zipapp: Path) -> str | None:
    """Return what is wrong in the one file: it holds the wheel's files as they are, and names no place of this machine."""
    with ZipFile(wheel) as archive, ZipFile(zipapp) as file:
        inside = {name: file.read(name) for name in file.namelist()}
        program = [name for name in archive.namelist() if name.startswith("pathfinder/")]
        other = [name for name in program if inside.get(f"site-packages/{name}") != archive.read(name)]
    private = [name for name, text in inside.items() if str(ROOT).encode() in text or sys.prefix.encode() in text]
    return f"{zipapp.name} is not what it should be: {other + private}" if other or private else None


def wrong_when_run(wheel: Path, zipapp: Path) -> str | None:
    """Return what is wrong when the wheel and the one file run from / by themselves; both must say the same."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        # What is suggested depends on how the program was started; all else must not.
        clean = {"HOME": place, "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PATHFINDER_AS": "pathfinder"}
        for name in ("clean", "bare"):
            venv.create(folder / name, with_pip=name == "clean")
        run(str(folder / "clean" / "bin" / "python"), "-m", "pip", "install", "-q", str(wheel))
        installed = [str(folder / "clean" / "bin" / "pathfinder")]
        file = [str(folder / "bare" / "bin" / "python"), "-I", str(zipapp)]
        begun = time.monotonic()
        run(*file, "--version", cwd=Path("/"), env=clean)
        taken = time.monotonic() - begun
        sys.stdout.write(f"{taken:5.2f} s   first start of {zipapp.name}\n")
        for check in CHECKS:
            if run(*installed, *check, cwd=Path("/"), env=clean) != run(*file, *check, cwd=Path("/"), env=clean):
                return f"the wheel and the one file differ in: pathfinder {' '.join(check)}"
    return None if taken < FIRST_START else f"the one file took {taken:.1f} s to start for the first time"


def run(*command: str, cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
    """Run a command and return what it printed; ends with its words when it fails."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, check=False, encoding="utf-8")
    if done.returncode:
        sys.exit(f"release.py: {' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def digest(file: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def fail(why: str) -> int:
    """Say what is wrong; returns the exit code."""
    sys.stderr.write(f"release.py: {why}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
