"""The terminal held for a whole quiz, by the standard library alone.

Loading prompt_toolkit takes a tenth of a second. The first question is drawn before that: it can be read at
once, and what is typed meanwhile is waiting when prompt_toolkit takes over.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from pathfinder.ask.marks import escape, marks_for

if sys.platform != "win32":
    import termios

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType
    from typing import TextIO

    from pathfinder.ask.layout import QuestionPage
    from pathfinder.ask.marks import Marks

_FEW_COLORS: Final = frozenset({"linux", "eterm-color"})


def drawing_stream() -> TextIO:
    """Return the stream a person sees: stdout, or stderr when stdout goes elsewhere."""
    return sys.stdout if sys.stdout.isatty() else sys.stderr


def size_of(stream: TextIO) -> os.terminal_size:
    """Return the columns and lines of the terminal behind a stream, 80 and 24 when it does not say."""
    with suppress(OSError, ValueError):
        found = os.get_terminal_size(stream.fileno())
        if found.columns and found.lines:
            return found
    return os.terminal_size((80, 24))


class Hold:
    """A terminal held in the alternate screen, with raw keys."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.marks: Marks = marks_for(stream.encoding, os.environ)

    @property
    def size(self) -> os.terminal_size:
        """Columns and lines."""
        return size_of(self._stream)

    def draw(self, page: QuestionPage) -> None:
        """Draw a page from the top of an empty screen, as prompt_toolkit will draw it again."""
        colored = not os.environ.get("NO_COLOR") and os.environ.get("TERM") not in _FEW_COLORS
        rows = ("".join(escape(style, colored=colored) + text for style, text in line) for line in page.lines)
        self.write("\x1b[?25l\x1b[H" + "\x1b[0m\r\n".join(rows) + f"\x1b[0m\x1b[{page.cursor + 1};1H")

    def write(self, text: str) -> None:
        """Write at once. A terminal that is gone is no error: every answer is saved already."""
        with suppress(OSError):
            self._stream.write(text)
            self._stream.flush()

    def signal(self, text: str) -> None:
        """Write control sequences past the stream, which a signal may have found in the middle of a line."""
        with suppress(OSError, ValueError):
            os.write(self._stream.fileno(), text.encode("ascii"))


@contextmanager
def held(stream: TextIO) -> Iterator[Hold | None]:
    """Hold the terminal until the end: raw keys and the alternate screen. None where there is no termios.

    Raw all the time, so that keys typed between two prompts reach the next one and are not echoed. In the
    alternate screen all the time, because the normal one does not survive being resized: a narrower terminal
    breaks drawn lines in two, and what was drawn above them stays behind.
    """
    if sys.platform == "win32":
        yield None
        return
    keys = sys.stdin.fileno()
    before = termios.tcgetattr(keys)
    raw = termios.tcgetattr(keys)
    raw[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    raw[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    hold = Hold(stream)

    def take() -> None:
        with suppress(termios.error):
            termios.tcsetattr(keys, termios.TCSANOW, raw)
        hold.signal("\x1b[?1049h\x1b[H")

    def give_back() -> None:
        hold.signal("\x1b[0m\x1b[?25h\x1b[?1049l")
        with suppress(termios.error):
            termios.tcsetattr(keys, termios.TCSANOW, before)

    try:
        take()
        with _stopping(take, give_back):
            yield hold
    finally:
        give_back()


@contextmanager
def _stopping(take: Callable[[], None], give_back: Callable[[], None]) -> Iterator[None]:
    """Leave the terminal to the shell while the process is stopped, and take it up again, drawn anew."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        give_back()
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, stop)
        # Where no shell could wake it again, the system does not stop a process at all.
        go_on(signal.SIGCONT, None)

    def go_on(_number: int, _frame: FrameType | None) -> None:
        take()
        redraw = getattr(sys.modules.get("pathfinder.ask.toolkit"), "redraw", None)
        if redraw is not None:
            redraw()

    handlers = {signal.SIGTSTP: stop, signal.SIGCONT: go_on}
    # Whoever started us may want no stopping.
    taken = {number: handler for number, handler in handlers.items() if signal.getsignal(number) != signal.SIG_IGN}
    before = {number: signal.signal(number, handler) for number, handler in taken.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def leaving_signals() -> Iterator[None]:
    """Turn SIGINT, SIGTERM and SIGHUP into KeyboardInterrupt, by way of the prompt that is running if there is one."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, _leave) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave(_number: int, _frame: FrameType | None) -> None:
    # While the module is being loaded there is no prompt yet either.
    interrupt = getattr(sys.modules.get("pathfinder.ask.toolkit"), "interrupt", None)
    if interrupt is None or not interrupt():
        raise KeyboardInterrupt
