"""One self-contained HTML page, or one Markdown file, from a result (Jinja2 is used only here)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pathfinder.errors import UsageError
from pathfinder.files import STREAM, check_report, reason, signed, write_private
from pathfinder.show.page import build
from pathfinder.show.references import References
from pathfinder.show.report.render import html_of, markdown_of
from pathfinder.show.streams import say
from pathfinder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from pathfinder.result import Result


def write_report(result: Result, path: Path, day: date) -> None:
    """Write the report, as HTML or Markdown by the end of the name, or Markdown to standard output; `day` stands on it.

    The file is replaced in one step and readable by its owner only, if this program wrote it and nobody changed it; a
    symbolic link is replaced, not followed. Raises UsageError of one line.
    """
    _write(path, to_html(result, day) if path.suffix.lower() == ".html" else to_markdown(result, day))


def write_page(path: Path, template: str, *, styles: Sequence[str] = ("report.css",), **values: object) -> None:
    """Write what a template, in its .html or its .md form, makes of these values, as `write_report` does."""
    if path.suffix.lower() == ".html":
        text = html_of(f"{template}.html.j2", styles=styles, **values)
    else:
        text = markdown_of(f"{template}.md.j2", **values)
    _write(path, text)


def _write(path: Path, text: str) -> None:
    check_report(path)
    if path == STREAM:
        sys.stdout.write(text)
        return
    try:
        write_private(path, signed(text))
    except (OSError, ValueError) as error:
        raise UsageError(f"The report cannot be written to {one_line(str(path))}: {reason(error)}.") from None
    say(f"Report written: {one_line(str(path))}")


def to_html(result: Result, day: date) -> str:
    """Return the whole page: no script, no request to anywhere, the same bytes for the same result and day."""
    return html_of("report.html.j2", page=build(result, day), references=References(result.pack))


def to_markdown(result: Result, day: date) -> str:
    """Return the report as CommonMark with pipe tables; no text of a pack or a person can act as markup."""
    return markdown_of("report.md.j2", page=build(result, day), references=References(result.pack))
