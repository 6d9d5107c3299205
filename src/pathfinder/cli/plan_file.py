"""Writing a plan to a file: a calendar or Markdown, and never over what may be the person's own."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pathfinder import ask
from pathfinder.errors import UsageError
from pathfinder.files import STREAM, is_free, is_unchanged, reason, signed, write_private
from pathfinder.show.plan import details
from pathfinder.show.streams import say
from pathfinder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from pathfinder.show.plan import PlanPage


def write(path: Path, page: PlanPage, *, yes: bool, plain: bool) -> None:
    """Write a plan by the end of the file's name; what stands there and is not ours is asked about first."""
    shown = one_line(str(path))
    # A link stays, and what it points to is replaced.
    target = Path(os.path.realpath(path))
    may_go: Callable[[bytes], bool]
    if path.suffix.lower() == ".ics":
        from pathfinder.show.plan_calendar import is_ours, to_calendar

        content, may_go = to_calendar(page, datetime.now().astimezone()), is_ours
    else:
        from pathfinder.show.report.render import markdown_of

        text = markdown_of("plan.md.j2", page=page, details=details)
        if path == STREAM:
            sys.stdout.write(text)
            return
        # Whoever ticked boxes or wrote notes in it would lose them.
        content, may_go = signed(text), is_unchanged
    try:
        if not (yes or is_free(target, may_go) or _wants_over(shown, plain=plain)):
            say("Nothing was written.")
            return
        write_private(target, content)
    except (OSError, ValueError) as error:
        raise UsageError(f"{shown} cannot be written: {reason(error)}.") from None
    undated = sum(item.step.due is None for item in page.items) if path.suffix.lower() == ".ics" else 0
    say(f"Written: {shown}" + (f" ({undated} without a date left out)" if undated else ""))


def _wants_over(shown: str, *, plain: bool) -> bool:
    if not sys.stdin.isatty():
        raise UsageError(f"{shown} is there already and may hold something of yours; say --yes to replace it.")
    asker = ask.choose(plain=plain)
    return asker.confirm(f"{shown} is there already and may hold something of yours. Replace it?")
