"""The dependencies that are documented and pinned are those that are declared, and those that are declared are used."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from typing import Any, Final

import pytest
from packaging.requirements import Requirement

from conftest import ROOT

PROJECT: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MODULES: Final = {"pyyaml": "yaml", "prompt-toolkit": "prompt_toolkit"}
COME_ALONG: Final = {"markupsafe": "jinja2", "wcwidth": "prompt_toolkit"}
"""Modules that may be imported because the library to which they belong is a part of another one's interface."""

ASKED_FOR: Final = {"pandas"}
"""What a library that is installed on request asks for itself when it is used."""


def name(requirement: str) -> str:
    """Return the normal name of what a requirement requires."""
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def requirements(wanted: str) -> list[str]:
    """Return what a dependency group and the groups that it includes require."""
    return [
        found
        for each in PROJECT["dependency-groups"][wanted]
        for found in (requirements(each["include-group"]) if isinstance(each, dict) else [each])
    ]


def group(wanted: str) -> set[str]:
    """Return the names in a dependency group and in the groups that it includes."""
    return {name(each) for each in requirements(wanted)}


def documented(heading: str) -> set[str]:
    """Return the names in the first column of the table below a heading."""
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    part = next(each for each in text.split("\n## ") if each.startswith(heading))
    return {name(each) for each in re.findall(r"^\| ([\w-]+) \|", part, re.MULTILINE)} - {"dependency"}


def test_every_dependency_is_documented() -> None:
    """The two lists in docs/dependencies.md are those of pyproject.toml, and its heading counts right."""
    runtime = {name(each) for each in PROJECT["project"]["dependencies"]}
    assert documented("At run time") == runtime
    assert documented("To test") == group("dev")
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert f"## At run time: {len(runtime)}," in text


def locked() -> dict[str, list[Requirement]]:
    """Return what tests/lock.txt pins, by name: one version for each kind of Python or platform."""
    text = (ROOT / "tests" / "lock.txt").read_text(encoding="utf-8").replace("\\\n", "")
    found: dict[str, list[Requirement]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            pin, *digests = line.split("--hash=sha256:")
            assert digests, f"{pin} has no digest"
            assert all(re.fullmatch(r"[0-9a-f]{64}\s*", each) for each in digests)
            found.setdefault(name(pin), []).append(Requirement(pin.strip()))
    return found


def test_every_dependency_is_locked_for_the_tests() -> None:
    """tests/lock.txt pins a version of each declared dependency that its bounds allow, and the digests of its files."""
    pins = locked()
    declared = [*PROJECT["project"]["dependencies"], *requirements("dev")]
    for each in map(Requirement, declared):
        [*versions] = pins[name(each.name)]
        assert versions
        for pin in versions:
            [version] = pin.specifier
            assert version.operator == "=="
            assert each.specifier.contains(version.version), f"{each} against {pin}"


def test_every_dependency_is_used_and_every_use_declared() -> None:
    """The libraries that the source imports are exactly those that it requires, always or on request."""
    found = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {each.name.partition(".")[0] for each in node.names}
            elif isinstance(node, ast.ImportFrom):
                found.add((node.module or "").partition(".")[0])
    windows = {"msvcrt", "winreg"}
    foreign = found - set(sys.stdlib_module_names) - windows - {"pathfinder"}
    required = {MODULES.get(name(each), name(each)) for each in PROJECT["project"]["dependencies"]}
    extras = PROJECT["project"]["optional-dependencies"].values()
    on_request = {name(each) for extra in extras for each in extra} - ASKED_FOR
    assert foreign - COME_ALONG.keys() == required | on_request
    assert {COME_ALONG[each] for each in foreign & COME_ALONG.keys()} <= required


@pytest.mark.parametrize("library", ["numpy", "pandas", "requests", "urllib.request", "http.client", "asyncio", "ssl"])
def test_a_result_needs_no_heavy_library(library: str) -> None:
    """Replaying a sheet loads neither numbers nor networks."""
    import subprocess

    sheet = ROOT / "tests" / "portraits" / "01-oncologist-with-a-laboratory.yaml"
    code = (
        "import sys\nfrom pathfinder.cli import app\n"
        f"try:\n    app(['quiz', '--answers', {str(sheet)!r}])\nexcept SystemExit:\n    pass\n"
        f"sys.exit({library!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
