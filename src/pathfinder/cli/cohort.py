"""`pathfinder cohort`: a file of many people's answers, as survey tools export it."""

# Typer reads the annotations at run time, so nothing here may be a string.
import os
import sys
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.cli import options
from pathfinder.cli.common import open_pack
from pathfinder.cli.group import finish, single
from pathfinder.cli.present import check_stream
from pathfinder.errors import UsageError
from pathfinder.files import STREAM, check_report
from pathfinder.show.streams import emit_json, say
from pathfinder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from pathfinder.cohort.run import Cohort, CohortRequest

app = single()

_NAMED = 8
_SECONDS = 0.2


@app.command()
def cohort(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="What a survey tool exported: .csv, .tsv, .xlsx or .parquet.", parser=options.path_of
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="Write everybody's result here, a line a row: .csv, .jsonl or .parquet.",
            parser=options.path_of,
        ),
    ] = None,
    id_: Annotated[
        str | None, typer.Option("--id", metavar="COLUMN", help="The column to carry over into the results.")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="COLUMN", help="Also show the groups in this column.")
    ] = None,
    least: Annotated[int, typer.Option("--least", metavar="N", help="Show no group under N people.", min=4)] = 5,
    outcome: Annotated[
        str | None,
        typer.Option("--outcome", metavar="COLUMN", help="What people really chose: how often the result was right."),
    ] = None,
    again: Annotated[
        str | None,
        typer.Option("--again", metavar="COLUMN", help="Who is the same person: how often a result holds."),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report", metavar="FILE", help="Also write the group's page: .html or .md.", parser=options.path_of
        ),
    ] = None,
    plain: options.Plain = False,
    as_json: options.Json = False,
    pack: options.PackDir = None,
) -> None:
    """Score a whole class from one file, and say what the group is like.

    A column is a question when its header is the question's id or its text. The exit code is 1 when a row was refused.

    \b
    Example:   pathfinder cohort answers.csv --out results.csv --id Email --report group.html
    """
    from pathfinder.cohort.run import CohortRequest, Telling, run

    request = CohortRequest(file=file, out=out, id=id_, by=by, outcome=outcome, again=again, least=least)
    _check(request, report)
    check_stream(report, as_json=as_json)
    opened = open_pack(pack)
    shown = sys.stderr.isatty() and not os.environ.get("CI")
    try:
        found = run(opened, request, Telling(*_telling(request, shown=shown)))
    finally:
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
    _say_rest(found, request)
    _present(found, report, plain=plain, as_json=as_json)
    finish(1 if found.refused else 0)


def _check(request: "CohortRequest", report: Path | None) -> None:
    from pathfinder.cohort.results import check_results

    if request.file == STREAM:
        raise UsageError("the answers of many people are read from a file, not from standard input; give its name.")
    for name in ("id", "by", "outcome", "again"):
        if getattr(request, name) == "":
            raise UsageError(f"--{name}: an empty name of a column was given; is a variable of the shell unset?")
    if request.id is not None and request.out is None:
        raise UsageError("--id carries a column over into the results; say with --out FILE where to write them.")
    named = [each for each in (request.file, request.out, report) if each is not None]
    try:
        different = {os.path.realpath(each) for each in named}
    except ValueError:
        raise UsageError("a name of a file with a zero byte in it is not possible") from None
    if len(different) < len(named):
        raise UsageError("the file of answers, the results and the report need three different names.")
    if request.out is not None:
        check_results(request.out)
    if report is not None:
        check_report(report)


def _telling(
    request: "CohortRequest", *, shown: bool
) -> "tuple[Callable[[int, int, str], None], Callable[[int, Callable[[], float]], None]]":
    name = one_line(str(request.file))
    last = monotonic()

    def refused(row: int, column: int, message: str) -> None:
        if shown:
            sys.stderr.write("\r\x1b[K")
        say(f"{name}:{row}:{column}: {message}")

    def progress(row: int, share: "Callable[[], float]") -> None:
        nonlocal last
        if shown and monotonic() - last > _SECONDS:
            last = monotonic()
            sys.stderr.write(f"\r\x1b[K{row:,} rows, {100 * share():.0f}%")
            sys.stderr.flush()

    return refused, progress


def _say_rest(found: "Cohort", request: "CohortRequest") -> None:
    from pathfinder.show.cohort import lines, rows_read

    asked = {request.id, request.by, request.outcome, request.again}
    unused = [each for each in found.unused if each not in asked]
    if unused:
        say(f"Columns that are no question: {lines(unused, _NAMED)}.")
    say(rows_read(found))
    if request.out is not None:
        say(f"Results written: {one_line(str(request.out))}")


def _present(found: "Cohort", report: Path | None, *, plain: bool, as_json: bool) -> None:
    from pathfinder.show.cohort import cohort_json, cohort_page

    said = cohort_page(found)
    if report is not None:
        from pathfinder.show.report import write_page

        day, styles = f"{datetime.now().astimezone():%Y-%m-%d}", ("report.css", "group.css")
        write_page(report, "group", styles=styles, page=said, day=day, lang=found.pack.lang)
        if report == STREAM:
            return
    if as_json:
        emit_json(cohort_json(found))
        return
    from pathfinder.show.terminal.cohort import print_cohort

    print_cohort(said, spoken=plain)
