"""Showing a result: as JSON, on screen with a menu, and in a report beside it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from pathfinder import ask
from pathfinder.cli.common import is_watched, same_pack
from pathfinder.errors import UsageError
from pathfinder.files import STREAM, check_report
from pathfinder.show.streams import emit_json, say
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pathfinder.ask.asker import Asker
    from pathfinder.result import Result
    from pathfinder.result.answer_changes import Turn


@value
class Request:
    """The options of `quiz` and of `sessions show` that say what becomes of a result."""

    pack: str | None = None
    plain: bool = False
    full: bool = False
    brief: bool = False
    what_if: str | None = None
    report: Path | None = None
    open: bool = False
    as_json: bool = False


def _nothing() -> None:
    """Say nothing."""


@value
class After:
    """What goes with the result of a saved quiz: `saved` says where it is kept.

    `plan` lets the person plan, and `earlier` says what has changed since an earlier quiz.
    """

    saved: str | None = None
    plan: Callable[[Asker], None] | None = None
    earlier: Callable[[], None] = _nothing


def check_request(request: Request) -> None:
    """Refuse options that exclude each other and reports that cannot be written, before any question is asked."""
    if request.full and request.brief:
        raise UsageError("--full and --brief exclude each other; give one of them.")
    if request.open and request.report is None:
        raise UsageError("--open opens the report; say with --report FILE.html where to write it.")
    if request.report is not None:
        check_report(request.report)
        check_stream(request.report, as_json=request.as_json)
        if request.report == STREAM and request.open:
            raise UsageError("--open opens a file; say with --report FILE.html where to write it.")


def check_stream(report: Path | None, *, as_json: bool) -> None:
    """Refuse to print a report and JSON in one."""
    if report == STREAM and as_json:
        raise UsageError("--json and --report - would both be printed; give the report a file.")


def present(found: Result, request: Request, after: After | None = None) -> None:
    """Write the report if one is wanted, then print the result, as JSON or on screen.

    The report comes first, so that a reader who stops early (`| head`) or a full disk behind stdout does not cost the report.
    """
    turn = None
    if request.what_if is not None:
        from pathfinder.result.what_if import make_first

        turn = make_first(found.pack, found.sheet, request.what_if)
    if request.report is not None:
        _write(found, request.report, opened=request.open)
    if request.report == STREAM:
        return
    if request.as_json:
        from pathfinder.show.as_json import to_json, turn_json

        # No changes are needed ([]), or none would do (null).
        asked = {"what_if": None if turn is None else turn_json(found.pack, turn)}
        emit_json(to_json(found) | (asked if request.what_if is not None else {}))
        return
    _show(found, request, after or After(), None if request.what_if is None else (request.what_if, turn))


def _show(found: Result, request: Request, after: After, asked_for: tuple[str, Turn | None] | None) -> None:
    from pathfinder.show.terminal.result import first_screen, full, what_if

    spoken = ask.wants_plain(request.plain)
    short = request.brief or request.report is not None
    if is_watched() and not short and not request.full:
        _with_menu(found, request, after, spoken=spoken)
    elif short and not request.full:
        first_screen(found, spoken=spoken)
        after.earlier()
    else:
        full(found, spoken=spoken, option=same_pack(request.pack), saved=after.saved, asked=asked_for)
        after.earlier()
        return
    if asked_for:
        what_if(found, *asked_for, spoken=spoken)
    if after.saved and is_watched():
        say(after.saved)


def _with_menu(found: Result, request: Request, after: After, *, spoken: bool) -> None:
    from pathfinder.cli.menu import AfterResult, result_menu

    asker, plan = ask.choose(plain=spoken), after.plan
    options = AfterResult(
        asker=asker,
        spoken=spoken,
        option=same_pack(request.pack),
        write=lambda path: _write(found, path, opened=False),
        plan=None if plan is None else lambda: plan(asker),
        earlier=after.earlier,
    )
    result_menu(found, options)


def _write(found: Result, path: Path, *, opened: bool) -> None:
    """Write the report of a result, HTML or Markdown by the file's suffix; raises UsageError."""
    from pathfinder.show.report import write_report

    write_report(found, path, datetime.now().astimezone().date())
    if opened:
        import webbrowser

        if not webbrowser.open(path.resolve().as_uri()):
            say(f"It could not be opened from here; open it yourself: {path.resolve().as_uri()}")
