"""The commands of `pathfinder`."""

# Typer reads the annotations at run time, so nothing here may be a string.
from typing import Annotated

import typer

from pathfinder import __version__
from pathfinder.cli.group import finish, group

app = group(
    {
        "quiz": "pathfinder.cli.quiz",
        "compare": "pathfinder.cli.compare",
        "show": "pathfinder.cli.show",
        "faq": "pathfinder.cli.faq",
        "sessions": "pathfinder.cli.sessions",
        "pack": "pathfinder.cli.packs",
    }
)


def _version(wanted: bool) -> None:  # noqa: FBT001
    if wanted:
        typer.echo(f"pathfinder {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def welcome(
    ctx: typer.Context,
    version: Annotated[  # noqa: ARG001
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Take a quiz about a decision: a scored, explained recommendation, and how sure it is.

    \b
    Start with:   pathfinder quiz
    """
    if ctx.invoked_subcommand is None:
        from pathfinder.cli.run_browse import welcome as run

        finish(run())


def main() -> None:
    """Run the program."""
    app(prog_name="pathfinder")
