"""Lists, menus and lines of text: what each key does in them, on a screen and in plain lines."""

from __future__ import annotations

import io
import select
import threading
import time
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import pytest
from prompt_toolkit.data_structures import Size
from prompt_toolkit.formatted_text import fragment_list_to_text
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from pathfinder.answers.interview import start
from pathfinder.ask.asker import Back
from pathfinder.ask.folding import height
from pathfinder.ask.lists import _folded
from pathfinder.ask.plain_asker import PlainAsker
from pathfinder.ask.screen_asker import ScreenAsker
from pathfinder.errors import InterruptionError
from quizzes import named, pack, scale
from whole import fuzz_keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.input import PipeInput

    from pathfinder.ask.asker import Asker

UP, DOWN, HOME, END, PAGE_UP, PAGE_DOWN, ENTER, ESCAPE = (
    "\x1b[A", "\x1b[B", "\x1b[H", "\x1b[F", "\x1b[5~", "\x1b[6~", "\r", "\x1b",
)  # fmt: skip
SECTIONS = ["Why", "Pros and challenges", "Tracks", "Next steps", "Compare the paths, with what you want", "Done"]
MENU = [("why", "Why it fits"), ("tracks", "Tracks"), ("visa", "Can I work on a visa?"), ("done", "Nothing more")]
MANY = [(f"key{number}", f"Choice number {number}") for number in range(1, 31)]


def screen(keys: str, ask: Callable[[Asker], Any], *later: str, staged: bool = False) -> Any:
    """Ask on a screen with these keys, each of the later ones once those before are taken, a lone Esc among them.

    What is a step of a quiz is asked on its stage.
    """
    with create_pipe_input() as pipe:
        pipe.send_text(keys)
        asker, ended = ScreenAsker(pipe, DummyOutput()), threading.Event()

        def send() -> None:
            for more in later:
                while not (taken(pipe) or ended.is_set()):
                    time.sleep(0.02)
                pipe.send_text(more)

        sending = threading.Thread(target=send)
        sending.start()
        try:
            with asker.stage() if staged else nullcontext():
                return ask(asker)
        finally:
            ended.set()
            sending.join()


def taken(pipe: PipeInput) -> bool:
    """Say whether a prompt has read all that was sent, and waits for nothing that could follow an Esc."""
    waiting = bool(select.select([pipe.fileno()], [], [], 0)[0])
    return not waiting and getattr(pipe, "vt100_parser")._sequence == ""  # noqa: B009 - only some inputs have one


def plain(lines: str, ask: Callable[[Asker], Any]) -> tuple[Any, str]:
    """Ask in lines with these typed; return what came of it and what was written."""
    output = io.StringIO()
    return ask(PlainAsker(io.StringIO(lines), output, 80)), output.getvalue()


@pytest.mark.parametrize(
    ("keys", "picked"),
    [
        (ENTER, "why"),
        ("2", "tracks"),
        ("\x1bOs", "visa"),
        ("\x1bOB\x1bOM", "tracks"),
        ("jJ" + ENTER, "visa"),
        ("jjK" + ENTER, "tracks"),
        (END + ENTER, "done"),
        (END + HOME + ENTER, "why"),
        (PAGE_DOWN + ENTER, "done"),
        (PAGE_DOWN + PAGE_UP + ENTER, "why"),
        (UP + ENTER, "why"),
        (DOWN * 9 + ENTER, "done"),
        ("\x1b3\x1b]11;rgb:12/34/56\x07\x1b[c9\x1b[200~12\x1b[201~\x1bx\x0c" + ENTER, "why"),
        ("q", None),
        ("B", None),
        ("\x1b[D", None),
    ],
)
def test_pick_one(keys: str, picked: str | None) -> None:
    """A digit picks at once, arrows and j/k and the page keys move, b and q are done, and what is no key does nothing."""
    assert screen(keys, lambda asker: asker.pick_one("What next?", MENU)) == picked


def test_pick_one_begins_where_it_is_told() -> None:
    """A menu that one returns to has the pointer where it was."""
    assert screen(ENTER, lambda asker: asker.pick_one("What next?", MENU, at="visa")) == "visa"
    assert screen(ENTER, lambda asker: asker.pick_one("What next?", MENU, at="gone")) == "why"


@pytest.mark.parametrize("leave", ["\x03", "\x04", "\x1b[200~hello\x03"])
def test_leaving_a_menu(leave: str) -> None:
    """Ctrl-C and Ctrl-D leave a list from anywhere."""
    for ask in ("pick_one", "pick_filtered", "pick_many"):
        with pytest.raises(InterruptionError):
            screen(leave, lambda asker, ask=ask: getattr(asker, ask)("What next?", MENU))  # type: ignore[misc]


def test_escape_goes_back_and_never_leaves() -> None:
    """A lone Esc is the harmless way out of what has one, and nothing where nothing is before; digits stay digits."""
    assert screen(ESCAPE, lambda asker: asker.pick_one("What next?", MENU)) is None
    assert screen(ESCAPE, lambda asker: asker.confirm("Delete it?")) is False
    assert screen("y", lambda asker: asker.confirm("Delete it?")) is True
    assert screen("N", lambda asker: asker.confirm("Delete it?")) is False
    assert screen(ESCAPE, lambda asker: asker.pick_many("Which?", MENU)) is None
    assert screen(ESCAPE, lambda asker: asker.resume("An unfinished quiz."), "2") is False
    assert screen("ab" + ESCAPE, lambda asker: asker.line("Title?", lambda _: None), "35" + ENTER) == "ab35"
    assert screen("ab" + ESCAPE, lambda asker: asker.line("Title?", lambda _: None, back="none")) == "none"
    assert screen(ESCAPE, lambda asker: asker.stop_early(3, "Likely."), staged=True) is False
    assert screen(ESCAPE, lambda asker: asker.review(start(named("three")), ""), ENTER, staged=True) is None
    with pytest.raises(Back):
        screen(ESCAPE, lambda asker: asker.lean(named("three"), (), None), staged=True)


def test_escape_in_a_question() -> None:
    """Esc closes what is open, then goes back; on the first question nothing is before."""
    places: list[str] = []

    def ask(asker: Asker) -> None:
        asker.questions(
            start(named("three")),
            record=lambda interview: places.append(str(interview.answers)),
            pause=lambda _: len(places) == 3,
        )

    screen(ESCAPE, ask, "4?", ESCAPE, ESCAPE, "2", "s", staged=True)
    assert places == ["{'one': '4'}", "{'one': '2'}", "{'one': '2', 'two': 'skip'}"]


@pytest.mark.parametrize(
    ("keys", "picked"),
    [
        ("visa" + ENTER, "visa"),
        ("VISA work" + ENTER, "visa"),
        ("b" + ENTER, "done"),
        ("xyz" + ENTER + "\x7f" * 3 + ENTER, "why"),
        ("i" + DOWN + ENTER, "visa"),
        (END + ENTER, "done"),
        ("\x1b2\x1b[c" + ENTER, "why"),
    ],
)
def test_pick_filtered(keys: str, picked: str) -> None:
    """Typing narrows the list down to what has all words, also k, b, q and digits; nothing found picks nothing."""
    choices = [*MENU[:3], ("done", "Nothing more, bye")]
    assert screen(keys, lambda asker: asker.pick_filtered("Which question?", choices)) == picked


def test_escape_takes_the_search_away_first() -> None:
    """Esc shows the whole list again, and the next one goes back."""
    ask: Callable[[Asker], Any] = lambda asker: asker.pick_filtered("Which question?", MENU)  # noqa: E731
    assert screen("visa" + ESCAPE, ask, ENTER) == "why"
    assert screen("visa" + ESCAPE, ask, ESCAPE) is None


@pytest.mark.parametrize(
    ("keys", "chosen", "picked"),
    [
        (ENTER, (), ()),
        (ENTER, ("visa", "why"), ("why", "visa")),
        (" j " + ENTER, (), ("why", "tracks")),
        (" " + END + " " + ENTER, ("why",), ("done",)),
        ("ai" + ENTER, (), ()),
        ("b", ("why",), None),
    ],
)
def test_pick_many(keys: str, chosen: tuple[str, ...], picked: tuple[str, ...] | None) -> None:
    """The space marks, Enter takes what is marked in the order of the list, b goes back."""
    assert screen(keys, lambda asker: asker.pick_many("Which steps?", MENU, chosen)) == picked


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ("qb" + ENTER, "givenqb"),
        (ENTER, "given"),
        ("\x15x" + ENTER, "x"),
        ("\x1bb\x1b2\x1b[c\x1b]11;rgb:12/34/56\x07" + ENTER, "given"),
        ("\x1bOr\x1bOM", "given2"),
        ("\x11\x12\x13\x18!" + ENTER, "given!"),
        ("\x1b[200~ a\nb\x1b[201~" + ENTER, "givena b"),
    ],
)
def test_line(keys: str, line: str) -> None:
    """A line is what was typed behind what was given; chords type nothing, and pasted lines are one."""
    assert screen(keys, lambda asker: asker.line("Title?", lambda _: None, "given")) == line


@pytest.mark.parametrize("leave", ["\x03", "text\x03", "\x04", "\x1b[200~text\x03", "\x12text\x03"])
def test_leaving_a_line(leave: str) -> None:
    """Ctrl-C leaves a line from anywhere, Ctrl-D an empty one."""
    with pytest.raises(InterruptionError):
        screen(leave, lambda asker: asker.line("Title?", lambda _: None))


def test_plain_lists() -> None:
    """The same in lines: numbers pick, words narrow down, Enter alone is done."""
    assert plain("9\n2\n", lambda asker: asker.pick_one("What next?", MENU))[0] == "tracks"
    for done in ("\n", "q\n", "b\n"):
        assert plain(done, lambda asker: asker.pick_one("What next?", MENU))[0] is None
        assert plain(done, lambda asker: asker.pick_filtered("Which question?", MENU))[0] is None
    picked, written = plain("nowhere\nvisa WORK\n1\n", lambda asker: asker.pick_filtered("Which question?", MENU))
    assert picked == "visa"
    assert "Nothing fits." in written
    assert "1. Can I work on a visa?" in written
    assert plain("1 3\n", lambda asker: asker.pick_many("Which steps?", MENU))[0] == ("why", "visa")
    assert plain("\n", lambda asker: asker.pick_many("Which steps?", MENU, ("done",)))[0] == ("done",)
    assert plain("b\n", lambda asker: asker.pick_many("Which steps?", MENU))[0] is None
    assert plain("B\n", lambda asker: asker.line("Title?", lambda _: None, back="none"))[0] == "none"
    for ask in ("pick_one", "pick_filtered", "pick_many"):
        with pytest.raises(InterruptionError):
            plain("", lambda asker, ask=ask: getattr(asker, ask)("What next?", MENU))  # type: ignore[misc]


def test_plain_quiz_says_what_the_screen_says() -> None:
    """Milestones, what was taken, and the question before an answer is cleared."""

    def ask(asker: Asker) -> None:
        with asker.stage(), pytest.raises(EOFError):
            asker.questions(start(named("nine")), record=lambda _: None, pause=lambda _: False)

    _, written = plain("1\n" * 8 + "b\ns\n\ns\ny\n", ask)
    assert written.index("8 of 9, one question to go.") < written.index("Question 9 of 9.")
    assert "Clear your answer? y clears it, Enter keeps it: Not cleared." in written
    assert "Clear your answer? y clears it, Enter keeps it: Skipped." in written


class Short(DummyOutput):
    """A terminal of few rows."""

    def get_size(self) -> Size:
        """Return its size."""
        return Size(rows=8, columns=40)


def test_a_long_list_on_few_rows() -> None:
    """The page keys, Home and End reach everything in a list that does not fit."""
    for keys, picked in ((END, "key30"), (PAGE_DOWN * 2, "key5"), (END + PAGE_UP, "key28"), (END + HOME, "key1")):
        with create_pipe_input() as pipe:
            pipe.send_text(keys + ENTER)
            assert ScreenAsker(pipe, Short()).pick_one("Which one?", MANY) == picked


def test_review_of_one_question_can_be_walked() -> None:
    """Separators are stepped over in both directions, and the ends hold."""
    interview = start(pack(scale("one"))).answer("4")
    for keys, picked in (
        (DOWN + ENTER, "one"),
        (DOWN + UP + ENTER, None),
        (DOWN * 5 + UP * 5 + ENTER, None),
        (END + ENTER, "one"),
    ):
        assert screen(keys, lambda asker: asker.review(interview, ""), staged=True) == picked


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_random_keys(seed: int) -> None:
    """Random keys, sequences and bytes on every prompt: nothing raises, hangs, or answers without an answer key."""
    assert fuzz_keys.fuzz(360, 1000 + seed) == []


def test_a_long_list_takes_two_columns_only_where_it_has_to_and_can() -> None:
    """In a low window half the lines do, so that what stands above stays in sight; never in a narrow one."""
    assert height(SECTIONS, 80, 16) == 3
    assert height(SECTIONS, 80, 40) == len(SECTIONS)
    assert height(SECTIONS, 60, 16) == len(SECTIONS)
    assert height(SECTIONS[:5], 80, 10) == 5
    assert height([*SECTIONS[:5], "in two\nlines"], 80, 16) == len(SECTIONS)


def test_two_columns_are_read_down_the_first_and_down_the_second() -> None:
    """Choices one to three stand left, the others beside them, with the pointer where it was."""
    lines: StyleAndTextTuples = [("", "» a"), ("", "\n"), ("", "  b"), ("", "\n"), ("", "  c")]
    assert fragment_list_to_text(_folded(lines, 6)) == "» a     c\n  b"
