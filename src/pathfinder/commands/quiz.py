"""`quiz`: from the first question, a saved quiz or an answer sheet to the result."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pathfinder.commands.common import choose_path, open_pack, same_pack
from pathfinder.errors import UsageError
from pathfinder.value import value

if TYPE_CHECKING:
    from pathlib import Path

    from pathfinder.pack import Pack, Question
    from pathfinder.result import Result


@value
class Request:
    """The options of `quiz`, as given."""

    pack: str | None = None
    answers: Path | None = None
    resume: bool = False
    fresh: bool = False
    short: bool = False
    shuffle: int | None = None
    plain: bool = False
    what_if: str | None = None
    report: Path | None = None
    as_json: bool = False


def quiz(request: Request) -> int:
    """Take or replay the quiz and print its result."""
    _check(request)
    if request.answers is None:
        from pathfinder.prompts import require_terminal

        require_terminal()
    pack = open_pack(request.pack)
    if request.what_if is not None:
        choose_path(pack, request.what_if)
    if request.answers is not None:
        from pathfinder.result import evaluate
        from pathfinder.sheetfile import read_sheet

        return present(evaluate(pack, read_sheet(request.answers, pack)), request)
    return _ask(pack, request)


def present(found: Result, request: Request, saved: str | None = None) -> int:
    """Print a result, as JSON or on screen, and then write the report if one is wanted."""
    turn = None
    if request.what_if is not None:
        from pathfinder.tipping import make_first

        turn = make_first(found.pack, found.sheet, request.what_if)
    if request.as_json:
        from pathfinder.output import emit_json
        from pathfinder.result import to_json, turn_json

        emit_json(to_json(found) | ({} if request.what_if is None else {"what_if": turn_json(found.pack, turn)}))
    else:
        from pathfinder.prompts import wants_plain
        from pathfinder.terminal import results

        spoken = wants_plain(request.plain, os.environ)
        results.result(found, saved=saved, spoken=spoken, option=same_pack(request.pack))
        if request.what_if is not None:
            results.what_if(found, request.what_if, turn, spoken=spoken)
    if request.report is not None:
        from pathfinder.commands.reporting import write

        write(found, request.report)
    return 0


def resume(reference: str, *, pack: str | None, plain: bool) -> int:
    """Take up the saved quiz meant by its id or by "last"."""
    from pathfinder.commands.history import open_session
    from pathfinder.prompts import require_terminal

    require_terminal()
    from pathfinder.commands.sitting import Sitting

    store, session, opened = open_session(reference, pack)
    return Sitting(opened, Request(pack=pack or session.pack.folder, plain=plain), store).resume(session)


def question_order(pack: Pack, request: Request) -> tuple[Question, ...]:
    """Return what is asked: informative first within each theme, half of it with --short, or shuffled by a seed."""
    chosen = _ordered(pack, short=request.short)
    if request.shuffle is None:
        return chosen
    from random import Random

    drawn = list(chosen)
    Random(request.shuffle).shuffle(drawn)  # noqa: S311 - an order to ask in, not a secret
    return tuple(sorted(drawn, key=lambda each: pack.themes.index(each.theme)))


def _ordered(pack: Pack, *, short: bool) -> tuple[Question, ...]:
    # The order depends on the pack alone. For the bundled pack it costs half of Python's own start, for the largest
    # packs many seconds.
    from pathfinder import packcache

    key = f"{pack.fingerprint}-{'short' if short else 'full'}"
    known = packcache.load(key)
    if (
        isinstance(known, tuple)
        and known
        and all(isinstance(each, str) and each in pack.question_by_id for each in known)
    ):
        return tuple(pack.question_by_id[each] for each in known)
    from pathfinder.order import informative_order, short_order

    order = short_order(pack) if short else informative_order(pack)
    packcache.store(key, tuple(each.id for each in order))
    return order


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
        from pathfinder.report import check_path

        check_path(request.report)


def _ask(pack: Pack, request: Request) -> int:
    from pathfinder.commands.history import open_store
    from pathfinder.commands.sitting import Sitting

    return Sitting(pack, request, open_store()).begin()
