"""Writing a report beside the result on screen."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pathfinder.result import Result


def write(found: Result, path: Path) -> None:
    """Write the report of a result, HTML or Markdown by the file's suffix; raises UsageError."""
    from pathfinder.clean import one_line
    from pathfinder.output import say
    from pathfinder.report import write_report

    write_report(found, path, datetime.now().astimezone().date())
    say(f"Written: {one_line(str(path))}")
