"""`sessions`: what was answered before, and what changed since."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Final

from pathfinder.answers import Broken, Session, diff, fit
from pathfinder.cli.common import choose_path
from pathfinder.cli.saved import open_session, open_store
from pathfinder.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from pathfinder.answers import Difference
    from pathfinder.answers.interview import AnswerSheet
    from pathfinder.pack import Pack

SCHEMA: Final = "pathfinder.sessions/1"
DIFF_SCHEMA: Final = "pathfinder.diff/1"


def list_sessions(*, as_json: bool) -> int:
    """List all saved quizzes, newest first."""
    entries = open_store().list()
    if as_json:
        from pathfinder.show.streams import emit_json

        emit_json({"schema": SCHEMA, "sessions": [_entry(each) for each in entries]})
        return 0
    from pathfinder.show.terminal.history import sessions

    sessions(entries)
    return 0


def show_session(reference: str, *, pack: str | None, what_if: str | None, report: Path | None, as_json: bool) -> int:
    """Show the result of a saved quiz as it is worked out now."""
    from pathfinder.cli.present import Request, present
    from pathfinder.result import evaluate

    if report is not None:
        from pathfinder.show.report import check_path

        check_path(report)
    _, session, opened = open_session(reference, pack)
    if what_if is not None:
        choose_path(opened, what_if)
    found = evaluate(opened, _fitted(session, opened))
    request = Request(pack=pack or session.pack.folder, what_if=what_if, report=report, as_json=as_json)
    return present(
        found, request, None if session.finished else f"Not finished: pathfinder sessions resume {session.id}"
    )


def diff_sessions(first: str, second: str, *, pack: str | None, as_json: bool) -> int:
    """Show what changed between two saved quizzes, and what that did to the ranking."""
    from pathfinder.result import evaluate

    _, before, opened = open_session(first, pack)
    after = open_store().get(second)
    old, new = _fitted(before, opened), _fitted(after, opened)
    changed, results = diff(old, new), (evaluate(opened, old), evaluate(opened, new))
    if as_json:
        from pathfinder.show.as_json import to_json
        from pathfinder.show.streams import emit_json

        emit_json(
            _diff_json((before.id, after.id), changed) | {"before": to_json(results[0]), "after": to_json(results[1])}
        )
        return 0
    from pathfinder.show.terminal.history import difference

    difference(opened, (before, after), changed, results)
    return 0


def export_session(reference: str, file: Path, *, pack: str | None) -> int:
    """Write a saved quiz as an answer sheet."""
    from pathfinder.answers.sheetfile import write_sheet
    from pathfinder.show.streams import say
    from pathfinder.text import command, one_line

    _, session, opened = open_session(reference, pack)
    write_sheet(file, _fitted(session, opened), opened)
    again = command("pathfinder", "quiz", "--answers", str(file))
    say(f"Written: {one_line(str(file))}. Replay it with: {again}")
    return 0


def delete_session(reference: str, *, yes: bool) -> int:
    """Delete a saved quiz, after asking unless told not to."""
    from pathfinder.show.streams import say

    store = open_store()
    found = store.find(reference)
    if not yes:
        if not sys.stdin.isatty():
            raise UsageError("without a terminal to ask at, say --yes to delete.")
        from pathfinder import ask as prompts

        asker = prompts.choose(plain=prompts.wants_plain(False, os.environ))  # noqa: FBT003
        if not asker.confirm(f"Delete {found.id} for good?"):
            say("Nothing was deleted.")
            return 0
    say(f"Deleted: {store.delete(found)}")
    return 0


def _fitted(session: Session, pack: Pack) -> AnswerSheet:
    from pathfinder.show.streams import say

    sheet, dropped = fit(session, pack)
    if dropped:
        say(f"The pack has changed since {session.id}; no longer there: {', '.join(dropped)}.")
    return sheet


def _entry(entry: Session | Broken) -> dict[str, Any]:
    if isinstance(entry, Broken):
        return {"session": entry.id, "problem": entry.problem}
    return {
        "session": entry.id,
        "created": entry.created.isoformat(),
        "updated": entry.updated.isoformat(),
        "pack": entry.pack.id,
        "asked": len(entry.sheet.answers),
        "questions": len(entry.order),
        "finished": entry.finished,
        "verdict": entry.verdict,
        "leader": list(entry.leader) if entry.leader is not None else None,
    }


def _diff_json(ids: tuple[str, str], changed: Difference) -> dict[str, Any]:
    def rows(changes: Any) -> list[dict[str, Any]]:
        return [{"what": each.what, "from": each.before, "to": each.after} for each in changes]

    return {
        "schema": DIFF_SCHEMA,
        "sessions": list(ids),
        "answers": rows(changed.answers),
        "importance": rows(changed.importance),
        "ruled_out": rows(changed.ruled_out),
        "lean": rows([changed.lean] if changed.lean else []),
    }
