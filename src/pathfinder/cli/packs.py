"""`pathfinder pack`: for people who write quizzes."""

# Typer reads the annotations of commands at run time, so none of those may be a string.
import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder import ask
from pathfinder.cli import options
from pathfinder.cli.common import open_pack
from pathfinder.cli.group import finish, group
from pathfinder.errors import UsageError
from pathfinder.files import STREAM
from pathfinder.show.streams import emit_json, say
from pathfinder.text import as_printed, command, inert, one_line, operand, parts, several

if TYPE_CHECKING:
    from pathfinder.pack import Problem
    from pathfinder.pack.new import NewPack

app = group()

_Dir = Annotated[
    str | None,
    typer.Argument(
        metavar="[DIR]", help="The pack's folder; the bundled pack when not given.", parser=options.folder_of
    ),
]


@app.callback(invoke_without_command=True)
def authors(ctx: typer.Context) -> None:
    """For authors of quizzes: check, audit, form, sql, new, method.

    \b
    Example:   pathfinder pack new my-pack --title "Which dog?" --option Beagle --option Poodle
    """
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


class Format(StrEnum):
    """How `pack check` prints problems."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


@app.command()
def check(
    folder: _Dir = None,
    form: Annotated[Format, typer.Option("--format", help="How to print the problems.")] = Format.TEXT,
) -> None:
    """Find every problem in a pack, with file, line and column.

    The exit code is 1 when there is one.

    \b
    Example:   pathfinder pack check my-pack
    """
    from pathfinder.pack import find, read_pack, refuse_no_folder

    place = find(folder)
    refuse_no_folder(place)
    problems: list[Problem] = []
    pack = read_pack(place, problems)
    errors = sum(each.severity == "error" for each in problems)
    warnings = len(problems) - errors
    if form is Format.JSON:
        from pathfinder.show.as_json import check_json

        emit_json(check_json(problems))
        finish(1 if errors else 0)
        return
    for each in problems:
        sys.stdout.write((_github(each) if form is Format.GITHUB else inert(_line(each))) + "\n")
    counted = f"{several(errors, 'error')}, {several(warnings, 'warning')}"
    if pack is not None and form is Format.TEXT:
        tracks = sum(len(each.tracks) for each in pack.paths)
        sys.stdout.write(
            f"{pack.id} {pack.version}: {several(len(pack.paths), 'path')}, {several(tracks, 'track')}, "
            f"{several(len(pack.questions), 'question')}, {several(len(pack.dimensions), 'dimension')}, "
            f"{several(len(pack.faq), 'FAQ entry', 'FAQ entries')}, {several(len(pack.sources), 'source')}; {counted}\n"
        )
    elif form is Format.TEXT:
        sys.stdout.write(f"{counted}\n")
    finish(1 if errors else 0)


@app.command("audit")
def audit_(folder: _Dir = None, as_json: options.Json = False) -> None:
    """Find out whether a quiz is fair.

    Can every path win, does every question matter, and more; the exit code is 1 when something is wrong.

    \b
    Example:   pathfinder pack audit my-pack
    """
    from pathfinder.audit import audit

    pack, day = open_pack(folder), datetime.now().astimezone().date()
    if as_json:
        found = audit(pack, day=day)
        emit_json(found.to_json())
    else:
        from pathfinder.show.terminal.auditing import report, watched

        found = watched(lambda tell: audit(pack, tell, day=day))
        report(found)
    finish(1 if found.errors else 0)


class Tool(StrEnum):
    """What `pack form` writes for."""

    REDCAP = "redcap"
    LIMESURVEY = "limesurvey"
    XLSFORM = "xlsform"
    HTML = "html"


@app.command("form")
def form_(
    folder: _Dir = None,
    to: Annotated[
        Tool, typer.Option("--to", help="The tool that asks; xlsform is for Kobo and ODK, html is a page to print.")
    ] = Tool.HTML,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE", help="Write it here; .xlsx for an XLSForm to upload.", parser=options.path_of
        ),
    ] = None,
) -> None:
    """Write a quiz as the questionnaire of a survey tool.

    What the tool exports later is read by `cohort` without a mapping.

    \b
    Example:   pathfinder pack form --to redcap --out dictionary.csv
    """
    from pathfinder.show.forms import form, write_form

    pack = open_pack(folder)
    if out is None or out == STREAM:
        sys.stdout.write(form(pack, to))
        return
    write_form(pack, to, out)


@app.command()
def sql(
    folder: _Dir = None,
    table: Annotated[
        str, typer.Option("--table", metavar="NAME", help="The table that holds the answers.")
    ] = "answers",
    no_marks: Annotated[
        bool, typer.Option("--no-marks", help="It has no columns matters_most, does_not_matter and rule_out.")
    ] = False,
) -> None:
    """Print one SELECT that scores every row of a table.

    It runs on DuckDB and Spark, and keeps to what BigQuery and Snowflake understand too.

    \b
    Example:   pathfinder pack sql --table survey.answers > score.sql
    """
    from pathfinder.cohort.sql import select

    sys.stdout.write(select(open_pack(folder), table, marks=not no_marks))


@app.command()
def new(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", help="The folder to make; it must not exist or be empty.", parser=options.path_of
        ),
    ],
    title: Annotated[str | None, typer.Option("--title", help="What the decision is.")] = None,
    option: Annotated[
        list[str] | None, typer.Option("--option", help="A path to choose between; give two to eight.")
    ] = None,
    theme: Annotated[list[str] | None, typer.Option("--theme", help="A theme of questions; give one or more.")] = None,
) -> None:
    """Write a small, commented, working pack to start from.

    It passes check and audit; nothing is ever overwritten.

    \b
    Example:   pathfinder pack new my-pack --title "Which dog?" --option Beagle --option Poodle
    """
    from pathfinder.pack.new import DEFAULT_THEMES, NewPack, problem, write_new_pack

    if title is None and not option:
        if not sys.stdin.isatty():
            raise UsageError("give --title and two or more times --option, or run this at a terminal.")
        wanted = _asked()
    else:
        wanted = NewPack(title=title or "", options=tuple(option or ()), themes=tuple(theme or ()) or DEFAULT_THEMES)
    wrong = problem(wanted)
    if wrong:
        raise UsageError(f"{wrong}.")
    for each in write_new_pack(folder, wanted):
        say(f"Written: {one_line(str(each))}")
    check, quiz = (
        command("pack", "check", operand(folder)),
        command("quiz", "--pack", str(folder)),
    )
    say(f"Now: {check}, then edit, then {quiz}")


@app.command()
def method() -> None:
    """Explain how the score and its certainty are worked out.

    \b
    Example:   pathfinder pack method
    """
    from pathfinder.pack import bundled

    package = bundled().parent
    text = (package / "docs" / "method.md").read_text(encoding="utf-8")
    # A file or a pipe gets the page as it is; a terminal would break its long lines within words.
    if sys.stdout.isatty():
        from pathfinder.show.terminal.pages import print_markdown

        print_markdown(text)
    else:
        sys.stdout.write(text)


def _asked() -> "NewPack":
    from pathfinder.pack.new import DEFAULT_THEMES, NewPack, problem

    def wrong(entered: str) -> str | None:
        return None if entered.strip() else "Type something, please."

    def options_wrong(entered: str) -> str | None:
        return problem(NewPack(title="x", options=_split(entered)))

    def themes_wrong(entered: str) -> str | None:
        return problem(NewPack(title="x", options=("a", "b"), themes=_split(entered)))

    asker = ask.choose()
    return NewPack(
        title=asker.line("What is the decision, in a few words?", wrong),
        options=_split(asker.line("Between what? Two to eight names, with commas:", options_wrong)),
        themes=_split(asker.line("Themes of questions, with commas:", themes_wrong, ", ".join(DEFAULT_THEMES))),
    )


def _split(entered: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in parts(entered) if each.strip())


def _line(problem: "Problem") -> str:
    mark = "warning: " if problem.severity == "warning" else ""
    where = f"{problem.where}: " if problem.where else ""
    return f"{problem.file}:{problem.line}:{problem.column}: {where}{mark}{problem.message}"


def _github(problem: "Problem") -> str:
    def escape(text: str) -> str:
        # As it will be shown: a lookalike can be a sign that needs an escape.
        return as_printed(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    place = escape(problem.file).replace(",", "%2C").replace(":", "%3A")
    where = f"{problem.where}: " if problem.where else ""
    return (
        f"::{problem.severity} file={place},line={problem.line},col={problem.column}::{escape(where + problem.message)}"
    )
