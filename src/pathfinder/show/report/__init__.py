"""One self-contained HTML page, or one Markdown file, from a result (Jinja2 is used only here)."""

from __future__ import annotations

import errno
import os
import stat
import sys
from typing import TYPE_CHECKING, Final

from pathfinder.errors import UsageError
from pathfinder.text import one_line

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from pathfinder.result import Result

SUFFIXES: Final = (".html", ".md")


def check_path(path: Path) -> None:
    """Refuse what no report can be written to, before any question is asked; raises UsageError."""
    from pathfinder.files import NOT_OURS, STREAM, is_free, is_unchanged

    if path == STREAM:
        return
    shown = one_line(str(path))
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"The report's kind is not clear from {shown}: end its name in .html or .md.")
    try:
        _refuse_closed(path.parent)
        mode = path.lstat().st_mode
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise UsageError(
                f"There is no folder {one_line(str(path.parent))} for the report: make it first."
            ) from None
    except (OSError, ValueError) as error:
        raise UsageError(f"The report cannot be written to {shown}: {_reason(error)}.") from None
    else:
        if not stat.S_ISREG(mode) and not stat.S_ISLNK(mode):
            raise UsageError(f"{shown} is not a regular file: choose another name for the report.")
        if path.is_file() and not is_free(path, is_unchanged):
            raise UsageError(f"{shown} {NOT_OURS} for the report.")


def _refuse_closed(folder: Path) -> None:
    effective = os.access in os.supports_effective_ids
    if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK, effective_ids=effective):
        raise PermissionError(errno.EACCES, "")


def write_report(result: Result, path: Path, day: date) -> None:
    """Write the report, as HTML or Markdown by the end of the name, or Markdown to standard output; `day` stands on it.

    The file is replaced in one step and readable by its owner only, if this program wrote it and nobody changed it; a
    symbolic link is replaced, not followed. Raises UsageError of one line.
    """
    write_text(path, to_html(result, day) if path.suffix.lower() == ".html" else to_markdown(result, day))


def write_text(path: Path, text: str) -> None:
    """Write the text of a report, as `write_report` does, and say so."""
    from pathfinder.files import STREAM, signed, write_private
    from pathfinder.show.streams import say

    check_path(path)
    if path == STREAM:
        sys.stdout.write(text)
        return
    try:
        write_private(path, signed(text))
    except (OSError, ValueError) as error:
        raise UsageError(f"The report cannot be written to {one_line(str(path))}: {_reason(error)}.") from None
    say(f"Report written: {one_line(str(path))}")


def to_html(result: Result, day: date) -> str:
    """Return the whole page: no script, no request to anywhere, the same bytes for the same result and day."""
    from pathfinder.show.page import build
    from pathfinder.show.references import References
    from pathfinder.show.report.render import html

    return html(build(result, day), References(result.pack))


def to_markdown(result: Result, day: date) -> str:
    """Return the report as CommonMark with pipe tables; no text of a pack or a person can act as markup."""
    from pathfinder.show.page import build
    from pathfinder.show.references import References
    from pathfinder.show.report.render import markdown

    return markdown(build(result, day), References(result.pack))


def _reason(error: OSError | ValueError) -> str:
    from pathfinder.files import reason

    if isinstance(error, ValueError):
        return "its name is not a possible file name"
    return "there is no such folder" if error.errno == errno.ENOENT else reason(error)
