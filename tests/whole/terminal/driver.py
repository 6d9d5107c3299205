"""A program in a pseudo-terminal of a given size: send keys, wait for the screen, look at it.

Waiting is always for something to see, never for a time to pass. Columns and rows are characters.
"""

from __future__ import annotations

import copy
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import pexpect
import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

ROOT: Final = Path(__file__).parents[3]
PATIENCE: Final = 20.0
"""Seconds until a screen that does not come is a failure."""

UP, DOWN, LEFT, ENTER, ESCAPE, CTRL_C, CTRL_D = "\x1b[A", "\x1b[B", "\x1b[D", "\r", "\x1b", "\x03", "\x04"
_ALTERNATE: Final = 1049


class Screen(pyte.Screen):
    """pyte's screen with the alternate buffer that real terminals have and pyte lacks."""

    _kept: tuple[Any, Any] | None = None

    def set_mode(self, *modes: int, **kwargs: object) -> None:
        """Keep the normal screen when the alternate one is entered."""
        super().set_mode(*modes, **kwargs)
        if kwargs.get("private") and _ALTERNATE in modes and self._kept is None:
            self._kept = (copy.deepcopy(self.buffer), copy.copy(self.cursor))
            self.erase_in_display(2)

    def reset_mode(self, *modes: int, **kwargs: object) -> None:
        """Bring the normal screen back."""
        super().reset_mode(*modes, **kwargs)
        if kwargs.get("private") and _ALTERNATE in modes and self._kept is not None:
            self.buffer, self.cursor = self._kept
            self._kept = None
            self.dirty.update(range(self.lines))

    @property
    def alternate(self) -> bool:
        """Whether the alternate screen is shown."""
        return self._kept is not None


class Terminal:
    """A running program. `output` holds every byte that it wrote; use it in a `with` to be rid of it."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        answers_cursor: bool = True,
    ) -> None:
        self.output = b""
        self._answers = answers_cursor
        self._screen = Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.child = pexpect.spawn(
            argv[0], list(argv[1:]), dimensions=(rows, columns), env=_environment(env or {}), cwd=cwd, timeout=PATIENCE
        )
        self.child.delaybeforesend = None
        self.child.ptyproc.delayafterclose = self.child.ptyproc.delayafterterminate = 0.01

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.child.isalive():
            self.child.kill(signal.SIGKILL)
            self.child.wait()
        self.child.close(force=False)

    @property
    def lines(self) -> list[str]:
        """The rows of the screen, without the spaces at their ends."""
        return [each.rstrip() for each in self._screen.display]

    @property
    def text(self) -> str:
        """The screen as one text, without the empty rows at its end."""
        return "\n".join(self.lines).rstrip("\n")

    @property
    def cursor_line(self) -> str:
        """The row that the cursor stands on, with single spaces."""
        return " ".join(self._screen.display[self._screen.cursor.y].split())

    @property
    def words(self) -> str:
        """The screen's words with single spaces between, whatever rows they stand on."""
        return " ".join(self.text.split())

    @property
    def alternate(self) -> bool:
        """Whether the program holds the alternate screen."""
        return self._screen.alternate

    def style(self, row: int, column: int) -> tuple[str, bool]:
        """Return the colour ("default" for none) and the boldness of a character."""
        character = self._screen.buffer[row][column]
        return character.fg, character.bold

    def send(self, keys: str | bytes) -> None:
        """Type keys, all at once."""
        self.child.send(keys)

    def draw(self, text: str) -> None:
        """Write over the screen as another program would."""
        self._stream.feed(text.encode())

    def paste(self, text: str) -> None:
        """Paste text as a terminal does that brackets it."""
        self.send(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window, which the program hears of by SIGWINCH."""
        self._screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def wait_for(self, wanted: str | Callable[[Terminal], bool], patience: float = PATIENCE) -> str:
        """Wait until the words stand on the screen (or the condition holds) and return the screen.

        Raises AssertionError with the screen when that does not come or the program ends without it.
        """
        end = time.monotonic() + patience
        while not self._holds(wanted):
            if time.monotonic() > end or not self._read(0.2):
                if self._holds(wanted):
                    break
                state = "in time" if self.child.isalive() else "before the program ended"
                raise AssertionError(f"{wanted!r} did not come {state}; the screen is\n{self.text}")
        return self.text

    def wait_for_change(self, before: str) -> None:
        """Wait until the screen is another than before and nothing follows: half a drawing is no screen."""
        self.wait_for(lambda t: t.text != before)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing more is written."""
        length = -1
        while length != len(self.output):
            length = len(self.output)
            self._read(0.1)

    def wait_end(self, patience: float = PATIENCE) -> int:
        """Wait until the program has ended; return its exit code, or minus the signal that ended it."""
        end = time.monotonic() + patience
        while self._read(0.2):
            if time.monotonic() > end:
                raise AssertionError(f"the program did not end; the screen is\n{self.text}")
        self.child.wait()
        return -self.child.signalstatus if self.child.signalstatus else int(self.child.exitstatus or 0)

    def hang_up(self) -> None:
        """Close the window, and wait until the program has ended."""
        self.child.ptyproc.fileobj.close()
        self.child.ptyproc.closed = True
        self.child.wait()

    def read(self, seconds: float) -> bool:
        """Take in what the program wrote, waiting at most this long; False when it has ended."""
        return self._read(seconds)

    def _holds(self, wanted: str | Callable[[Terminal], bool]) -> bool:
        return wanted in self.words if isinstance(wanted, str) else wanted(self)

    def _read(self, seconds: float) -> bool:
        try:
            data = self.child.read_nonblocking(65536, timeout=seconds)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.output += data
        self._stream.feed(data)
        if self._answers and b"\x1b[6n" in data:
            self.send(f"\x1b[{self._screen.cursor.y + 1};{self._screen.cursor.x + 1}R")
        return True


def python(*arguments: str) -> list[str]:
    """Return the command line of this Python with these arguments."""
    return [sys.executable, *arguments]


def _environment(changes: Mapping[str, str]) -> dict[str, str]:
    dropped = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "ACCESSIBLE", "LC_ALL", "LC_CTYPE")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    path = os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH"))))
    # Nobody leafs through a pager here, unless a test is about that.
    return {**kept, "PAGER": "", "TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONPATH": path, **changes}
