"""Showing a result: as JSON or on screen, and in a report beside it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pathfinder.cli.common import same_pack
from pathfinder.value import value

if TYPE_CHECKING:
    from pathlib import Path

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


def present(found: Result, request: Request, saved: str | None = None) -> int:
    """Print a result, as JSON or on screen, and then write the report if one is wanted."""
    turn = None
    if request.what_if is not None:
        from pathfinder.result.what_if import make_first

        turn = make_first(found.pack, found.sheet, request.what_if)
    if request.as_json:
        from pathfinder.show.as_json import to_json, turn_json
        from pathfinder.show.streams import emit_json

        # No changes are needed ([]), or none would do (null).
        asked = {"what_if": None if turn is None else turn_json(found.pack, turn)}
        emit_json(to_json(found) | (asked if request.what_if is not None else {}))
    else:
        from pathfinder.ask import wants_plain
        from pathfinder.show.terminal import result as results

        spoken = wants_plain(request.plain, os.environ)
        results.result(found, saved=saved, spoken=spoken, option=same_pack(request.pack))
        if request.what_if is not None:
            results.what_if(found, request.what_if, turn, spoken=spoken)
    if request.report is not None:
        _write(found, request.report)
    return 0


def _write(found: Result, path: Path) -> None:
    """Write the report of a result, HTML or Markdown by the file's suffix; raises UsageError."""
    from datetime import datetime

    from pathfinder.show.report import write_report
    from pathfinder.show.streams import say
    from pathfinder.text import one_line

    write_report(found, path, datetime.now().astimezone().date())
    say(f"Written: {one_line(str(path))}")
