"""`pathfinder pack`: for people who write quizzes."""

# Typer reads the annotations at run time, so nothing here may be a string.
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pathfinder.cli import options
from pathfinder.cli.group import finish, group

app = group(add_completion=False)

_Dir = Annotated[
    str | None, typer.Argument(metavar="[DIR]", help="The pack's folder; the bundled pack when not given.")
]


@app.callback(invoke_without_command=True)
def authors(ctx: typer.Context) -> None:
    """For authors of quizzes: check, audit, new, method.

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
    from pathfinder.cli.run_packs import check as run

    finish(run(folder, form=form.value))


@app.command()
def audit(folder: _Dir = None, as_json: options.Json = False) -> None:
    """Find out whether a quiz is fair.

    Can every path win, does every question matter, and more; the exit code is 1 when something is wrong.

    \b
    Example:   pathfinder pack audit my-pack
    """
    from pathfinder.cli.run_packs import audit as run

    finish(run(folder, as_json=as_json))


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make; it must not exist or be empty.")],
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
    from pathfinder.cli.run_packs import new as run

    finish(run(folder, title=title, options=option or [], themes=theme or []))


@app.command()
def method() -> None:
    """Explain how the score and its certainty are worked out.

    \b
    Example:   pathfinder pack method
    """
    from pathfinder.cli.run_packs import method as run

    finish(run())
