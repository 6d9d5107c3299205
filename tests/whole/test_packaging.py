"""What is in the source archive and in the wheel that is built from it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import pytest

from conftest import ROOT
from pathfinder import __version__

BUILD: Final = "import sys, hatchling.build as b; print(getattr(b, f'build_{sys.argv[1]}')(sys.argv[2]))"
START: Final = """
import sys
sys.path.insert(0, sys.argv.pop(1))
import pathfinder
assert pathfinder.__file__.startswith(sys.path[0])
from pathfinder.cli import main
main()
"""
SOURCE: Final = ROOT / "src" / "pathfinder"


def built(kind: str, source: Path, target: Path) -> Path:
    """Build an sdist or a wheel with the project's own build backend, and return the file."""
    ended = subprocess.run(
        [sys.executable, "-c", BUILD, kind, str(target)], cwd=source, capture_output=True, text=True, check=True
    )
    return target / ended.stdout.splitlines()[-1]


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the unpacked source archive of this checkout."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(built("sdist", ROOT, folder)) as archive:
        # Debian's Python 3.11.2 knows no filters yet, and newer ones warn where none is chosen.
        archive.extraction_filter = getattr(tarfile, "data_filter", lambda member, _path: member)
        archive.extractall(folder)  # noqa: S202 - made a moment ago
    return folder / f"pathfinder_quiz-{__version__}"


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    """Return the wheel that is built from the source archive."""
    return ZipFile(built("wheel", sdist, tmp_path_factory.mktemp("wheel")))


def files_below(folder: Path) -> set[str]:
    """Return the names of all files below a folder, caches apart."""
    return {
        each.relative_to(folder).as_posix()
        for each in folder.rglob("*")
        if each.is_file() and not {"__pycache__", ".pytest_cache"} & set(each.parts)
    }


def test_the_wheel_holds_the_program_and_nothing_else(wheel: ZipFile) -> None:
    """In the wheel are the package with its data, schemas, templates and method, and the metadata: no test, no cache."""
    expected = {f"pathfinder/{each}" for each in files_below(SOURCE)}
    expected |= {f"pathfinder/data/{each}" for each in files_below(ROOT / "data")} | {"pathfinder/docs/method.md"}
    names = {each for each in wheel.namelist() if not each.startswith("pathfinder_quiz-")}
    assert names == expected
    assert {"pathfinder/py.typed", "pathfinder/data/paths.yaml", "pathfinder/show/report/report.css"} <= names
    assert any(each.startswith("pathfinder/pack/schema/") for each in names)
    metadata = {each.partition("/")[2] for each in wheel.namelist()} - {each.partition("/")[2] for each in names}
    assert metadata == {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE"}


def test_the_archive_holds_what_the_checkout_needs(sdist: Path) -> None:
    """In the source archive are source, data, tests, docs, examples, benchmarks, the runner and CI: it can test itself."""
    there = files_below(sdist)
    for folder in ("src", "data", "tests", "docs", "examples", "bench", ".ci"):
        below = {f"{folder}/{each}" for each in files_below(ROOT / folder)}
        assert below <= there, folder
    assert {"README.md", "CHANGELOG.md", "LICENSE", "run.py", "pyproject.toml", "PKG-INFO"} <= there
    assert not any(
        part in each for each in there for part in ("__pycache__", ".venv", ".coverage", ".hypothesis", ".git/")
    )


def test_no_file_names_the_machine_it_was_made_on(sdist: Path, wheel: ZipFile) -> None:
    """No file that is handed on holds the path of this checkout, of this Python or of anybody's home."""
    private = {str(ROOT), sys.prefix, sys.base_prefix, str(Path(sys.executable).resolve().parent)}
    if sys.platform != "win32":
        import pwd

        private.add(pwd.getpwuid(os.getuid()).pw_dir + "/")
    texts = {name: wheel.read(name) for name in wheel.namelist()}
    texts |= {each: (sdist / each).read_bytes() for each in files_below(sdist)}
    common = {"/", "//", "/usr", "/usr/bin", "/usr/local", "/usr/local/bin"}
    found = {(name, each) for name, text in texts.items() for each in private - common if each.encode() in text}
    assert found == set()


def test_the_metadata_says_what_pyproject_says(wheel: ZipFile) -> None:
    """Name, version, Python, requirements and license in the wheel are those of pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name = next(each for each in wheel.namelist() if each.endswith("METADATA"))
    lines = wheel.read(name).decode().partition("\n\n")[0].splitlines()
    fields = [tuple(each.split(": ", 1)) for each in lines if ": " in each]
    assert ("Name", project["name"]) in fields
    assert ("Version", __version__) in fields
    assert ("License-Expression", project["license"]) in fields
    # The order of the bounds is the build backend's.
    required = {frozenset(re.split("(?=[<>])|,|; ", each)) - {""} for key, each in fields if key == "Requires-Dist"}
    wanted = [*project["dependencies"]]
    for extra, each in project["optional-dependencies"].items():
        wanted += [f"{requirement}; extra == '{extra}'" for requirement in each]
    assert required == {frozenset(re.split("(?=[<>])|,|; ", each)) - {""} for each in wanted}


def test_the_wheel_works_where_the_checkout_is_not(wheel: ZipFile, tmp_path: Path) -> None:
    """Unpacked elsewhere and run from another folder, the wheel finds its pack, its method, its templates and schemas."""
    wheel.extractall(tmp_path / "site")  # noqa: S202 - made a moment ago
    sheet = ROOT / "tests" / "portraits" / "01-oncologist-with-a-laboratory.yaml"
    for command in (
        ["pack", "check"],
        ["pack", "method"],
        ["compare", "--differences"],
        ["quiz", "--answers", str(sheet), "--json", "--report", "report.html"],
        ["pack", "new", "new", "--title", "x", "--option", "a", "--option", "b"],
    ):
        ended = subprocess.run(
            [sys.executable, "-c", START, str(tmp_path / "site"), *command],
            cwd=tmp_path, capture_output=True, text=True, check=False, encoding="utf-8",
        )  # fmt: skip
        assert (ended.returncode, ended.stderr.count("Traceback")) == (0, 0), ended.stderr
    assert (tmp_path / "report.html").stat().st_size > 10_000
    assert (tmp_path / "new" / "paths.yaml").is_file()
