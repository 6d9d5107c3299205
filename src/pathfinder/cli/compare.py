"""`pathfinder compare`."""

# Typer reads the annotations at run time, so nothing here may be a string.
from typing import Annotated

import typer

from pathfinder.cli import options
from pathfinder.cli.group import finish, single

app = single()


@app.command()
def compare(
    paths: options.PathIds = None,
    mine: Annotated[bool, typer.Option("--mine", help="Add your own preferences from your last quiz.")] = False,
    answers: options.Answers = None,
    differences: Annotated[bool, typer.Option("--differences", help="Only rows in which the paths differ.")] = False,
    as_json: options.Json = False,
    pack: options.Pack = None,
) -> None:
    """Put paths side by side, in full or only where they differ.

    A typical week, the profile, facts, pros and challenges; all paths when none is named.

    \b
    Example:   pathfinder compare academic clinical --differences
    """
    from pathfinder.cli.run_browse import compare as run

    session = "last" if mine and answers is None else None
    finish(run(paths or [], pack=pack, differences=differences, mine=session, answers=answers, as_json=as_json))
