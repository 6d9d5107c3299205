"""Random keys, sequences and bytes on every kind of prompt: `fuzz_keys.py [STREAMS] [SEED]`, 100,000 streams by default.

Holds that nothing raises or hangs, that Ctrl-C leaves, and that what is answered is what the answer keys among the
rest say: the same stream without what is no key gives the same, and bytes among which there is no such key give nothing.
"""

from __future__ import annotations

import random
import signal
import sys
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2] / "src")]

from prompt_toolkit.application import application
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from ask.sequences import ANSWERS, IDLE, MOVES, NO_KEYS, noise
from pathfinder.answers.interview import start
from pathfinder.ask.asker import Back
from pathfinder.ask.screen_asker import ScreenAsker
from pathfinder.errors import InterruptionError
from quizzes import named

if TYPE_CHECKING:
    from collections.abc import Callable

    from pathfinder.answers.interview import Interview

PATIENCE: Final = 20
"""Seconds until a stream that does not end is a hang."""

QUIZ: Final = named("nine")
FULL: Final = start(QUIZ)
CHOICES: Final = [(f"key{number}", f"Choice {number}") for number in range(1, 5)]


def questions(asker: ScreenAsker, told: list[Any]) -> None:
    """Ask the questions; every answer is told."""

    def record(interview: Interview) -> None:
        told.append(dict(interview.answers))

    with asker.stage():
        asker.questions(start(QUIZ), record=record, pause=lambda _: False)


def review(asker: ScreenAsker, told: list[Any]) -> None:
    """Ask which answer to change."""
    with asker.stage():
        told.append(asker.review(start(QUIZ).skip(), ""))


def stop(asker: ScreenAsker, told: list[Any]) -> None:
    """Offer to stop."""
    with asker.stage():
        told.append(asker.stop_early(3, "The result would be likely."))


def marks(asker: ScreenAsker, told: list[Any]) -> None:
    """Ask which paths are refused."""
    with asker.stage():
        told.append(asker.dealbreakers(QUIZ, ()))


PROMPTS: Final[tuple[Callable[[ScreenAsker, list[Any]], None], ...]] = (
    questions,
    questions,
    questions,
    review,
    stop,
    marks,
    lambda asker, told: told.append(asker.resume("An unfinished quiz.")),
    lambda asker, told: told.append(asker.confirm("Delete it?")),
    lambda asker, told: told.append(asker.pick_one("What next?", CHOICES)),
    lambda asker, told: told.append(asker.pick_many("Which ones?", CHOICES)),
    lambda asker, told: told.append(asker.pick_filtered("Which question?", CHOICES)),
    lambda asker, told: told.append(asker.line("Title?", lambda _: None)),
)


def play(ask: Callable[[ScreenAsker, list[Any]], None], keys: bytes) -> tuple[list[Any], bool]:
    """Send keys and then Ctrl-C to a prompt; return what was answered, and whether the prompt was left."""
    told: list[Any] = []
    with create_pipe_input() as pipe:
        pipe.send_bytes(keys + b"\x03")
        try:
            ask(ScreenAsker(pipe, DummyOutput()), told)
        except (KeyboardInterrupt, InterruptionError):
            return told, True
        except Back:
            told.append("back")
    return told, False


def stream(chance: random.Random) -> tuple[bytes, bytes]:
    """Return keys mixed with what is no key, and the same keys alone."""
    mixed, alone = "", ""
    for _ in range(chance.randrange(1, 9)):
        kind = chance.random()
        part = chance.choice(NO_KEYS if kind < 0.5 else IDLE if kind < 0.65 else MOVES if kind < 0.8 else ANSWERS)
        mixed += part
        alone += part if part in MOVES or part in ANSWERS else ""
    return mixed.encode(), alone.encode()


def idle(chance: random.Random) -> bytes:
    """Return bytes and sequences among which no key answers, in any order and cut anywhere."""
    parts = [noise(chance) if chance.random() < 0.5 else chance.choice(NO_KEYS).encode() for _ in range(6)]
    return b"".join(parts)


def anything(chance: random.Random) -> bytes:
    """Return bytes of all kinds, sequences cut anywhere among them; Ctrl-Z stops nothing in a pipe."""
    parts = []
    for _ in range(chance.randrange(1, 9)):
        part = chance.choice(NO_KEYS + MOVES + ANSWERS).encode()
        parts.append(chance.randbytes(3) if chance.random() < 0.4 else part[: chance.randrange(1, len(part) + 1)])
    return b"".join(parts)


def fault(chance: random.Random, number: int) -> str | None:
    """Play one stream, and return what is wrong with what came of it."""
    turn, place = divmod(number, len(PROMPTS))
    ask = PROMPTS[place]
    if turn % 3 == 0:
        keys = anything(chance)
        play(ask, keys)
        return None
    if turn % 3 == 1:
        keys = idle(chance)
        told, left = play(ask, keys)
        return None if left and not told else f"{keys!r} gave {told}"
    if ask is PROMPTS[-1] or ask is PROMPTS[-2]:  # Where text is typed, a letter is no idle key.
        ask = questions
    keys, alone = stream(chance)
    wanted, got = play(ask, alone), play(ask, keys)
    return None if wanted == got else f"{keys!r} gave {got}, and the keys in it alone {wanted}"


class Hang(BaseException):
    """A stream has not ended."""


def fuzz(streams: int, seed: int) -> list[str]:
    """Play so many streams; return what was wrong."""

    def give_up(_number: int, _frame: object) -> None:
        raise Hang

    faults = []
    before = signal.signal(signal.SIGALRM, give_up)
    for number in range(streams):
        signal.alarm(PATIENCE)
        try:
            wrong = fault(random.Random(f"{seed} {number}"), number)  # noqa: S311
        except Hang:
            wrong = "does not end"
        if wrong:
            faults.append(f"{seed} {number}: {wrong}")
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
    return faults


def _hurry() -> None:
    """Make the keys that prompt_toolkit brings along once, not for every stream: that takes half of the time."""
    for name in ("load_key_bindings", "load_page_navigation_bindings"):
        setattr(application, name, cache(getattr(application, name)))


def main(streams: int = 100_000, seed: int = 1) -> int:
    """Report what was wrong."""
    _hurry()
    begun = time.monotonic()
    faults = fuzz(streams, seed)
    sys.stdout.write("".join(f"{line}\n" for line in faults[:20]))
    sys.stdout.write(f"{streams} streams, {len(faults)} faults, {time.monotonic() - begun:.0f} s\n")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
