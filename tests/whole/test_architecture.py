"""Who may import what, and what each command loads."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "pathfinder"
SHEET = Path(__file__).resolve().parents[1] / "portraits" / "01-oncologist-with-a-laboratory.yaml"

LIBRARIES = {
    "yaml": "pack",
    "rich": "show/terminal",
    "questionary": "ask",
    "prompt_toolkit": "ask",
    "typer": "cli",
    "jinja2": "show/report",
    "icalendar": "show/plan_calendar.py",
    "platformdirs": "answers",
    "duckdb": "cohort/engine.py",
    "pyspark": "cohort/spark.py",
    "pyarrow": "cohort/spark.py",
}
"""Each library's only home under src/pathfinder."""

LEVELS = (
    {"errors", "text", "value", "__init__"},
    {"files"},
    {"pack"},
    {"answers"},
    {"result"},
    {"audit", "ask", "cohort"},
    {"show"},
    {"cli"},
    {"__main__"},
)
"""A room imports only itself and rooms of the levels before its own."""

CORE = (
    "audit", "result", "answers/interview.py", "pack/model.py", "pack/comparison.py", "value.py",
    *(f"cohort/{each}.py" for each in ("cells", "columns", "evidence", "figures", "forms", "group", "names", "records", "sql")),
)  # fmt: skip


def is_core(path: Path) -> bool:
    """Whether a file belongs to the pure core."""
    return path.relative_to(SOURCE).as_posix().startswith(CORE)


FILES = sorted(SOURCE.rglob("*.py"))
MODULES = {".".join(("pathfinder", *each.relative_to(SOURCE).with_suffix("").parts)) for each in FILES} | {
    ".".join(("pathfinder", *each.parent.relative_to(SOURCE).parts)) for each in FILES
}


def room(path: Path) -> str:
    """Return the module or package directly under pathfinder that a file belongs to."""
    first = path.relative_to(SOURCE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> list[tuple[str, bool]]:
    """Return the modules that a file imports, and whether at run time."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            names = [node.module or ""]
            inner = [f"{node.module}.{each.name}" for each in node.names]
            names = inner if {*inner} <= MODULES else [node.module or ""]
        else:
            continue
        found += [(name, id(node) not in typing_only) for name in names]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda each: str(each.relative_to(SOURCE)))
def test_third_party_libraries_live_in_their_own_rooms(path: Path) -> None:
    """A library is imported, even for types, only in the room that owns it."""
    for name, _ in imports(path):
        owner = LIBRARIES.get(name.split(".")[0], "")
        assert path.relative_to(SOURCE).as_posix().startswith(owner), f"{path.name} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda each: str(each.relative_to(SOURCE)))
def test_imports_point_in_one_direction(path: Path) -> None:
    """A room imports only itself and rooms further down, even for types."""
    level = {name: depth for depth, names in enumerate(LEVELS) for name in names}
    own = room(path)
    assert own in level, f"{own} has no level: give it one"
    for name, _ in imports(path):
        parts = name.split(".")
        if parts[0] == "pathfinder" and len(parts) > 1:
            other = parts[1] if parts[1] in level else "__init__"
            assert other == own or level[other] < level[own], f"{path.name} imports {name}"


def test_no_files_import_each_other_in_a_circle() -> None:
    """Within a room too, every file can be read before those that use it."""
    files = {".".join(("pathfinder", *each.relative_to(SOURCE).with_suffix("").parts)): each for each in FILES}
    uses = {name: {other for other, _ in imports(each) if other in files} for name, each in files.items()}
    assert sum(map(len, uses.values())) > len(files)
    assert len([*TopologicalSorter(uses).static_order()]) == len(files)


@pytest.mark.parametrize(
    "path", [each for each in FILES if is_core(each)], ids=lambda each: str(each.relative_to(SOURCE))
)
def test_the_core_is_pure(path: Path) -> None:
    """The core imports only the standard library and itself, and neither reads, prints nor looks at the clock."""
    allowed = set(sys.stdlib_module_names) - {"os", "time", "datetime", "pathlib", "secrets", "subprocess", "socket"}
    for name, at_run_time in imports(path):
        # A day is a value of a type; which day it is, the core is told.
        known = allowed | {"pathfinder"} | (set() if at_run_time else {"datetime"})
        assert name.split(".")[0] in known, f"{path.name} imports {name}"
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"open", "print", "input"}, f"{path.name} calls {node.func.id}"


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (
            ["--version"],
            {"yaml", "rich", "questionary", "prompt_toolkit", "jinja2", "platformdirs", "pathfinder.pack"},
        ),
        (
            ["--help"],
            {"yaml", "rich", "questionary", "prompt_toolkit", "jinja2", "platformdirs", "pathfinder.pack"},
        ),
        (
            ["faq", "switch"],
            {"questionary", "prompt_toolkit", "jinja2", "pathfinder.result.scoring", "numpy"},
        ),
        (["compare"], {"questionary", "prompt_toolkit", "jinja2", "pydantic"}),
        (["show", "hybrid"], {"questionary", "prompt_toolkit", "jinja2"}),
        (
            ["quiz", "--answers", str(SHEET), "--json"],
            {
                "rich",
                "questionary",
                "prompt_toolkit",
                "jinja2",
                "platformdirs",
                "pydantic",
                "numpy",
                "pathfinder.audit",
            },
        ),
        (["quiz", "--answers", str(SHEET)], {"questionary", "prompt_toolkit", "jinja2", "platformdirs"}),
        (
            ["cohort", "examples/class.csv"],
            {"questionary", "prompt_toolkit", "jinja2", "platformdirs", "duckdb", "numpy", "pathfinder.audit"},
        ),
        (["pack", "sql"], {"rich", "questionary", "prompt_toolkit", "jinja2", "duckdb", "pathfinder.audit"}),
        (["pack", "check"], {"rich", "questionary", "prompt_toolkit", "jinja2", "pathfinder.audit"}),
    ],
    ids=lambda each: " ".join(each[:2]) if isinstance(each, list) else "",
)
def test_a_command_loads_only_what_it_needs(arguments: list[str], absent: set[str]) -> None:
    """No command pays for the libraries of another."""
    program = (
        "import sys\n"
        "from pathfinder.cli import app\n"
        f"try:\n    app({arguments!r})\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "sys.stderr.write('\\n'.join(sys.modules))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ, encoding="utf-8"
    )
    assert set(ended.stderr.split("\n")) & absent == set()


@pytest.mark.parametrize("path", FILES, ids=lambda each: str(each.relative_to(SOURCE)))
def test_no_module_and_no_function_is_too_long_to_read(path: Path) -> None:
    """A module has 300 lines at most, and what a function does 40: a command's options and help stand before that."""
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            begin = node.body[1 if ast.get_docstring(node) and len(node.body) > 1 else 0].lineno
            assert (node.end_lineno or 0) - begin < 40, node.name


MOST_IMPORTS_INSIDE = 90
LATE = (
    "cli",
    "answers/place.py",
    "ask/__init__.py",
    "ask/screen_asker.py",
    "ask/wrapping.py",
    "cohort/engine.py",
    "cohort/spark.py",
    "cohort/table.py",
    "pack/load.py",
    "pack/yaml_file.py",
    "show/forms.py",
    "show/streams.py",
    "text.py",
)
"""Where an import may stand inside a function: in commands, and where a library or the start would be paid for nothing."""


def test_few_imports_stand_inside_functions() -> None:
    """What costs nothing is imported at the top of a file, where a reader looks for it."""
    inside: dict[str, int] = {}
    for path in FILES:
        functions = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)]
        lines = {
            inner.lineno
            for function in functions
            for inner in ast.walk(function)
            if isinstance(inner, (ast.Import, ast.ImportFrom))
        }
        if lines:
            inside[path.relative_to(SOURCE).as_posix()] = len(lines)
    assert [name for name in inside if not name.startswith(LATE)] == []
    assert sum(inside.values()) <= MOST_IMPORTS_INSIDE


def test_no_two_public_things_have_one_name() -> None:
    """A name that is read means one thing; commands are called as they are typed, each in its group."""
    homes: dict[str, list[str]] = {}
    for path in FILES:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
                homes.setdefault(node.name, []).append(path.relative_to(SOURCE).as_posix())
    assert {name: places for name, places in homes.items() if len(places) > 1} == {
        "show": ["cli/browse.py", "cli/sessions.py"]
    }


def test_the_map_of_the_house_is_to_scale() -> None:
    """The lines of each room in docs/architecture.md are right to a tenth, and every file that it names is there."""
    page = (SOURCE.parents[1] / "docs" / "architecture.md").read_text("utf-8")
    rows = re.findall(r"^\| `([\w.]+)/?` \|(.*)\| ([\d,]+) \|[^|]*\|$", page, re.MULTILINE)
    assert {name for name, _, _ in rows} == {room(path) for path in FILES if path.parent != SOURCE} | {
        path.name for path in FILES if path.parent == SOURCE and not path.name.startswith("__")
    }
    for name, about, told in rows:
        lines = sum(path.read_text("utf-8").count("\n") for path in FILES if path.relative_to(SOURCE).parts[0] == name)
        assert abs(lines - int(told.replace(",", ""))) <= max(50, lines / 10), (name, lines)
        for file in re.findall(r"`(\w+\.py)`", about):
            assert (SOURCE / name / file).is_file(), (name, file)
