"""What is longer than the screen goes through a pager, when a person is looking."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from io import StringIO
from shlex import split
from typing import TYPE_CHECKING, Final

from pathfinder.show.terminal.canvas import console, takes_links

if TYPE_CHECKING:
    from collections.abc import Callable

    from pathfinder.show.terminal.canvas import Canvas

PAGER: Final = "less -FRX"
PROMPT: Final = "-Ps ?eThat is all, q goes back:Space shows more, q goes back. $"
"""What stands at the foot of our own pager: its colon tells nobody how to leave it."""


def show_page(draw: Callable[[Canvas], None], *, spoken: bool = False) -> None:
    """Print what `draw` draws; on a terminal that is too short for it, in $PAGER or else `less -FRX`.

    Never where the text is heard or piped. Links work on the screen only: few pagers let them through.
    """
    seen = console(spoken=spoken)
    pager = None if seen.spoken or not sys.stdout.isatty() else pager_command()
    if pager is None:
        seen.links = takes_links(os.environ) and seen.is_terminal and not seen.spoken
        draw(seen)
        return
    text = _drawn(draw, links=takes_links(os.environ))
    if text.count("\n") >= shutil.get_terminal_size().lines:
        text = _drawn(draw, links=False)
        if _paged(pager, text):
            return
    sys.stdout.write(text)
    sys.stdout.flush()


def pager_command() -> list[str] | None:
    """Return the pager's command in words; None where there is none, or somebody wants none (PAGER is empty)."""
    wanted = os.environ.get("PAGER")
    with suppress(ValueError):
        words = [*split(PAGER), PROMPT] if wanted is None else split(wanted)
        if words and os.environ.get("TERM", "dumb") != "dumb" and shutil.which(words[0]):
            return words
    return None


def _drawn(draw: Callable[[Canvas], None], *, links: bool) -> str:
    text = StringIO()
    page = console(into=text)
    page.links = links
    draw(page)
    return text.getvalue()


def _paged(command: list[str], text: str) -> bool:
    """Return whether the pager did its work; one that fails, or is killed, is as good as none."""
    settings = {"LESS": "FRX"} | dict(os.environ)
    try:
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=settings)  # noqa: S603 - the person's own choice
    except OSError:
        return False
    # Ctrl-C stops a search in the pager, not this program under it.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with suppress(BrokenPipeError):
            pager.communicate(text.encode(sys.stdout.encoding or "utf-8", "lookalike"))
        pager.wait()
    finally:
        signal.signal(signal.SIGINT, before)
    if pager.returncode in {0, -signal.SIGINT}:
        return True
    # It had no time to give the terminal back as it was.
    with suppress(OSError, subprocess.SubprocessError):
        subprocess.run(["stty", "sane"], check=False, stderr=subprocess.DEVNULL)  # noqa: S607 - as the person would
    return False
