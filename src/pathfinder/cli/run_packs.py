"""`pack check`, `audit`, `new` and `method`: for people who write quizzes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from pathfinder import pack as packfile
from pathfinder.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pathfinder.pack import Problem

CHECK_SCHEMA: Final = "pathfinder.check/1"


def check(folder: str | None, *, form: str) -> int:
    """Print every problem of a pack; 1 when one of them is an error."""
    place = packfile.find(folder)
    packfile.refuse_no_folder(place)
    problems: list[Problem] = []
    pack = packfile.read_pack(place, problems)
    errors = sum(each.severity == "error" for each in problems)
    warnings = len(problems) - errors
    if form == "json":
        from pathfinder.show.streams import emit_json

        emit_json(_check_json(problems))
        return 1 if errors else 0
    from pathfinder.text import inert

    for each in problems:
        sys.stdout.write((_github(each) if form == "github" else inert(_line(each))) + "\n")
    counted = f"{_count(errors, 'error')}, {_count(warnings, 'warning')}"
    if pack is not None and form == "text":
        tracks = sum(len(each.tracks) for each in pack.paths)
        sys.stdout.write(
            f"{pack.id} {pack.version}: {_count(len(pack.paths), 'path')}, {_count(tracks, 'track')}, "
            f"{_count(len(pack.questions), 'question')}, {_count(len(pack.dimensions), 'dimension')}, "
            f"{_count(len(pack.faq), 'FAQ entry', 'FAQ entries')}, {_count(len(pack.sources), 'source')}; {counted}\n"
        )
    elif form == "text":
        sys.stdout.write(f"{counted}\n")
    return 1 if errors else 0


def audit(folder: str | None, *, as_json: bool) -> int:
    """Audit a pack; 1 when there is an error."""
    from pathfinder.audit import audit as examine

    pack = packfile.load_pack(packfile.find(folder))
    if as_json:
        from pathfinder.show.streams import emit_json

        found = examine(pack)
        emit_json(found.to_json())
    else:
        from pathfinder.show.terminal.auditing import report, watched

        found = watched(lambda tell: examine(pack, tell))
        report(found)
    return 1 if found.errors else 0


def new(folder: Path, *, title: str | None, options: Sequence[str], themes: Sequence[str]) -> int:
    """Write a new pack from the flags, or from a few questions when none is given."""
    from pathfinder.pack.new import DEFAULT_THEMES, NewPack, problem, write_new_pack
    from pathfinder.show.streams import say
    from pathfinder.text import command, one_line, operand

    if title is None and not options:
        if not sys.stdin.isatty():
            raise UsageError("give --title and two or more times --option, or run this at a terminal.")
        wanted = _asked()
    else:
        wanted = NewPack(title=title or "", options=tuple(options), themes=tuple(themes) or DEFAULT_THEMES)
    wrong = problem(wanted)
    if wrong:
        raise UsageError(f"{wrong}.")
    for each in write_new_pack(folder, wanted):
        say(f"Written: {one_line(str(each))}")
    check, quiz = (
        command("pathfinder", "pack", "check", operand(folder)),
        command("pathfinder", "quiz", "--pack", str(folder)),
    )
    say(f"Now: {check}, then edit, then {quiz}")
    return 0


def method() -> int:
    """Print how the score works."""
    package = packfile.bundled().parent
    text = (package / "docs" / "method.md").read_text(encoding="utf-8")
    # A file or a pipe gets the page as it is; a terminal would break its long lines within words.
    if sys.stdout.isatty():
        from pathfinder.show.terminal.pages import page

        page(text)
    else:
        sys.stdout.write(text)
    return 0


def _asked() -> Any:
    import os

    from pathfinder import ask as prompts
    from pathfinder.pack.new import DEFAULT_THEMES, NewPack, problem

    def wrong(entered: str) -> str | None:
        return None if entered.strip() else "Type something, please."

    def options_wrong(entered: str) -> str | None:
        return problem(NewPack(title="x", options=_split(entered)))

    def themes_wrong(entered: str) -> str | None:
        return problem(NewPack(title="x", options=("a", "b"), themes=_split(entered)))

    asker = prompts.choose(plain=prompts.wants_plain(False, os.environ))  # noqa: FBT003 - no flag of its own
    return NewPack(
        title=asker.line("What is the decision, in a few words?", wrong),
        options=_split(asker.line("Between what? Two to eight names, with commas:", options_wrong)),
        themes=_split(asker.line("Themes of questions, with commas:", themes_wrong, ", ".join(DEFAULT_THEMES))),
    )


def _split(entered: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in entered.split(",") if each.strip())


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _line(problem: Problem) -> str:
    mark = "warning: " if problem.severity == "warning" else ""
    where = f"{problem.where}: " if problem.where else ""
    return f"{problem.file}:{problem.line}:{problem.column}: {where}{mark}{problem.message}"


def _github(problem: Problem) -> str:
    from pathfinder.text import as_printed

    def escape(text: str) -> str:
        # As it will be shown: a lookalike can be a sign that needs an escape.
        return as_printed(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    place = escape(problem.file).replace(",", "%2C").replace(":", "%3A")
    where = f"{problem.where}: " if problem.where else ""
    return (
        f"::{problem.severity} file={place},line={problem.line},col={problem.column}::{escape(where + problem.message)}"
    )


def _check_json(problems: Sequence[Problem]) -> dict[str, Any]:
    return {
        "schema": CHECK_SCHEMA,
        "problems": [
            {
                "file": each.file,
                "line": each.line,
                "column": each.column,
                "where": each.where,
                "message": each.message,
                "severity": each.severity,
            }
            for each in problems
        ],
    }
