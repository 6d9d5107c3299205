"""An audit on screen: a row per check, then each finding with what to change."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.text import Text

from pathfinder.show.terminal.canvas import BAD, GOOD, HEADING, QUIET, headline, paragraph, records, section
from pathfinder.show.terminal.pager import show_page
from pathfinder.text import is_accessible, several

if TYPE_CHECKING:
    from collections.abc import Callable

    from pathfinder.audit import Audit
    from pathfinder.show.terminal.canvas import Canvas

_STYLES: Final = {"ok": GOOD, "warning": BAD, "error": "bold red"}


def watched(work: Callable[[Callable[[float], None]], Audit]) -> Audit:
    """Do the work, with a progress bar on standard error when that is a terminal for eyes."""
    if not sys.stderr.isatty() or is_accessible(os.environ):
        return work(lambda _share: None)
    columns = (TextColumn("Auditing"), BarColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=1.0)
        return work(lambda share: progress.update(task, completed=share))


def report(found: Audit) -> None:
    """Print the verdict of every check and every finding with its advice."""
    show_page(lambda drawn: _draw(drawn, found))


def _draw(drawn: Canvas, found: Audit) -> None:
    headline(drawn, found.pack.title, f"{found.pack.id} {found.pack.version}")
    rows = ((group.title, Text(group.level, _STYLES[group.level]), group.measured) for group in found.groups)
    records(drawn, ("Check", "", "Measured"), rows)
    if found.findings:
        section(drawn, "What to change")
    for row in found.findings:
        finding = row.finding.removeprefix(f"{row.subject}: ")
        paragraph(drawn, Text.assemble((f"{row.level}: ", _STYLES[row.level]), (f"{row.subject}: ", HEADING), finding))
        paragraph(drawn, row.advice, indent=2)
    counted = f"{several(len(found.errors), 'error')}, {several(len(found.warnings), 'warning')}"
    paragraph(drawn, Text(f"{counted}; {found.respondents} simulated people.", style=QUIET))
