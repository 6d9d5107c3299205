"""`pathfinder quiz`."""

# Typer reads the annotations at run time, so nothing here may be a string.
from typing import Annotated

import typer

from pathfinder.cli import options
from pathfinder.cli.group import finish, single

app = single()


@app.command()
def quiz(
    answers: options.Answers = None,
    resume: Annotated[bool, typer.Option("--resume", help="Take up the last unfinished quiz without asking.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start anew without asking.")] = False,
    short: Annotated[
        bool, typer.Option("--short", help="Ask the more informative half; the result is less sure.")
    ] = False,
    shuffle: Annotated[
        int | None, typer.Option("--shuffle", metavar="SEED", help="Ask in an order drawn with this number.")
    ] = None,
    plain: options.Plain = False,
    what_if: options.WhatIf = None,
    report: options.Report = None,
    as_json: options.Json = False,
    pack: options.Pack = None,
) -> None:
    """Answer questions, get a scored and explained recommendation.

    Every answer is saved before the next question is drawn; leave with q, take it up again later.

    \b
    Example:   pathfinder quiz
               pathfinder quiz --answers my-answers.yaml --json
    """
    from pathfinder.cli.present import Request
    from pathfinder.cli.run_quiz import quiz

    finish(
        quiz(
            Request(
                pack=pack,
                answers=answers,
                resume=resume,
                fresh=fresh,
                short=short,
                shuffle=shuffle,
                plain=plain,
                what_if=what_if,
                report=report,
                as_json=as_json,
            )
        )
    )
