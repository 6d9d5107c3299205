"""Keys out of what a terminal sends: a sequence is read whole, and what is no key does nothing.

prompt_toolkit's own parser takes a sequence that it does not know apart into Esc and letters. A terminal's late
answer or a Meta chord then types digits that nobody typed, and a paste without an end swallows Ctrl-C for ever.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from prompt_toolkit.input.ansi_escape_sequences import ANSI_SEQUENCES
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Callable

SILENCE: Final = 0.5
"""Seconds after which a sequence that has begun will not go on: what comes then is typed."""

_ESCAPE: Final = "\x1b"
_INTERRUPT: Final = "\x03"
_PASTE, _PASTE_END = "\x1b[200~", "\x1b[201~"
_STRINGS: Final = "]PX^_"  # OSC, DCS, SOS, PM, APC: strings of any length
_STRING_ENDS: Final = "\x07\x18\x1a\x9c"
_PAYLOADS: Final = {"\x1b[M": 3, "\x1b[[": 1}  # a click in the oldest form; F1 to F5 of the Linux console
_BYTE: Final = 0xDC00  # what a byte that is no UTF-8 is decoded to, less its value
_KEYPAD: Final = {f"\x1bO{sent}": key for sent, key in zip("jklmnopqrstuvwxy", "*+,-./0123456789", strict=True)}
_KEYS: Final[dict[str, str]] = {
    "\x1bOM": Keys.ControlM,
    # Ctrl-C of terminals in which another program has left its own way to send keys.
    "\x1b[99;5u": Keys.ControlC,
    "\x1b[27;5;99~": Keys.ControlC,
}


class KeyFilter:
    """Reads what a terminal sends and hands on the keys in it, in the place of prompt_toolkit's `Vt100Parser`.

    Ctrl-C is handed on wherever it stands. A lone Esc is a key once `flush` is called, as prompt_toolkit does a
    moment after the last input.
    """

    def __init__(self, take: Callable[[KeyPress], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._take, self._clock = take, clock
        self._last = clock()
        self._read: Callable[[str], None]
        self._lone = self._inside = self._meta = self._slow = False
        self._begin()

    def feed(self, data: str) -> None:
        """Read more of what the terminal sends."""
        now = self._clock()
        if now - self._last > SILENCE:
            self._expire()
        self._last = now
        for character in data:
            if character == _INTERRUPT:
                self._begin()
                self._take(KeyPress(Keys.ControlC, character))
            elif character == _ESCAPE and self._read != self._pasting:
                # After another Esc it is a Meta chord, and in a sequence that sequence's end.
                self._lone = self._read in {self._typing, self._escaped} and not self._inside
                self._inside = not self._lone
                self._meta = self._read == self._escaped
                self._sequence, self._read = _ESCAPE, self._escaped
            else:
                self._read(character)

    def flush(self) -> None:
        """Take an Esc that nothing has followed for a key."""
        if self._read == self._escaped and self._lone:
            self._begin()
            self._slow = True
            self._take(KeyPress(Keys.Escape, _ESCAPE))

    def reset(self) -> None:
        """Forget what has begun; prompt_toolkit asks for it."""
        self._begin()

    def _begin(self) -> None:
        self._read = self._typing
        self._sequence, self._left = "", 0
        self._lone = self._inside = self._meta = self._slow = False
        self._pasted: list[str] = []

    def _expire(self) -> None:
        self.flush()
        self._begin()

    def _typing(self, character: str) -> None:
        slow, self._slow = self._slow, False
        code = ord(character)
        if _BYTE + 0x80 <= code < _BYTE + 0xA0:
            code -= _BYTE
        if slow and character in "[]":
            # The rest of an arrow key or an answer, of which Esc came early: it has done what Esc does.
            self._meta, self._sequence = True, _ESCAPE
            self._escaped(character)
        elif 0x80 <= code < 0xA0:  # noqa: PLR2004 - C1: one character for Esc and another
            self._sequence = _ESCAPE
            self._escaped(chr(code - 0x40))
        elif character in ANSI_SEQUENCES:
            self._key(ANSI_SEQUENCES[character], character)
        elif not _BYTE <= code < _BYTE + 0x100:
            self._key(character, character)

    def _escaped(self, character: str) -> None:
        self._sequence += character
        if character == "[":
            self._read = self._control
        elif character == "O":
            self._read = self._shifted
        elif character in _STRINGS:
            self._read = self._string
        else:
            self._begin()

    def _control(self, character: str) -> None:
        self._sequence += character
        if self._sequence in _PAYLOADS:
            self._left, self._read = _PAYLOADS[self._sequence], self._payload
        elif self._sequence == _PASTE:
            self._begin()
            self._read = self._pasting
        elif not " " <= character <= "?":
            self._finish()

    def _shifted(self, character: str) -> None:
        self._sequence += character
        if not "0" <= character <= "?":
            self._finish()

    def _payload(self, character: str) -> None:
        self._sequence += character
        self._left -= 1
        if not self._left or character < " ":
            self._finish()

    def _string(self, character: str) -> None:
        # Only of OSC is a bell the end, but no answer of the others holds one.
        if character in _STRING_ENDS:
            self._begin()

    def _pasting(self, character: str) -> None:
        self._pasted.append(character)
        if character == _PASTE_END[-1] and "".join(self._pasted[-len(_PASTE_END) :]) == _PASTE_END:
            text = "".join(self._pasted[: -len(_PASTE_END)])
            self._begin()
            self._take(KeyPress(Keys.BracketedPaste, text))

    def _finish(self) -> None:
        sequence, meta = self._sequence, self._meta
        self._begin()
        if meta:
            return
        if sequence in _KEYPAD:
            self._take(KeyPress(_KEYPAD[sequence], _KEYPAD[sequence]))
        else:
            self._key(_KEYS.get(sequence) or ANSI_SEQUENCES.get(sequence), sequence)

    def _key(self, key: str | tuple[Keys, ...] | None, data: str) -> None:
        # Of several keys at once the first is Esc: a chord.
        if isinstance(key, str) and key not in {Keys.Ignore, Keys.BracketedPaste, Keys.CPRResponse}:
            self._take(KeyPress(key, data))
