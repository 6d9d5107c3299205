"""What `sessions diff` lays side by side: two days of one person, or two people."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from pathfinder.answers import difference_between
from pathfinder.answers.sheetfile import SUFFIXES, read_sheet
from pathfinder.ask import wants_plain
from pathfinder.cli.common import fitted, open_pack, open_store, pack_of
from pathfinder.cli.present import check_stream
from pathfinder.errors import UsageError
from pathfinder.files import STREAM, check_report, expanded
from pathfinder.result import evaluate
from pathfinder.result.beside import lay_beside
from pathfinder.show.as_json import diff_json
from pathfinder.show.streams import emit_json
from pathfinder.show.two_people import two_people_page
from pathfinder.text import one_line, parts
from pathfinder.value import value

if TYPE_CHECKING:
    from pathlib import Path

    from pathfinder.answers import Difference, Session
    from pathfinder.pack import Pack
    from pathfinder.result import Result

YOU, OTHER = "You", "The other"
LONGEST_NAME: Final = 40


@value
class DiffFlags:
    """The options of `sessions diff`."""

    names: str | None = None
    report: Path | None = None
    plain: bool = False
    as_json: bool = False
    pack: str | None = None


def differ(first: str, second: str, wanted: DiffFlags) -> None:
    """Compare two quizzes or files of answers, and show, print or write what comes of it."""
    if wanted.report is not None:
        check_report(wanted.report)
        check_stream(wanted.report, as_json=wanted.as_json)
    names = None if wanted.names is None else _names(wanted.names)
    pack, sessions, results = _opened((first, second), wanted.pack)
    changed = difference_between(results[0].sheet, results[1].sheet)
    if wanted.report is not None:
        days = tuple(session and f"{session.updated.astimezone():%Y-%m-%d}" for session in sessions)
        _write(wanted.report, names or _called(sessions) or (days[0] or YOU, days[1] or OTHER), results, changed)
        if wanted.report == STREAM:
            return
    if wanted.as_json:
        _emit((first, second), sessions, changed, results)
        return
    people = names or _called(sessions)
    if people is None and sessions[0] is not None and sessions[1] is not None:
        from pathfinder.show.terminal.history import print_difference

        print_difference(pack, (sessions[0], sessions[1]), changed, results)
        return
    from pathfinder.show.terminal.two_people import print_two_people

    print_two_people(two_people_page(people or (YOU, OTHER), results, changed), spoken=wants_plain(wanted.plain))


def _opened(
    references: tuple[str, str], option: str | None
) -> tuple[Pack, tuple[Session | None, Session | None], tuple[Result, Result]]:
    store = None if all(map(_is_file, references)) else open_store()
    sessions = [None if _is_file(each) or store is None else store.get(each, finished=True) for each in references]
    taken = next((session for session in sessions if session is not None), None)
    pack = open_pack(option) if taken is None else pack_of(taken, option)
    sheets = [
        read_sheet(expanded(reference), pack) if session is None else fitted(session, pack)
        for reference, session in zip(references, sessions, strict=True)
    ]
    return pack, (sessions[0], sessions[1]), (evaluate(pack, sheets[0]), evaluate(pack, sheets[1]))


def _is_file(reference: str) -> bool:
    # A file that is called as a quiz, or "last", has to be given with its folder.
    return reference == str(STREAM) or reference.lower().endswith(SUFFIXES) or "/" in reference or os.sep in reference


def _called(sessions: tuple[Session | None, Session | None]) -> tuple[str, str] | None:
    """Return what two people are called; None for two quizzes of one person."""
    if None not in sessions:
        return None
    return (OTHER, YOU) if sessions[0] is None and sessions[1] is not None else (YOU, OTHER)


def _names(text: str) -> tuple[str, str]:
    names = [" ".join(one_line(name).split()) for name in parts(text)]
    if len(names) != 2 or not all(names) or names[0] == names[1]:  # noqa: PLR2004 - two people
        raise UsageError("--names needs two different names with a comma between, such as --names Ana,Ben.")
    if max(map(len, names)) > LONGEST_NAME:
        raise UsageError(f"a name of --names may have {LONGEST_NAME} characters.")
    return names[0], names[1]


def _write(path: Path, names: tuple[str, str], results: tuple[Result, Result], changed: Difference) -> None:
    from pathfinder.show.report import write_page

    write_page(path, "two_people", page=two_people_page(names, results, changed), lang=results[0].pack.lang)


def _emit(
    references: tuple[str, str],
    sessions: tuple[Session | None, Session | None],
    changed: Difference,
    results: tuple[Result, Result],
) -> None:
    first, second = (session.id if session else each for each, session in zip(references, sessions, strict=True))
    emit_json(diff_json((first, second), changed, results, lay_beside(*results)))
