"""Lines written and lines read: nothing is redrawn, and no sign or color carries a meaning."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Final

from pathfinder.ask import words
from pathfinder.ask.asker import Back
from pathfinder.ask.layout import WIDEST
from pathfinder.ask.marks import marks_for
from pathfinder.ask.raw_terminal import drawing_stream
from pathfinder.ask.wrapping import wrap
from pathfinder.text import parts

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from typing import TextIO

_LEAVE: Final = frozenset({"q", "quit", "exit"})
_BACK: Final = frozenset({"b", "back"})
_DIGITS: Final = 9


class Lines:
    """Text out and text in, on the terminal or on the streams given; the end of the input means leaving."""

    def __init__(self, source: TextIO | None, output: TextIO | None, width: int | None) -> None:
        self._source, self._output = source or sys.stdin, output or drawing_stream()
        self._marks = marks_for(getattr(self._output, "encoding", None) or "utf-8", os.environ)
        self._width = width or min(WIDEST, shutil.get_terminal_size().columns)

    def say(self, *lines: str) -> None:
        """Write lines, broken at words."""
        for line in lines:
            print(self._broken(line), file=self._output)

    def item(self, number: int, text: str) -> None:
        """Write one of a numbered list."""
        lead = f"{number}. "
        print(lead + self._broken(text, len(lead)), file=self._output)

    def read(self, told: str) -> str:
        """Return what is typed; raises EOFError at Ctrl-C and at the end of the input."""
        told = told if told.endswith(("?", ":")) else f"{told}:"
        try:
            print(self._broken(told), end=" ", file=self._output, flush=True)
            line = self._source.readline()
        except KeyboardInterrupt:
            line = ""
        if not line:
            self.say("")
            raise EOFError
        return line.strip()

    def command(self, told: str) -> str:
        """Return what is typed, in lower case; raises KeyboardInterrupt on q and Back on b, else as `read` does."""
        typed = self.read(told).lower()
        if typed in _LEAVE:
            raise KeyboardInterrupt
        if typed in _BACK:
            raise Back
        return typed

    def pick(self, message: str, titles: Sequence[str], told: str, empty: int | None = None) -> int:
        """Return the place of the title picked; `empty` is what Enter alone picks."""
        self.say("", message)
        for number, title in enumerate(titles, start=1):
            self.item(number, title)
        return self.number(told, len(titles), None if empty is None else empty + 1) - 1

    def number(self, told: str, last: int, empty: int | None) -> int:
        """Return a number from 1 to `last`, or what Enter alone means."""
        while True:
            typed = self.command(told)
            if not typed and empty is not None:
                return empty
            if (number := number_in(typed)) and number <= last:
                return number
            self.say(f"Type a number from 1 to {last}, or q to leave.")

    def some(
        self,
        message: str,
        pairs: Sequence[tuple[str, str]],
        chosen: Collection[str],
        most: int | None = None,
    ) -> tuple[str, ...]:
        """Return the keys of those pairs, each a key and a label, whose numbers are typed; at most so many."""
        self.say("", message)
        for number, (_, label) in enumerate(pairs, start=1):
            self.item(number, label)
        before = [str(number) for number, (key, _) in enumerate(pairs, start=1) if key in chosen]
        kept = f"Enter keeps {', '.join(before)}, 0 for none" if before else "or Enter for none"
        while True:
            told = f"Numbers with spaces between, b for back, {kept}"
            numbers = [number_in(typed) for typed in " ".join(parts(self.command(told))).split() or before]
            picked = [pairs[number - 1] for number in sorted({n for n in numbers if n and n <= len(pairs)})]
            if any(number is None or number > len(pairs) for number in numbers):
                self.say(f"Type numbers from 1 to {len(pairs)}.")
            elif most is not None and len(picked) > most:
                self.say(words.TOO_MANY)
            else:
                self.say(f"You chose: {', '.join(label for _, label in picked) or 'none'}.")
                return tuple(key for key, _ in picked)

    def _broken(self, text: str, hang: int = 0) -> str:
        return ("\n" + " " * hang).join(wrap(self._marks.clean(text), max(8, self._width - hang - 1)))


def number_in(typed: str) -> int | None:
    """Return the number that was typed, None when it is none or far too long to be meant."""
    return int(typed) if typed.isdecimal() and len(typed) <= _DIGITS else None
