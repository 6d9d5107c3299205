"""Asking at the terminal: the running quiz, the prompts after it, and their plain versions.

The only package that imports prompt_toolkit and questionary, and each only when it is needed: this
module and `words` load neither.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from pathfinder.errors import UsageError
from pathfinder.text import is_accessible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pathfinder.ask.asker import Asker


def require_terminal() -> None:
    """Raise UsageError, naming the flag to use instead, when there is no terminal to ask at.

    Keys come from stdin; the quiz is drawn on stdout or, when that is redirected, on stderr.
    """
    if not _is_terminal(sys.stdin):
        raise UsageError(
            "The quiz needs a terminal to ask its questions. Without one, give the answers with --answers FILE."
        )
    if not _is_terminal(sys.stdout) and not _is_terminal(sys.stderr):
        raise UsageError(
            "The quiz needs a terminal to show its questions. Without one, give the answers with --answers FILE."
        )


def wants_plain(flag: bool = False, environ: Mapping[str, str] = os.environ) -> bool:  # noqa: FBT001, FBT002 - --plain
    """Say whether to ask in plain lines: by --plain, ACCESSIBLE (anything but 0, false, no and off) or TERM=dumb."""
    return flag or is_accessible(environ) or environ.get("TERM") == "dumb"


def choose(*, plain: bool = False) -> Asker:
    """Return who asks: plain lines where they are wanted, or the quiz on one screen with Questionary for the rest."""
    if wants_plain(plain):
        from pathfinder.ask.plain_asker import PlainAsker

        return PlainAsker()
    from pathfinder.ask.screen_asker import ScreenAsker

    return ScreenAsker()


def _is_terminal(stream: object) -> bool:
    # A stream is None under pythonw and may be closed already.
    try:
        return bool(stream is not None and stream.isatty())  # type: ignore[attr-defined]
    except ValueError:
        return False
