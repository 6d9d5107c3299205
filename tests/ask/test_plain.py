"""The quiz in plain lines: complete, without control sequences, and with words instead of signs."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from pathfinder.answers.interview import AnswerSheet, Interview, start
from pathfinder.ask.flow import Taken, take_quiz
from pathfinder.ask.plain_asker import PlainAsker
from pathfinder.errors import InterruptionError
from pathfinder.pack import SKIP
from quizzes import LONG_OPTIONS, WIDE_OPTIONS, choice, named, pack, scale

if TYPE_CHECKING:
    from collections.abc import Callable


def take(
    *lines: str,
    begin: Interview | None = None,
    said: str | None = None,
    offer: Callable[[Interview], str | None] = lambda _: None,
    sheet: AnswerSheet | None = None,
    width: int = 80,
) -> tuple[Taken, str]:
    """Take a quiz by typing these lines, with the end of the input after them; return it and what was written."""
    output = io.StringIO()
    asker = PlainAsker(io.StringIO("".join(f"{line}\n" for line in lines)), output, width)
    begin = begin or start(named("three"))
    return take_quiz(begin, save=lambda _: said, offer=offer, sheet=sheet, asker=asker), output.getvalue()


def test_whole_quiz() -> None:
    """Typed numbers take a person from the first question to the end."""
    taken, _ = take("4", "s", "2", "", "1 3", "3", "2")
    assert not taken.left
    assert taken.sheet == AnswerSheet(
        pack="test",
        answers={"one": "4", "two": SKIP, "three": "o2"},
        matters_most=("care", "calm"),
        rule_out=("hybrid",),
        lean="clinical",
    )


def test_transcript() -> None:
    """Everything is said in words: where one is, what can be typed, what was answered."""
    _, written = take("4", "b", "", "?", "?", "q")
    assert written == (
        "A test of weeks. 3 questions, about 1 minute. There are no wrong answers. Each\n"
        "answer is saved right away, so you can leave with q and come back later.\n"
        "\n"
        "Type the number of your answer and press Enter. You can also type b to go back,\n"
        "s to skip, ? to see why we ask (twice for the sources), or q to save and leave.\n"
        "\n"
        "Question 1 of 3. Interests.\n"
        "Statement one is true of me.\n"
        "1. Strongly disagree\n2. Disagree\n3. Neither agree nor disagree\n4. Agree\n5. Strongly agree\n"
        "Answer (1-5, b, s, ?, q): Answered: Agree\n"
        "\n"
        "Question 2 of 3. Lifestyle.\n"
        "Statement two is true of me.\n"
        "1. Strongly disagree\n2. Disagree\n3. Neither agree nor disagree\n4. Agree\n5. Strongly agree\n"
        "Answer (1-5, b, s, ?, q): \n"
        "Question 1 of 3. Interests.\n"
        "Statement one is true of me.\n"
        "1. Strongly disagree\n2. Disagree\n3. Neither agree nor disagree\n4. Agree\n5. Strongly agree\n"
        "Your answer so far: Agree. Enter keeps it.\n"
        "Answer (1-5, b, s, ?, q): Kept: Agree\n"
        "\n"
        "Question 2 of 3. Lifestyle.\n"
        "Statement two is true of me.\n"
        "1. Strongly disagree\n2. Disagree\n3. Neither agree nor disagree\n4. Agree\n5. Strongly agree\n"
        "Answer (1-5, b, s, ?, q): Why we ask: Reason for two.\n"
        "Answer (1-5, b, s, ?, q): "
        "Source: A study of weeks, Journal of Weeks, 2015.\n"
        "https://doi.org/10.1000/weeks.2015\n"
        "Answer (1-5, b, s, ?, q): "
    )


@pytest.mark.parametrize("wrong", ["6", "0", "-1", "x", "", "1 2", "٣٣"])
def test_wrong_input_is_explained(wrong: str) -> None:
    """What is no answer is refused with what would be one, and the question stays."""
    taken, written = take(wrong, "5", "q")
    assert taken.sheet.answers == {"one": "5"}
    assert "Choose one first: type a number from 1 to 5." in written


@pytest.mark.parametrize("lines", [("4",), ("4", "q"), ("4", "quit"), ("4", "Q")])
def test_leaving(lines: tuple[str, ...]) -> None:
    """Q and the end of the input leave, and keep what was answered."""
    taken, _ = take(*lines)
    assert taken.left
    assert taken.sheet.answers == {"one": "4"}


def test_enter_keeps_the_earlier_answer() -> None:
    """After b, Enter keeps the answer or the skip that the question had; on an open question it answers nothing."""
    taken, _ = take("4", "s", "b", "b", "", "", "1", *[""] * 4)
    assert taken.sheet.answers == {"one": "4", "two": SKIP, "three": "o1"}


def test_back_on_the_first_question() -> None:
    """Before the first question there is nothing, and that is said."""
    _, written = take("b")
    assert "This is the first question." in written


def test_review_changes_an_answer() -> None:
    """The review lists all answers with numbers; a number opens its question, and b leaves it as it was."""
    taken, written = take("1", "1", "1", "2", "5", "1", "b", "", "", "", "")
    assert taken.sheet.answers == {"one": "1", "two": "5", "three": "o1"}
    assert "2. Statement two is true of me. Answer: Strongly agree" in written
    assert "Left as it was." in written
    assert not taken.left


def test_too_many_matter() -> None:
    """A fourth dimension is refused, and so is a number that is not there."""
    taken, written = take("1", "1", "1", "", "1,2,3,4", "7", "2, 1", "", "")
    assert taken.sheet.matters_most == ("care", "research")
    assert "Three is the most you can pick." in written
    assert "Type numbers from 1 to 4." in written


def test_marks_are_kept_or_cleared() -> None:
    """On a resumed quiz Enter keeps what mattered and 0 clears it."""
    sheet = AnswerSheet(
        pack="test", answers={"one": "1", "two": "1", "three": "o1"}, matters_most=("pay",), lean="hybrid"
    )
    begin = start(named("three"), sheet=sheet)
    assert sheet == take("", "", "", "", begin=begin, sheet=sheet)[0].sheet
    assert take("", "0", "", "", begin=begin, sheet=sheet)[0].sheet.matters_most == ()


def test_going_back_through_the_later_steps() -> None:
    """B returns to the step before."""
    taken, _ = take("1", "1", "1", "", "2", "b", "1", "", "b", "", "")
    assert taken.sheet.matters_most == ("care",)
    assert not taken.left


def test_early_stop() -> None:
    """When the result would be worth something, one may stop in plain lines too, and not with a number."""

    def offer(interview: Interview) -> str | None:
        return "The result would be likely." if len(interview.answers) == 6 else None

    taken, written = take(*"111111", "2", "E", "", "", "", "", begin=start(named("nine")), offer=offer)
    assert len(taken.sheet.answers) == 6
    assert "The result would be likely." in written
    assert "Type g or e, or q to save and leave." in written
    assert "Question 7 of 9. Interests.\nStatement n7 is true of me. Answer: not asked" not in written
    assert "Statement n7 is true of me. Answer: not asked" in written


def test_failure_to_save_is_said_at_once() -> None:
    """What saving says is written before the next question."""
    _, written = take("1", "q", said="not saved: disk full")
    assert written.index("Warning: not saved: disk full") < written.index("Question 2 of 3")


@pytest.mark.parametrize("width", [40, 80, 200])
def test_lines_break_at_words(width: int) -> None:
    """No line but the one being typed on is wider than the terminal, and no word of an answer is lost."""
    begin = start(pack(choice("c", (*LONG_OPTIONS, *WIDE_OPTIONS)), scale("after")))
    _, written = take("q", begin=begin, width=width)
    squeezed = "".join(written.split())
    assert all("".join(each.split()) in squeezed for each in (*LONG_OPTIONS, *WIDE_OPTIONS))
    assert all(len(line) <= width for line in written.splitlines())


def test_no_control_sequences() -> None:
    """Nothing but text and newlines is written, from the first question to the last step."""
    _, written = take("?", "4", "b", "", "9", "s", "2", "1", "b", "", "1 2", "3", "2")
    assert all(character == "\n" or character.isprintable() for character in written)


def test_outside_the_quiz() -> None:
    """Resume, confirm and a checked line work in plain lines, and leaving them is an interruption."""
    asker = PlainAsker(io.StringIO("2\n\n1\nx\nlonger\nq\n"), io.StringIO(), 80)
    assert asker.resume("3 of 9 answered.") is False
    assert asker.confirm("Delete it?") is False
    assert asker.line("Title?", lambda text: None if len(text) > 1 else "Too short.") == "longer"
    with pytest.raises(InterruptionError):
        asker.confirm("Delete it?")


@pytest.mark.parametrize("typed", ["9" * 5000, "\u0663" * 5000, "\u00b2", "-1", "1.0", "0x1", "\ufffd1", "1_0"])
def test_what_is_no_number_of_an_option_is_asked_again(typed: str) -> None:
    """Whatever is typed, the question stands until a number is typed that it has."""
    taken, told = take(typed, "4", "s", "2", typed, "", typed, "1 3", typed, "3", typed, "2")
    assert not taken.left
    assert taken.sheet.answers == {"one": "4", "two": SKIP, "three": "o2"}
    assert taken.sheet.matters_most == ("care", "calm")
    assert told.count("ype a number from 1 to ") >= 3
