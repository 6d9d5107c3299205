"""What a terminal sends: sequences are read whole, known keys come through, and everything else does nothing."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from prompt_toolkit.keys import Keys

from ask.sequences import NO_KEYS
from pathfinder.ask.keys import SILENCE, KeyFilter
from whole.fuzz_keys import idle, stream

if TYPE_CHECKING:
    from prompt_toolkit.key_binding.key_processor import KeyPress

UNSEEN = {Keys.F1, Keys.F4, Keys.F5, Keys.F13, Keys.Delete, Keys.Insert, Keys.BracketedPaste, "*", ","}
"""Keys that are known and that no prompt answers to."""


class Typed:
    """A filter with a clock of its own, and the keys that came through it."""

    def __init__(self) -> None:
        self.now = 0.0
        self.presses: list[KeyPress] = []
        self.filter = KeyFilter(self.presses.append, lambda: self.now)

    @property
    def keys(self) -> list[str]:
        """What came through."""
        return [str(getattr(press.key, "value", press.key)) for press in self.presses]

    def send(self, *parts: str, flush: bool = False, pause: float = 0.0) -> list[str]:
        """Send parts with a pause before each, and return all keys so far."""
        for part in parts:
            self.now += pause
            self.filter.feed(part)
            if flush:
                self.filter.flush()
        return self.keys


@pytest.mark.parametrize("sequence", NO_KEYS)
def test_what_is_no_key_does_nothing(sequence: str) -> None:
    """Whole or cut anywhere, it gives no key that does something, and the key behind it comes through."""
    for cut in range(len(sequence) + 1):
        typed = Typed()
        typed.send(sequence[:cut], sequence[cut:])
        assert not [press for press in typed.presses if press.key not in UNSEEN]
        assert typed.send("4")[-1] == "4"


@pytest.mark.parametrize("sequence", NO_KEYS)
def test_what_never_ends_is_over_after_a_silence(sequence: str) -> None:
    """A sequence that stops anywhere swallows no key that is typed a moment later."""
    for cut in range(2, len(sequence)):
        typed = Typed()
        typed.send(sequence[:cut], flush=True)
        assert typed.send("4", pause=SILENCE * 1.1)[-1] == "4"


@pytest.mark.parametrize("sequence", [*NO_KEYS, "\x1b[200~hello", "\x1b[5;", "\x1b", "\x1b]11;", "\x1bP"])
def test_ctrl_c_leaves_from_everywhere(sequence: str) -> None:
    """However far a sequence has come, Ctrl-C comes through at once."""
    for cut in range(len(sequence) + 1):
        assert Typed().send(sequence[:cut] + "\x03")[-1] == "c-c"


@pytest.mark.parametrize(
    ("sequence", "key"),
    [
        *((f"\x1bO{chr(ord('p') + digit)}", str(digit)) for digit in range(10)),
        ("\x1bOM", "c-m"),
        ("\x1b[A", "up"),
        ("\x1bOB", "down"),
        ("\x9bC", "right"),
        ("\x1b[H", "home"),
        ("\x1b[4~", "end"),
        ("\x1b[5~", "pageup"),
        ("\x1b[6~", "pagedown"),
        ("\x1b[27;5;99~", "c-c"),
        ("\x1b[99;5u", "c-c"),
        ("\x7f", "c-h"),
        ("\x1a", "c-z"),
        ("é", "é"),
    ],
)
def test_keys_come_through(sequence: str, key: str) -> None:
    """Digits and Enter of a keypad in application mode, the keys of lists, letters; also one character at a time."""
    assert Typed().send(sequence) == [key]
    assert Typed().send(*sequence) == [key]


def test_escape_waits_for_what_may_follow() -> None:
    """A lone Esc is a key once nothing has followed it; two at once are one wish; and a slow arrow types nothing."""
    typed = Typed()
    assert typed.send("\x1b") == []
    assert typed.send("", flush=True) == ["escape"]
    assert Typed().send("\x1b\x1b", flush=True) == ["escape"]
    assert Typed().send("\x1b", "[B", flush=True, pause=0.2) == ["escape"]
    assert Typed().send("\x1b", "]11;rgb:12/34/56\x07", flush=True, pause=0.2) == ["escape"]
    assert Typed().send("\x1b", "2", flush=True, pause=0.2) == ["escape", "2"]
    # A prompt may have ended before it could ask.
    assert Typed().send("\x1b", "2", pause=SILENCE * 1.1) == ["escape", "2"]
    # It began as the end of a string.
    assert Typed().send("\x1b]11;rgb:12/34/56\x1b", "\\3", flush=True, pause=0.3) == ["3"]


def test_paste_is_one_key() -> None:
    """Pasted text comes as one press, whatever is in it, cut where it may be; without its end it is nothing."""
    typed = Typed()
    assert typed.send(*"\x1b[200~5 \x1b[A~\x1b[201~3") == ["<bracketed-paste>", "3"]
    assert typed.presses[0].data == "5 \x1b[A~"
    assert Typed().send("\x1b[200~123", "4", pause=SILENCE * 1.1) == ["4"]


def test_bytes_that_are_no_text_do_nothing() -> None:
    """A byte that is no UTF-8 is no key, and one that begins a sequence in eight bits begins it here too."""
    assert Typed().send(b"\xb2\xff3".decode("utf-8", "surrogateescape")) == ["3"]
    assert Typed().send(b"\x9b?1;2c3".decode("utf-8", "surrogateescape")) == ["3"]


def test_random_streams() -> None:
    """In 2,000 streams what is no key changes no key among it, and where there is no answer key none comes through."""
    for number in range(2000):
        chance = random.Random(number)  # noqa: S311
        mixed, alone = stream(chance)
        assert acting(mixed) == acting(alone), mixed
        noisy = idle(chance)
        assert not {"c-m", "c-j", " ", *"0123456789sSyYqQbB"} & set(acting(noisy)), noisy


def acting(sent: bytes) -> list[str]:
    """Return the keys that do something in a question or a list, and the digits that are pasted."""
    typed = Typed()
    typed.send(sent.decode("utf-8", "surrogateescape"))
    known = {"up", "down", "home", "end", "pageup", "pagedown", "c-m", "c-j", " ", *"0123456789?jJkKsSyYqQbB"}
    pasted = [press.data for press in typed.presses if press.key == Keys.BracketedPaste and press.data.isdigit()]
    return [key for key in typed.keys if key in known] + pasted


@example("\x8fA")
@example("\udc9bA\x9b200~\x9b")
@given(st.text(st.one_of(st.characters(max_codepoint=0xFF), st.characters(min_codepoint=0xDC80, max_codepoint=0xDCFF))))
def test_anything_can_be_sent(text: str) -> None:
    """Whatever is sent, nothing is raised, what comes through was sent, and after a silence keys come through again."""
    typed = Typed()
    typed.send(text, flush=True)
    # A control in eight bits is the same as Esc and a letter.
    sent = re.sub("[\x80-\x9f\udc80-\udc9f]", lambda found: f"\x1b{chr((ord(found[0]) & 0xFF) - 0x40)}", text)
    assert all(press.data in text or press.data in sent or press.data in "*+,-./0123456789" for press in typed.presses)
    assert typed.send("4", pause=SILENCE * 1.1)[-1] == "4"
