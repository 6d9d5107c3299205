"""`pathfinder quiz`: from the first question, a saved quiz or a file of answers to the result."""

# Typer reads the annotations at run time, so nothing here may be a string.
from pathlib import Path
from typing import Annotated

import typer

from pathfinder import ask
from pathfinder.cli import options
from pathfinder.cli.common import choose_path, open_pack, open_store
from pathfinder.cli.group import single
from pathfinder.cli.present import Request, check_request, present
from pathfinder.errors import UsageError

app = single()


@app.command()
def quiz(
    answers: options.Answers = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the last unfinished quiz.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start over without asking.")] = False,
    short: Annotated[
        bool, typer.Option("--short", help="Ask the half of the questions that tells most; the result is less sure.")
    ] = False,
    shuffle: Annotated[
        int | None, typer.Option("--shuffle", metavar="SEED", help="Ask in an order drawn with this number.")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="A name to find this quiz by later.")
    ] = None,
    plain: options.Plain = False,
    full: options.Full = False,
    brief: options.Brief = False,
    what_if: options.WhatIf = None,
    report: options.Report = None,
    open_: options.Open = False,
    as_json: options.Json = False,
    pack: options.PackDir = None,
) -> None:
    """Answer questions, get a scored and explained recommendation.

    Every answer is saved before the next question is shown. Leave with q, go on later.

    \b
    Example:   pathfinder quiz
               pathfinder quiz --answers my-answers.yaml --json
    """
    asking = {
        "--resume": resume, "--fresh": fresh, "--short": short, "--shuffle": shuffle is not None, "--name": name is not None,
    }  # fmt: skip
    _check(answers, report, [flag for flag, given in asking.items() if given])
    if name is not None and not name.strip():
        raise UsageError("--name: an empty name was given; is a variable of the shell unset?")
    request = Request(
        pack=pack, plain=plain, full=full, brief=brief, what_if=what_if, report=report, open=open_, as_json=as_json
    )
    check_request(request)
    if answers is not None:
        _replay(answers, request)
        return
    ask.require_terminal()
    from pathfinder.cli.sitting import Asking, Sitting

    opened = open_pack(pack)
    if what_if is not None:
        choose_path(opened, what_if)
    asked = Asking(resume=resume, fresh=fresh, short=short, shuffle=shuffle, name=name)
    Sitting(opened, request, open_store()).begin(asked)


def _replay(answers: Path, request: Request) -> None:
    from pathfinder.answers.sheetfile import read_sheet
    from pathfinder.result import evaluate

    opened = open_pack(request.pack)
    if request.what_if is not None:
        choose_path(opened, request.what_if)
    present(evaluate(opened, read_sheet(answers, opened)), request)


def _check(answers: Path | None, report: Path | None, asking: list[str]) -> None:
    if {"--resume", "--fresh"} <= {*asking}:
        raise UsageError("--resume and --fresh exclude each other; give one of them.")
    if answers is not None and asking:
        raise UsageError(f"{asking[0]} is about asking questions; leave it out together with --answers.")
    if answers is not None and report is not None and _same(answers, report):
        raise UsageError("the report would take the place of the answers; give it another name.")


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False
