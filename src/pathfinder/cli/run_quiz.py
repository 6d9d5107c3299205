"""`quiz`: from the first question, a saved quiz or an answer sheet to the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathfinder.cli.common import choose_path, open_pack
from pathfinder.cli.present import Request, present
from pathfinder.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from pathfinder.pack import Pack


def quiz(request: Request) -> int:
    """Take or replay the quiz and print its result."""
    _check(request)
    if request.answers is None:
        from pathfinder.ask import require_terminal

        require_terminal()
    pack = open_pack(request.pack)
    if request.what_if is not None:
        choose_path(pack, request.what_if)
    if request.answers is not None:
        from pathfinder.answers.sheetfile import read_sheet
        from pathfinder.result import evaluate

        return present(evaluate(pack, read_sheet(request.answers, pack)), request)
    return _ask(pack, request)


def resume(reference: str, *, pack: str | None, plain: bool) -> int:
    """Take up the saved quiz meant by its id or by "last"."""
    from pathfinder.ask import require_terminal
    from pathfinder.cli.saved import open_session

    require_terminal()
    from pathfinder.cli.sitting import Sitting

    store, session, opened = open_session(reference, pack)
    return Sitting(opened, Request(pack=pack or session.pack.folder, plain=plain), store).resume(session)


def _check(request: Request) -> None:
    if request.resume and request.fresh:
        raise UsageError("--resume and --fresh exclude each other; give one of them.")
    asking = [
        name
        for name, given in (
            ("--resume", request.resume),
            ("--fresh", request.fresh),
            ("--short", request.short),
            ("--shuffle", request.shuffle is not None),
        )
        if given
    ]
    if request.answers is not None and asking:
        raise UsageError(f"{asking[0]} is about asking questions; leave it out together with --answers.")
    if request.report is not None:
        from pathfinder.show.report import check_path

        check_path(request.report)
        if request.answers is not None and _same(request.answers, request.report):
            raise UsageError("the report would take the place of the answers; give it another name.")


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False


def _ask(pack: Pack, request: Request) -> int:
    from pathfinder.cli.saved import open_store
    from pathfinder.cli.sitting import Sitting

    return Sitting(pack, request, open_store()).begin()
