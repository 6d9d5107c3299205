"""The first question is there before prompt_toolkit is, and the plain quiz never loads it."""

from __future__ import annotations

import io
import subprocess

import pyte
import pytest

from pathfinder.answers.interview import start
from pathfinder.ask.layout import View, lay_out
from pathfinder.ask.marks import BLUE, UNICODE
from pathfinder.ask.raw_terminal import Hold, size_of
from quizzes import named
from whole.terminal.driver import ROOT, Terminal, python

WITHOUT = """
import sys
sys.path[:0] = [{tests!r}]
for name in ("prompt_toolkit", "questionary"):
    sys.modules[name] = None
import quizzes
from pathfinder.answers.interview import start
from pathfinder.ask import choose
from pathfinder.ask.flow import take_quiz
take_quiz(start(quizzes.named("three")), save=lambda _: None, asker=choose(plain={plain}))
"""


class Stream(io.StringIO):
    """A stream in memory with an encoding."""

    encoding = "utf-8"


def test_first_question_waits_for_no_library() -> None:
    """The first question is drawn although prompt_toolkit cannot be loaded, and the terminal is given back."""
    code = WITHOUT.format(tests=str(ROOT / "tests"), plain=False)
    with Terminal(python("-c", code)) as terminal:
        assert terminal.wait_end() == 1
        assert not terminal.alternate
        assert "ModuleNotFoundError" in terminal.text
    drawn = terminal.output.decode()
    assert drawn.index("1 of 3") < drawn.index("Strongly agree") < drawn.index("Traceback")


def test_plain_quiz_needs_no_library() -> None:
    """The whole plain quiz runs where neither prompt_toolkit nor Questionary can be loaded."""
    code = WITHOUT.format(tests=str(ROOT / "tests"), plain=True)
    done = subprocess.run(
        python("-c", code),
        input="4\ns\n1\n\n1\n\n2\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("no_color", ["", "1"])
def test_drawn_like_the_page(no_color: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is drawn first is the page itself, row by row, with colors unless NO_COLOR asks for none."""
    monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("LANG", "C.UTF-8")
    shown = lay_out(View(interview=start(named("three"))), 80, 24, UNICODE)
    stream = Stream()
    Hold(stream).draw(shown)
    screen = pyte.Screen(80, 24)
    pyte.Stream(screen).feed(stream.getvalue())
    rows = ["".join(text for _, text in line) for line in shown.lines]
    assert [each.rstrip() for each in screen.display[: len(rows)]] == rows
    assert screen.buffer[4][1].fg == ("default" if no_color else BLUE.removeprefix("#"))
    assert screen.buffer[2][1].bold


def test_size_of_no_terminal() -> None:
    """A stream that has no terminal behind it counts as 80 by 24."""
    assert size_of(io.StringIO()) == (80, 24)
