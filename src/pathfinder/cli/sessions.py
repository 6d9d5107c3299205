"""`pathfinder sessions`: what was answered before."""

# Typer reads the annotations of commands at run time, so none of those may be a string.
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder import ask
from pathfinder.cli import options
from pathfinder.cli.common import changed_packs, choose_path, fitted, open_session, open_store, result_of
from pathfinder.cli.group import group
from pathfinder.cli.present import After, Request, check_request, present
from pathfinder.errors import UsageError
from pathfinder.files import STREAM
from pathfinder.show.streams import emit_json, say
from pathfinder.text import command, one_line, several

if TYPE_CHECKING:
    from pathfinder.answers import BrokenSession, Session

app = group()


@app.callback(invoke_without_command=True)
def sessions(ctx: typer.Context) -> None:
    """List, show, resume, diff, plan, export, delete quizzes.

    \b
    Example:   pathfinder sessions
               pathfinder sessions show last
    """
    if ctx.invoked_subcommand is None:
        list_()


@app.command("list")
def list_(as_json: options.Json = False) -> None:
    """List saved quizzes: date, name, pack, progress, verdict.

    \b
    Example:   pathfinder sessions list
    """
    entries = open_store().list()
    changed = changed_packs(entries)
    if as_json:
        from pathfinder.show.as_json import sessions_json

        emit_json(sessions_json(entries, changed))
        return
    from pathfinder.show.terminal.history import print_sessions

    print_sessions(entries, changed)


@app.command()
def show(
    session: options.SessionId = "last",
    plain: options.Plain = False,
    full: options.Full = False,
    brief: options.Brief = False,
    what_if: options.WhatIf = None,
    report: options.Report = None,
    open_: options.Open = False,
    as_json: options.Json = False,
    pack: options.PackDir = None,
) -> None:
    """Show the result of a saved quiz; “last” is the last finished one.

    \b
    Example:   pathfinder sessions show last --report result.html
    """
    from pathfinder.cli.plan import keep_plan

    request = Request(
        pack=pack, plain=plain, full=full, brief=brief, what_if=what_if, report=report, open=open_, as_json=as_json
    )
    check_request(request)
    store, saved, opened = open_session(session, pack, finished=True)
    if what_if is not None:
        choose_path(opened, what_if)
    found = result_of(saved, opened)
    resumed = command("sessions", "resume", saved.id)
    unfinished = None if found.recommended else f"Add or change answers with: {resumed}"
    after = After(
        saved=unfinished if saved.finished else f"Not finished yet. Resume with: {resumed}",
        plan=lambda asker: keep_plan(store, saved, found, asker, plain=ask.wants_plain(plain)),
    )
    present(found, replace(request, pack=pack or saved.pack.folder), after)


@app.command()
def resume(
    session: options.SessionId = "last",
    plain: options.Plain = False,
    pack: options.PackDir = None,
) -> None:
    """Go on with a saved quiz.

    \b
    Example:   pathfinder sessions resume last
    """
    from pathfinder.cli.sitting import Sitting

    ask.require_terminal()
    store, saved, opened = open_session(session, pack)
    Sitting(opened, Request(pack=pack or saved.pack.folder, plain=plain), store).resume(saved)


@app.command()
def diff(
    first: options.SessionOrFile,
    second: options.SessionOrFile = "last",
    names: Annotated[
        str | None,
        typer.Option(
            "--names", metavar="A,B", help="What to call two people, when they are not “you” and “the other”."
        ),
    ] = None,
    report: options.Report = None,
    plain: options.Plain = False,
    as_json: options.Json = False,
    pack: options.PackDir = None,
) -> None:
    """Show what differs between two quizzes, or two people.

    Two saved quizzes are yours, on two days; with a file of answers, or with names, they are two people.

    \b
    Example:   pathfinder sessions diff 2026-11-01-abc last
               pathfinder sessions diff last partner.yaml --report both.html
    """
    from pathfinder.cli.diff import DiffFlags, differ

    differ(first, second, DiffFlags(names=names, report=report, plain=plain, as_json=as_json, pack=pack))


@app.command()
def plan(
    session: options.SessionId = "last",
    step: Annotated[
        list[str] | None,
        typer.Option(
            "--step",
            metavar="N[:DATE[:WHOM[:IF-THEN]]]",
            help="Plan step N, or change it: by 2027-01-31, with whom, and “If ..., then ...”; - for none.",
        ),
    ] = None,
    done: Annotated[str | None, typer.Option("--done", metavar="N[,N]", help="Tick these steps off.")] = None,
    undo: Annotated[str | None, typer.Option("--undo", metavar="N[,N]", help="Open these steps again.")] = None,
    drop: Annotated[
        str | None, typer.Option("--drop", metavar="N[,N]", help="Take these steps out of the plan.")
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            metavar="FILE",
            help="Write it for your calendar (.ics) or as Markdown (.md).",
            parser=options.path_of,
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Replace a file without asking.")] = False,
    plain: options.Plain = False,
    as_json: options.Json = False,
    pack: options.PackDir = None,
) -> None:
    """Plan your next steps: by when, with whom, and what if.

    \b
    Example:   pathfinder sessions plan
               pathfinder sessions plan last --step "2::Dr. Lee" --to plan.ics
    """
    from pathfinder.cli.plan import PlanFlags, Ways, change_plan

    wanted = PlanFlags(steps=tuple(step or ()), done=done, undo=undo, drop=drop)
    store, saved, opened = open_session(session, pack, finished=True)
    ways = Ways(to=to, yes=yes, plain=plain, as_json=as_json)
    change_plan(store, saved, result_of(saved, opened), wanted, ways)


@app.command()
def export(
    session: options.SessionId,
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="Where to write the answers (.yaml or .json).", parser=options.path_of),
    ],
    pack: options.PackDir = None,
) -> None:
    """Write the answers of a saved quiz to a file for `quiz --answers`.

    \b
    Example:   pathfinder sessions export last my-answers.json
    """
    from pathfinder.answers.sheetfile import SUFFIXES, write_sheet

    if file != STREAM and file.suffix.lower() not in SUFFIXES:
        raise UsageError(f"the kind of file is not clear from {one_line(str(file))}: end its name in .yaml or .json.")
    _, saved, opened = open_session(session, pack, finished=True)
    write_sheet(file, fitted(saved, opened), opened)
    if file == STREAM:
        return
    again = command("quiz", "--answers", str(file))
    say(f"Written: {one_line(str(file))}. Replay it with: {again}")


@app.command()
def delete(
    session: options.SessionId, yes: Annotated[bool, typer.Option("--yes", help="Delete without asking.")] = False
) -> None:
    """Delete a saved quiz.

    \b
    Example:   pathfinder sessions delete 2026-11-01-abc --yes
    """
    store = open_store()
    found = store.find(session)
    if not yes:
        if not sys.stdin.isatty():
            raise UsageError("without a terminal to ask at, say --yes to delete.")
        if not ask.choose().confirm(f"Delete {_described(found)} for good?"):
            say("Nothing was deleted.")
            return
    say(f"Deleted: {store.delete(found)}")


def _described(entry: "Session | BrokenSession") -> str:
    from pathfinder.answers import BrokenSession
    from pathfinder.show.sentences import VERDICTS, within

    if isinstance(entry, BrokenSession):
        return entry.id
    named = f"\u201c{entry.name}\u201d, " if entry.name else ""
    said = VERDICTS.get(entry.verdict or "", entry.verdict or "")
    became = ", ".join(entry.leader or ()) or within(said) if entry.finished else "not finished"
    counted = several(len(entry.sheet.answers), "answer")
    return f"{entry.id} ({named}{entry.updated.astimezone():%Y-%m-%d}, {counted}, {became})"
