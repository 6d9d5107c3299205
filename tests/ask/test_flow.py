"""A whole quiz: the order of its steps, what is saved when, and that leaving keeps everything."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from pathfinder.answers.interview import AnswerSheet, Interview, start
from pathfinder.ask import require_terminal, wants_plain
from pathfinder.ask.flow import Taken, take_quiz
from pathfinder.ask.screen_asker import ScreenAsker
from pathfinder.errors import InterruptionError, UsageError
from pathfinder.pack import SKIP, CareerPath
from quizzes import choice, named, pack, scale

if TYPE_CHECKING:
    from collections.abc import Callable

    from pathfinder.pack import Pack

ENTER, DOWN = "\r", "\x1b[B"


class Saves(list[AnswerSheet]):
    """Everything that was saved, and what saving says."""

    said: str | None = None

    def __call__(self, sheet: AnswerSheet) -> str | None:
        """Remember what is saved."""
        self.append(sheet)
        return self.said


def take(
    keys: str,
    begin: Interview,
    save: Saves | None = None,
    offer: Callable[[Interview], str | None] = lambda _: None,
    sheet: AnswerSheet | None = None,
) -> Taken:
    """Take a quiz with these keys, and Ctrl-C after them, through prompt_toolkit and Questionary themselves."""
    with create_pipe_input() as pipe:
        pipe.send_text(keys + "\x03")
        asker = ScreenAsker(pipe, DummyOutput())
        return take_quiz(begin, save=Saves() if save is None else save, offer=offer, sheet=sheet, asker=asker)


def test_whole_quiz() -> None:
    """Questions, review, what matters most, dealbreakers and lean fill the sheet, in this order."""
    keys = "4s2" + ENTER + f" {DOWN} " + ENTER + " " + ENTER + "1"
    taken = take(keys, start(named("three")))
    assert taken.sheet == AnswerSheet(
        pack="test",
        answers={"one": "4", "two": SKIP, "three": "o2"},
        matters_most=("care", "research"),
        rule_out=("academic",),
        lean="clinical",
    )
    assert not taken.left


def test_enter_alone_chooses_nothing() -> None:
    """Enter through the later steps leaves nothing marked, nothing refused and no lean."""
    taken = take("111" + ENTER * 4, start(named("three")))
    assert AnswerSheet(pack="test", answers={"one": "1", "two": "1", "three": "o1"}) == taken.sheet
    assert not taken.left


def test_saved_after_every_answer_and_step() -> None:
    """The sheet is saved after each answer, then after each later step."""
    save = Saves()
    take("4s2" + ENTER + " " + ENTER + ENTER + "3", start(named("three")), save)
    assert [list(sheet.answers.values())[-1] for sheet in save[:3]] == ["4", SKIP, "o2"]
    assert len(save) == 6
    assert save[3].matters_most == ("care",)
    assert save[5].lean == "hybrid"


@pytest.mark.parametrize(
    ("keys", "answers"), [("", 0), ("4", 1), ("4s2", 3), ("4s2" + ENTER, 3), ("4s2" + ENTER * 2, 3)]
)
def test_leaving_keeps_everything(keys: str, answers: int) -> None:
    """Ctrl-C at any step leaves with what was given before it, which is also what was saved last."""
    save = Saves()
    taken = take(keys, start(named("three")), save)
    assert taken.left
    assert answers == len(taken.sheet.answers)
    assert not save or save[-1] == taken.sheet


def test_review_changes_an_answer() -> None:
    """An answer chosen in the review opens its question again, and the review follows with the pointer there."""
    change_second = DOWN * 2 + ENTER + "4" + ENTER + "5"
    for go_on in ("c", "C", "\x1b[H" + ENTER):
        taken = take("111" + change_second + go_on + ENTER * 3, start(named("three")))
        assert taken.sheet.answers == {"one": "1", "two": "5", "three": "o1"}
        assert not taken.left


def test_going_back_through_the_later_steps() -> None:
    """B returns to the step before, with what was chosen there."""
    taken = take("111" + ENTER + " " + ENTER + "b" + ENTER + "bb" + ENTER * 4, start(named("three")))
    assert taken.sheet.matters_most == ("care",)
    assert not taken.left


def test_at_most_three_matter_most() -> None:
    """A fourth dimension is refused with a reason until one is taken away."""
    four = " " + (DOWN + " ") * 3
    taken = take("111" + ENTER + four + ENTER + " " + ENTER * 3, start(named("three")))
    assert taken.sheet.matters_most == ("care", "research", "calm")


WORTH = "The result would be likely, about 8 in 10."


def test_early_stop_is_offered_once() -> None:
    """When the caller says what the result would be worth, one may stop; declined, it is not offered again."""
    asked: list[int] = []

    def offer(interview: Interview) -> str | None:
        asked.append(len(interview.answers))
        return WORTH if len(interview.answers) >= 6 else None

    stopped = take("111111" + "e" + ENTER * 4, start(named("nine")), offer=offer)
    assert len(stopped.sheet.answers) == 6
    assert not stopped.left
    went_on = take("111111" + "G" + "111" + ENTER * 4, start(named("nine")), offer=offer)
    assert len(went_on.sheet.answers) == 9
    assert asked == [*range(1, 7)] * 2


@pytest.mark.parametrize("keys", ["222", "1s9", "?jk", "\x1bOr", "\x1b[200~e\x1b[201~"])
def test_keys_of_a_question_do_not_take_the_early_stop(keys: str) -> None:
    """What was about to be pressed for the next question answers nothing, and Enter alone goes on."""
    taken = take("1" + keys + ENTER + "3" + ENTER * 4, start(named("three")), offer=lambda _: WORTH)
    assert taken.sheet.answers == {"one": "1", "two": "3"}


def test_nothing_is_offered_after_the_last_question() -> None:
    """After the last question there is nothing to leave out."""
    begin = start(named("three")).answer("1").answer("1")
    assert not take("1" + ENTER * 4, begin, offer=lambda _: WORTH).left


def test_resume_after_the_questions() -> None:
    """A quiz resumed after its last question begins at the review, with the later answers it had."""
    of = named("three")
    sheet = AnswerSheet(
        pack="test", answers={"one": "1", "two": SKIP, "three": "o3"}, matters_most=("pay",), lean="hybrid"
    )
    taken = take(ENTER * 4, start(of, sheet=sheet), sheet=sheet)
    assert sheet == taken.sheet


def test_lean_towards_a_path_now_refused() -> None:
    """A path just refused is no longer offered as the lean, even if it was the lean before."""
    of = named("three")
    sheet = AnswerSheet(pack="test", answers={"one": "1", "two": "1", "three": "o3"}, lean="academic")
    taken = take(ENTER * 2 + " " + ENTER * 2, start(of, sheet=sheet), sheet=sheet)
    assert taken.sheet.rule_out == ("academic",)
    assert taken.sheet.lean is None


def test_what_saving_says_is_kept() -> None:
    """A failure to save does not stop the quiz, and the last one is told to the caller."""
    save = Saves()
    save.said = "disk full"
    taken = take("111" + ENTER * 4, start(named("three")), save)
    assert not taken.left
    assert taken.notice == "disk full"


def test_texts_are_never_markup() -> None:
    """Tags, format fields and styles in a pack are text like any other, in every prompt."""
    evil = "<b>{x}</b> [red] class:title %s"
    of: Pack = pack(scale("one", text=evil), choice("two", (evil, "{0.__class__}"), text=evil))
    of = replace(of, paths=tuple(replace(each, name=evil) for each in of.paths))
    taken = take("1" + ENTER + DOWN + ENTER + "1" + ENTER + " " + ENTER + ENTER + "1", start(of))
    assert not taken.left
    assert taken.sheet.lean == "academic"


def test_path_ids_may_look_like_nothing() -> None:
    """Ids that a prompt could take for a default or a title are still the values that come back."""
    of = named("three")
    odd = ("none", "no-idea-yet", "0")
    of = replace(of, paths=tuple(CareerPath(id=i, name=i, summary="", profile={"care": 1}, week={}) for i in odd))
    assert take("111" + ENTER * 3 + "3", start(of)).sheet.lean == "0"
    assert take("111" + ENTER * 3 + "4", start(of)).sheet.lean is None


@pytest.mark.parametrize(
    ("flag", "environ", "expected"),
    [
        (False, {}, False),
        (True, {}, True),
        (False, {"TERM": "dumb"}, True),
        (False, {"TERM": "xterm"}, False),
        (False, {"ACCESSIBLE": "1"}, True),
        (False, {"ACCESSIBLE": "yes"}, True),
        (False, {"ACCESSIBLE": "0"}, False),
        (False, {"ACCESSIBLE": ""}, False),
        *((False, {"ACCESSIBLE": no}, False) for no in ("false", "no", "off", "FALSE", " No ", " ")),
    ],
)
def test_wants_plain(flag: bool, environ: dict[str, str], expected: bool) -> None:  # noqa: FBT001
    """--plain, ACCESSIBLE (anything but 0, false, no and off) and TERM=dumb ask in lines."""
    assert expected is wants_plain(flag, environ)


def test_no_terminal_no_prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal on stdin the error names the flag that replaces the person, with exit code 2."""
    with open("/dev/null", encoding="utf-8") as nothing:  # noqa: PTH123
        monkeypatch.setattr("sys.stdin", nothing)
        with pytest.raises(UsageError, match="--answers FILE") as caught:
            require_terminal()
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(("keys", "expected"), [("1", True), ("2", False), (ENTER, True), (DOWN + ENTER, False)])
def test_resume(keys: str, expected: bool) -> None:  # noqa: FBT001
    """An unfinished quiz is resumed by default or begun afresh."""
    with create_pipe_input() as pipe:
        pipe.send_text(keys)
        assert expected is ScreenAsker(pipe, DummyOutput()).resume("An unfinished quiz: 3 of 9 answered.")


def test_confirm_is_no_by_default() -> None:
    """Enter alone confirms nothing, and leaving the question is an interruption."""
    with create_pipe_input() as pipe:
        pipe.send_text(ENTER + "2" + "\x03")
        asker = ScreenAsker(pipe, DummyOutput())
        assert asker.confirm("Delete it?") is False
        assert asker.confirm("Delete it?") is True
        with pytest.raises(InterruptionError):
            asker.confirm("Delete it?")


def test_line_is_checked() -> None:
    """A line is asked for until it is right; Enter alone takes the default."""
    with create_pipe_input() as pipe:
        pipe.send_text("q\rb\r" + ENTER)
        asker = ScreenAsker(pipe, DummyOutput())
        assert asker.line("Title?", lambda text: None if len(text) > 1 else "Too short.") == "qb"
        assert asker.line("Title?", lambda _: None, "given") == "given"


@pytest.mark.parametrize("leave", ["q", "\x03", "\x04"])
def test_marks_are_kept_when_the_person_leaves_the_list(leave: str) -> None:
    """Whoever leaves among the dimensions or the paths finds marked again what was marked."""
    saves = Saves()
    taken = take(f"111{ENTER} {DOWN} {leave}", start(named("three")), saves)
    assert taken.left
    assert taken.sheet.matters_most == saves[-1].matters_most == ("care", "research")
    taken = take(f"111{ENTER}{ENTER} {leave}", start(named("three")), saves)
    assert taken.left
    assert taken.sheet.rule_out == saves[-1].rule_out == ("academic",)
    assert take(f"111{ENTER}{leave}", start(named("three"))).sheet.matters_most == ()


def test_too_many_marks_take_nothing_away() -> None:
    """Who leaves with a fourth mark finds the three that were saved before."""
    answers = {"one": "1", "two": "1", "three": "o1"}
    kept = AnswerSheet(
        pack="test", answers=answers, matters_most=tuple(each.id for each in named("three").dimensions[:3])
    )
    more = DOWN * 2 + " q"
    taken = take(ENTER + more, start(named("three"), sheet=kept), sheet=kept)
    assert taken.left
    assert taken.sheet.matters_most == kept.matters_most
