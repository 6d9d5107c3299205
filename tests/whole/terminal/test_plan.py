"""Planning and taking a quiz again in a real pseudo-terminal, on the screen and in lines, and killed on the way."""

from __future__ import annotations

import signal
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest

from cli.test_plan import ONE, keep
from pathfinder.answers import Store
from whole.terminal.driver import CTRL_C, ENTER, Terminal, python

if TYPE_CHECKING:
    from pathlib import Path

    from pathfinder.answers import Session
    from pathfinder.pack import Pack

SOON: Final = (datetime.now().astimezone().date() + timedelta(days=40)).isoformat()


@pytest.fixture
def home(tmp_path: Path, bundled: Pack) -> Path:
    """Return a home with one finished quiz."""
    keep(tmp_path / "pathfinder", bundled, ONE, days=300)
    return tmp_path / "pathfinder"


def at(home: Path, *arguments: str) -> Terminal:
    """Start the program at a terminal of 80 x 40."""
    return Terminal(python("-m", "pathfinder", *arguments), rows=40, env={"PATHFINDER_HOME": str(home)})


def saved(home: Path) -> Session:
    """Return the quiz as it stands on the disk."""
    return Store(home, lambda: datetime.now(UTC)).get("last")


@pytest.mark.parametrize("plain", [True, False], ids=["lines", "screen"])
def test_killed_between_two_questions_a_plan_has_every_answer(home: Path, *, plain: bool) -> None:
    """What was answered is on the disk before the next question stands on the screen."""
    with at(home, "sessions", "plan", *(["--plain"] if plain else [])) as terminal:
        terminal.wait_for("Which of these will you do?")
        terminal.send(f"1{ENTER}" if plain else f" {ENTER}")
        terminal.wait_for("By when?")
        assert len(saved(home).plan) == 1
        # On the screen the line holds the proposed day, which is taken away first.
        terminal.send(f"{SOON}{ENTER}" if plain else "\x7f" * 10 + f"{SOON}{ENTER}")
        terminal.wait_for("With whom?")
        assert str(saved(home).plan[0].due) == SOON
        terminal.send(f"Dr. Lee{ENTER}")
        terminal.wait_for("What could come between?")
        terminal.child.kill(signal.SIGKILL)
        terminal.wait_end()
    [step] = saved(home).plan
    assert (str(step.due), step.with_whom, step.if_then, step.done) == (SOON, "Dr. Lee", None, False)


def test_leaving_says_how_to_go_on(home: Path) -> None:
    """Ctrl-C ends with 130, the plan is kept, and the command for it is told."""
    with at(home, "sessions", "plan", "--plain") as terminal:
        terminal.wait_for("Which of these will you do?")
        terminal.send(f"1{ENTER}")
        terminal.wait_for("By when?")
        terminal.send(CTRL_C)
        assert terminal.wait_end() == 130
        assert f"pathfinder sessions plan {saved(home).id}" in terminal.words
    assert len(saved(home).plan) == 1


def test_the_menu_beneath_a_result_plans(home: Path) -> None:
    """The plan is offered with the next steps, and the menu comes back."""
    with at(home, "sessions", "show", "last") as terminal:
        terminal.wait_for("Next steps and plan")
        line = next(line for line in terminal.lines if "Next steps and plan" in line)
        terminal.send(next(sign for sign in line if sign.isdigit()))
        terminal.wait_for("Which of these will you do?")
        terminal.send(f" {ENTER}")
        terminal.wait_for("By when?")
        terminal.send(ENTER)
        terminal.wait_for("With whom?")
        terminal.send(ENTER)
        terminal.wait_for("What could come between?")
        terminal.send(ENTER)
        terminal.wait_for("What would you like to do?")
        terminal.send("q")
        terminal.wait_for("What would you like to see?")
        terminal.send("q")
        assert terminal.wait_end() == 0
    assert len(saved(home).plan) == 1


def test_a_quiz_of_half_a_year_ago_is_offered_again(home: Path) -> None:
    """The offer comes before the first question, and the new quiz knows what it is to be compared with."""
    old = saved(home)
    with at(home, "quiz", "--plain") as terminal:
        terminal.wait_for("Take it again and compare")
        terminal.send(f"1{ENTER}")
        terminal.wait_for("Question 1 of")
        terminal.send(f"2{ENTER}")
        terminal.wait_for("Question 2 of")
        terminal.child.kill(signal.SIGKILL)
        terminal.wait_end()
    assert saved(home).again == old.id
    assert len(saved(home).sheet.answers) == 1
