"""What terminals send that is no key, and what is one: for the tests of the filter and for the fuzzer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random

NO_KEYS: Final = (
    "\x1b[c", "\x1b[?1;2c", "\x1b[>0;276;0c", "\x1b[?62;22c", "\x1b[2;5R", "\x1b[12;40R", "\x1b[0n", "\x1b[8;24;80t",
    "\x1b[?2026;2$y", "\x1b[?1u", "\x1b[50;3u", "\x1b[51;1:3u", "\x1b[27;3;50~", "\x1b[1;3A", "\x1b[1;9B", "\x1b[5;3~",
    "\x1b[I", "\x1b[O", "\x1b[E", "\x1b[99~", "\x1b[<0;12;3M", "\x1b[<0;12;3m", "\x1b[96;14;13M",
    "\x1b[M !1", '\x1b[M5"2', "\x1b[[A", "\x1b[201~", "\x1b[1;2P", "\x1b[15~", "\x1b[3~", "\x1b[2~",
    "\x1bOP", "\x1bOS", "\x1bO2P", "\x1bOX", "\x1bOj", "\x1bOl", "\x1bOz",
    "\x1b]11;rgb:1e1e/2121/1111\x07", "\x1b]10;rgb:ffff/0123/4545\x1b\\", "\x1b]52;c;MTIzNDU=\x07", "\x1b]4;1;rgb:11/22/33\x07",
    "\x1bP1$r0;1;2m\x1b\\", "\x1bP>|XTerm(379)\x1b\\", "\x1bP!|00000000\x1b\\", "\x1b_Gi=31;OK\x1b\\", "\x1b^123\x1b\\", "\x1bX45\x1b\\",
    "\x1b2", "\x1b3", "\x1bx", "\x1bs", "\x1bb", "\x1bq", "\x1b\r", "\x1b\x7f", "\x1b\t", "\x1b ", "\x1b-", "\x1bé",
    "\x1b\x1b[A", "\x1b\x1bOA", "\x1b\x1b[5~", "\x1b\x1b2",
    "\u009b?62;4c", "\u009d11;rgb:2222/3333/4444\u009c", "\u00901$r2\u009c", "\u008fP",
    "\x1b[200~see 1 and 2\x1b[201~", "\x1b[200~1, 2\r3\r\x1b[201~", "\x1b[200~\x1b[201~",
)  # fmt: skip
"""Answers and reports of terminals, Meta chords, keys that no prompt has, and pasted prose."""

IDLE: Final = (
    "\x0c",
    "x",
    "z",
    "é",
    "日",
    "\x00",
    "\x01",
    "\x11",
    "\x13",
    "\x12",
    "\x16",
    "\x18",
    "\x7f",
    "\t",
    "!",
    "~",
)
"""Keys that change no answer: Ctrl-L redraws, the rest does nothing."""

MOVES: Final = (
    "\x1b[A",
    "\x1b[B",
    "\x1bOA",
    "\x1bOB",
    "j",
    "K",
    "\x1b[H",
    "\x1b[F",
    "\x1b[1~",
    "\x1b[4~",
    "\x1b[5~",
    "\x1b[6~",
    "?",
)
ANSWERS: Final = ("1", "2", "3", "4", "5", "\x1bOq", "\x1bOs", "\x1b[200~4\x1b[201~")
"""Keys that answer a question with five options, however they are sent."""


def noise(chance: random.Random) -> bytes:
    """Return bytes of which none is a key that answers, marks or leaves, but among which sequences begin.

    Nor are those letters among them that end a keypad's digits, its Enter and the left arrow.
    """
    acting = "0123456789sSyYnNbBqQegEGcC \r\n\x03\x04\x1aDMprtuvwx"
    kept = [byte for byte in range(256) if chr(byte) not in acting]
    return bytes(chance.choice(kept) for _ in range(chance.randrange(1, 6)))
