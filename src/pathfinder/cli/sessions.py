"""`pathfinder sessions`: what was answered before."""

# Typer reads the annotations at run time, so nothing here may be a string.
from pathlib import Path
from typing import Annotated

import typer

from pathfinder.cli import options
from pathfinder.cli.group import finish, group

app = group(add_completion=False)


@app.callback(invoke_without_command=True)
def listing(ctx: typer.Context) -> None:
    """Your saved quizzes: list, show, resume, compare, export, delete.

    \b
    Example:   pathfinder sessions
               pathfinder sessions show last
    """
    if ctx.invoked_subcommand is None:
        from pathfinder.cli.run_sessions import list_sessions

        finish(list_sessions(as_json=False))


@app.command("list")
def list_(as_json: options.Json = False) -> None:
    """List saved quizzes: date, pack, progress, verdict.

    \b
    Example:   pathfinder sessions list
    """
    from pathfinder.cli.run_sessions import list_sessions

    finish(list_sessions(as_json=as_json))


@app.command()
def show(
    session: options.SessionId = "last",
    what_if: options.WhatIf = None,
    report: options.Report = None,
    as_json: options.Json = False,
    pack: options.Pack = None,
) -> None:
    """Show the result of a saved quiz.

    \b
    Example:   pathfinder sessions show last --report result.html
    """
    from pathfinder.cli.run_sessions import show_session

    finish(show_session(session, pack=pack, what_if=what_if, report=report, as_json=as_json))


@app.command()
def resume(session: options.SessionId = "last", plain: options.Plain = False, pack: options.Pack = None) -> None:
    """Take up a saved quiz again.

    \b
    Example:   pathfinder sessions resume last
    """
    from pathfinder.cli.run_quiz import resume as run

    finish(run(session, pack=pack, plain=plain))


@app.command()
def diff(
    first: options.SessionId,
    second: options.SessionId = "last",
    as_json: options.Json = False,
    pack: options.Pack = None,
) -> None:
    """Show what changed between two quizzes.

    The answers, and what they did to the ranking.

    \b
    Example:   pathfinder sessions diff 2026-11-01-abc last
    """
    from pathfinder.cli.run_sessions import diff_sessions

    finish(diff_sessions(first, second, pack=pack, as_json=as_json))


@app.command()
def export(
    session: options.SessionId,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write the answer sheet (.yaml or .json).")],
    pack: options.Pack = None,
) -> None:
    """Write a saved quiz as an answer sheet for `quiz --answers`.

    \b
    Example:   pathfinder sessions export last my-answers.json
    """
    from pathfinder.cli.run_sessions import export_session

    finish(export_session(session, file, pack=pack))


@app.command()
def delete(
    session: options.SessionId, yes: Annotated[bool, typer.Option("--yes", help="Delete without asking.")] = False
) -> None:
    """Delete a saved quiz.

    \b
    Example:   pathfinder sessions delete 2026-11-01-abc --yes
    """
    from pathfinder.cli.run_sessions import delete_session

    finish(delete_session(session, yes=yes))
