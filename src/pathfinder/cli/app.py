"""The commands of `pathfinder`."""

# Typer reads the annotations at run time, so nothing here may be a string.
from typing import Annotated

import typer

from pathfinder import __version__
from pathfinder.cli.common import open_pack
from pathfinder.cli.group import group
from pathfinder.text import command, program

app = group(
    {
        "quiz": "pathfinder.cli.quiz",
        "compare": "pathfinder.cli.browse",
        "show": "pathfinder.cli.browse",
        "faq": "pathfinder.cli.browse",
        "sessions": "pathfinder.cli.sessions",
        "cohort": "pathfinder.cli.cohort",
        "pack": "pathfinder.cli.packs",
    },
    # A shell completes after one word, so not after `python3 run.py` or `uvx pathfinder-quiz`.
    add_completion=" " not in program(),
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

    \b
    PAGER            shows what is longer than the window; empty: nothing does
    NO_COLOR         no colors
    NO_HYPERLINKS    sources are never links; FORCE_HYPERLINK: always
    ACCESSIBLE=1     is --plain, everywhere: for screen readers
    PATHFINDER_HOME  the folder for what is saved
    """
    if ctx.invoked_subcommand is None:
        _first_words()


def _first_words() -> None:
    """Say in four lines what this is and what to type."""
    from pathfinder.ask.words import as_sentence, length

    pack = open_pack(None)
    lines = (
        (command("quiz"), f"{length(pack.questions)}; stop and go on whenever you like"),
        (command("compare"), f"the {len(pack.paths)} paths side by side"),
        (command("faq"), f"questions people ask ({command('--help')} shows every command)"),
    )
    width = max(len(typed) for typed, _ in lines)
    typer.echo(f"{as_sentence(pack.title)} A quiz that explains its answer and says how sure it is.")
    for typed, does in lines:
        typer.echo(f"  {typed:{width}}  {does}")


def main() -> None:
    """Run the program."""
    app(prog_name=program())
