"""The running quiz: how a question is laid out, and what each key does to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from prompt_toolkit.utils import get_cwidth

from pathfinder.answers.interview import Interview, start
from pathfinder.ask import words
from pathfinder.ask.layout import REASONS, SOURCES, TOP, WHY, QuestionPage, View, lay_out, typed
from pathfinder.ask.marks import ASCII, UNICODE, marks_for
from pathfinder.ask.screen_asker import ScreenAsker
from pathfinder.ask.wrapping import shorten, wrap
from pathfinder.pack import SKIP
from quizzes import LONG_OPTIONS, TWELVE, WIDE_OPTIONS, choice, named, pack, scale

if TYPE_CHECKING:
    from pathfinder.pack import Pack

TEXTS = st.text(
    st.one_of(
        st.characters(blacklist_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), st.sampled_from("aé 漢語かא\u0301 、")
    ),
    max_size=60,
)


def rows(shown: QuestionPage) -> list[str]:
    """Return the rows of a page as plain text."""
    return ["".join(text for _, text in line) for line in shown.lines]


def drawn(view: View, width: int = 80, height: int = 24) -> list[str]:
    """Lay a view out and return its rows."""
    return rows(lay_out(view, width, height, UNICODE))


def squeezed(text: str) -> str:
    """Return text without any space, which is all that breaking lines may change."""
    return "".join(text.split())


class Played(list[Interview]):
    """The interviews that were recorded, and the one the run ended with."""

    end: Interview | None = None


def play(keys: str, of: Pack, begin: Interview | None = None, *, alone: bool = False) -> Played:
    """Send keys to the running quiz, then Ctrl-C, and return what it recorded."""
    played = Played()
    with create_pipe_input() as pipe:
        pipe.send_text(keys + "\x03")
        asker = ScreenAsker(pipe, DummyOutput())
        begin = begin or start(of)
        try:
            with asker.stage():
                if alone:
                    asker.change(begin, record=played.append)
                else:
                    played.end = asker.questions(begin, record=played.append, pause=lambda _: False)
        except KeyboardInterrupt:
            pass
    return played


def test_question_at_eighty_columns() -> None:
    """A question shows theme and progress, its text, the options with their digits, and the keys apart from them."""
    interview = start(named("three")).answer("4")
    assert drawn(View(interview=interview, selected=1)) == [
        " Lifestyle · 2 of 3  ━━━━━━━━────────────────",
        "",
        " Statement two is true of me.",
        "",
        "   1  Strongly disagree",
        " » 2  Disagree",
        "   3  Neither agree nor disagree",
        "   4  Agree",
        "   5  Strongly agree",
        "",
        " 1-5 answer   ↑↓ Enter choose   b back   s skip   ? why   q save and leave",
    ]


def test_ascii_question() -> None:
    """Without UTF-8 every sign of ours is ASCII, and letters lose their accents rather than their place."""
    interview = start(pack(scale("one", text="Über 50 % \u2013 naïve “quotes”…")))
    shown = rows(lay_out(View(interview=interview), 80, 24, ASCII))
    assert ' Uber 50 % - naive "quotes"~' in shown
    assert all(row.isascii() for row in shown)


def test_earlier_answer_is_named() -> None:
    """A question one returns to says in words which answer it has."""
    interview = start(named("three")).answer("4").back()
    assert "   4  Agree · your answer" in drawn(View(interview=interview))
    assert " You skipped this one." in drawn(View(interview=start(named("three")).skip().back()))


def test_reasons_and_sources() -> None:
    """The reason stands between question and options; after it title, publisher, year and link of each source."""
    interview = start(named("three"))
    assert " Why we ask: Reason for one." in drawn(View(interview=interview, why=WHY))
    assert "Source:" not in "".join(drawn(View(interview=interview, why=WHY)))
    assert drawn(View(interview=interview, why=SOURCES))[4:7] == [
        " Why we ask: Reason for one.",
        " Source: A study of weeks, Journal of Weeks, 2015",
        "         https://doi.org/10.1000/weeks.2015",
    ]


def test_notice_is_seen_at_any_size() -> None:
    """A failure to save is on the screen however small it is and wherever the question is scrolled."""
    for width, height in ((40, 20), (40, 10), (80, 24), (200, 50)):
        view = View(interview=start(named("long")), selected=2, notice="This answer is not saved.")
        assert " ! This answer is not saved." in drawn(view, width, height)


@pytest.mark.parametrize("options", [LONG_OPTIONS, WIDE_OPTIONS, TWELVE])
@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_options_are_never_cut(options: tuple[str, ...], width: int) -> None:
    """All of every option is on the page at any width, and no row is wider than the terminal."""
    interview = start(pack(choice("c", options)))
    shown = drawn(View(interview=interview), width, 100)
    assert max(map(get_cwidth, shown)) <= width
    text = squeezed(" ".join(shown))
    assert all(squeezed(each) in text for each in options)


def test_hanging_indent() -> None:
    """The second row of an option begins under its text, not under its digit, and breaks between words."""
    interview = start(pack(choice("c", LONG_OPTIONS)))
    shown = drawn(View(interview=interview, selected=0), 40, 100)
    assert " » 1  A post in which the mornings" in shown
    assert "      belong to patients who come back" in shown


@pytest.mark.parametrize("selected", range(12))
@pytest.mark.parametrize("height", [8, 10, 14, 20])
def test_selected_option_is_in_sight(selected: int, height: int) -> None:
    """When a question is taller than the terminal, the selected option is on the page, whichever it is."""
    view = View(interview=start(named("twelve")), selected=selected)
    shown = lay_out(view, 40, height, UNICODE)
    assert len(shown.lines) <= height
    assert shown.cursor is not None
    assert rows(shown)[shown.cursor].startswith(" »")


def test_long_question_is_read_from_its_beginning() -> None:
    """A question taller than the terminal first shows its beginning and says that there is more."""
    shown = drawn(View(interview=start(named("long")), lift=TOP), 40, 14)
    assert any("What would you really like" in row for row in shown)
    assert " ↓ more" in shown


def test_reasons_are_scrolled_to() -> None:
    """On a small screen `?` brings the reasons into sight even when options must give way."""
    for selected in (None, 0, 4):
        view = View(interview=start(named("three")), selected=selected, why=WHY, lift=REASONS)
        assert " Why we ask: Reason for one." in drawn(view, 40, 12)


@settings(deadline=None)
@given(st.integers(1, 120), st.integers(1, 60), st.sampled_from(["three", "twelve", "long", "wide"]), st.integers(0, 2))
def test_no_size_is_too_small(width: int, height: int, name: str, why: int) -> None:
    """Any terminal gets a page no taller than itself; from 20 columns on, no wider either."""
    view = View(interview=start(named(name)), why=why, opening="Some words.", notice="Not saved.", typed="1", echo="A")
    shown = rows(lay_out(view, width, height, UNICODE))
    assert len(shown) <= height
    assert width < 20 or max(map(get_cwidth, shown)) <= width


@settings(deadline=None)
@given(TEXTS, st.integers(2, 60))
def test_wrap_loses_nothing_and_fits(text: str, width: int) -> None:
    """Breaking lines changes nothing but spaces, and no line is wider than asked."""
    lines = wrap(text, width)
    assert squeezed("".join(lines)) == squeezed(text)
    assert all(get_cwidth(line) <= width for line in lines)


def test_wrap_breaks_at_words() -> None:
    """Lines break at spaces; only a word longer than the line is broken, and marks stay with their letters."""
    assert wrap("one two three", 7) == ["one two", "three"]
    assert wrap("a abcdefgh b", 4) == ["a", "abcd", "efgh", "b"]
    assert wrap("cafe\u0301cafe\u0301", 4) == ["cafe\u0301", "cafe\u0301"]
    assert wrap("👩\u200d⚕\ufe0fb", 3) == ["👩\u200d⚕\ufe0f", "b"]
    assert wrap("10\u00a0% of it", 5) == ["10\u00a0%", "of it"]


def test_wrap_of_chinese() -> None:
    """Wide characters break anywhere, but a line does not begin with a full stop."""
    assert wrap("我想研究。问题", 8) == ["我想研", "究。问题"]


def test_shorten_ends_at_a_word() -> None:
    """A text that is too long for one line ends at a word with an ellipsis, within the width."""
    assert shorten("one two three", 13, "…") == "one two three"
    assert shorten("one two, three", 10, "…") == "one two…"


@pytest.mark.parametrize(
    ("before", "digit", "options", "expected"),
    [
        ("", "3", 5, ("", 2)),
        ("", "6", 5, ("", None)),
        ("", "0", 12, ("", None)),
        ("", "1", 9, ("", 0)),
        ("", "1", 12, ("1", None)),
        ("", "2", 12, ("", 1)),
        ("1", "2", 12, ("", 11)),
        ("1", "0", 12, ("", 9)),
        ("1", "5", 12, ("1", None)),
    ],
)
def test_typed_digits(before: str, digit: str, options: int, expected: tuple[str, int | None]) -> None:
    """A digit answers as soon as no other could follow, waits when one could, and is ignored when it leads nowhere."""
    assert typed(before, digit, options) == expected


@pytest.mark.parametrize(
    ("encoding", "environ", "expected"),
    [
        ("utf-8", {}, "·"),
        ("UTF-8", {"LANG": "de_DE.UTF-8"}, "·"),
        ("utf-8", {"LANG": "C", "LC_CTYPE": "C.UTF-8"}, "-"),
        ("utf-8", {"LC_ALL": "POSIX"}, "-"),
        ("ascii", {}, "-"),
        ("iso8859-1", {}, "-"),
        (None, {}, "-"),
        ("no-such-encoding", {}, "-"),
    ],
)
def test_marks_fit_the_terminal(encoding: str | None, environ: dict[str, str], expected: str) -> None:
    """Only an output that is UTF-8, in a locale that is, gets signs that are not ASCII."""
    assert marks_for(encoding, environ).dot == expected


@pytest.mark.parametrize(
    ("keys", "answers"),
    [
        ("5", {"one": "5"}),
        ("52", {"one": "5", "two": "2"}),
        ("\r\rj\r", {"one": "1"}),
        ("\x1b[B\x1b[B\r", {"one": "2"}),
        ("jJjK\r", {"one": "2"}),
        ("k\r", {"one": "5"}),
        ("\x1b[6~\r", {"one": "5"}),
        ("\x1b[6~\x1b[5~\r", {"one": "1"}),
        ("\x1b[H\r", {"one": "1"}),
        ("S4", {"one": SKIP, "two": "4"}),
        ("sb\r4", {"one": SKIP, "two": "4"}),
        ("51B4", {"one": "5", "two": "4"}),
        ("4bsy", {"one": SKIP}),
        ("4bsY", {"one": SKIP}),
        ("4bss\r", {"one": "4"}),
        ("4bsn\r", {"one": "4"}),
        ("4bs2", {"one": "2"}),
        ("4by\r", {"one": "4"}),
        ("\x1bOr\x1bOs", {"one": "2", "two": "3"}),
        ("j\x1bOM", {"one": "1"}),
        ("??\x0c?5", {"one": "5"}),
        ("s4", {"one": SKIP, "two": "4"}),
        ("51b4", {"one": "5", "two": "4"}),
        ("51\x1b[D4", {"one": "5", "two": "4"}),
        ("5bb\r1", {"one": "5", "two": "1"}),
        ("?5", {"one": "5"}),
        ("789xyz5", {"one": "5"}),
        ("\x1b[4~\r", {"one": "5"}),
        ("5\x1b[F\r", {"one": "5", "two": "5"}),
    ],
)
def test_keys(keys: str, answers: dict[str, str]) -> None:
    """Digits answer at once, arrows and j/k choose for Enter, b and left go back to the earlier answer, s skips."""
    assert answers == play(keys, named("three"))[-1].answers


def test_every_answer_is_recorded_before_the_next_question() -> None:
    """Each answer and each skip is recorded once, in order, with the place that follows it."""
    assert [each.place for each in play("4s2", named("three"))] == [1, 2, 3]


def test_end_of_the_questions() -> None:
    """The run ends with the last answer, and keys typed ahead of it are left for what follows."""
    played = play("111", named("three"))
    assert played.end is not None
    assert played.end.finished


@pytest.mark.parametrize("key", ["q", "Q", "\x03", "\x04", "\x1b[200~hello\x03", "\x1b\x03", "\x1b]11;\x03"])
def test_leaving(key: str) -> None:
    """q, Ctrl-D and, in whatever has begun, Ctrl-C leave, and what was answered before is recorded."""
    played = play("4" + key, named("three"))
    assert played[-1].answers == {"one": "4"}
    assert played.end is None


def test_twelve_options() -> None:
    """Above nine options a second digit completes the number, and Enter confirms one that could go on."""
    assert play("12", named("twelve"))[-1].answers == {"many": "o12"}
    assert play("1\r", named("twelve"))[-1].answers == {"many": "o1"}
    assert play("3", named("twelve"))[-1].answers == {"many": "o3"}
    assert play("1\x7f\r2", named("twelve"))[-1].answers == {"many": "o1", "after": "2"}


def test_paste() -> None:
    """Pasted keys count as typed ones; text that holds anything else answers nothing."""
    assert play("\x1b[200~52\x1b[201~", named("three"))[-1].answers == {"one": "5", "two": "2"}
    assert play("\x1b[200~5 apples and 2 pears\x1b[201~", named("three")) == []


def test_enter_answers_nothing_out_of_sight() -> None:
    """Enter brings the selected option into sight before it answers it."""
    tall = pack(choice("tall", ("A", "B"), text="A long question. " * 300), scale("after"))
    assert play("\r\r", tall) == []
    assert play("j\r", tall) == []
    assert play("j\r\r", tall)[-1].answers == {"tall": "o1"}


def test_resumed_interview_asks_only_open_questions() -> None:
    """After an open question comes the next open one, so nobody is asked twice; after back, all are met again."""
    of = named("three")
    holed = Interview(pack=of, order=of.in_order, answers={"two": "3"}).at_first_open()
    assert [each.current.id for each in play("5", of, holed)] == ["three"]
    assert [each.current.id for each in play("5bb1", of, start(of))] == ["two", "two"]


def test_single_question() -> None:
    """A question opened from the review ends with its answer, and b leaves the answer as it was."""
    of = named("three")
    full = start(of).answer("1").answer("2").answer("o3").at("two")
    assert play("5", of, full, alone=True)[-1].answers == {"one": "1", "two": "5", "three": "o3"}
    assert play("b", of, full, alone=True) == []


def test_failure_while_recording_ends_the_run() -> None:
    """An error in the caller's recording comes out of the run instead of being printed over the quiz."""

    def fail(_: Interview) -> None:
        raise LookupError

    with create_pipe_input() as pipe:
        pipe.send_text("4")
        asker = ScreenAsker(pipe, DummyOutput())
        with pytest.raises(LookupError), asker.stage():
            asker.questions(start(named("three")), record=fail, pause=lambda _: False)


def test_titles_end_in_one_stop() -> None:
    """A title that asks is not followed by a second stop."""
    assert words.as_sentence("Which dog?") == "Which dog?"
    assert words.as_sentence("Careers") == "Careers."


@pytest.mark.parametrize("width", [40, 80])
def test_why_says_which_sources_are_secondary(width: int, bundled: Pack) -> None:
    """Whoever asks why sees of every source whether it is the study itself or a page that reports it."""
    kinds = set()
    for question in bundled.questions:
        view = View(interview=start(bundled).at(question.id), why=SOURCES, lift=TOP)
        shown = " ".join(text for line in lay_out(view, width, 200, UNICODE).lines for _, text in line)
        for source in question.sources:
            named = bundled.source_by_id[source]
            kinds.add(named.kind)
            assert " ".join(named.reference.split()) in " ".join(shown.split())
            assert named.reference.endswith(" (secondary)") == (named.kind == "secondary")
    assert kinds == {"primary", "secondary"}


class Restless(DummyOutput):
    """A terminal whose size is another one every time somebody asks."""

    def __init__(self, every: int) -> None:
        self._asked, self._every = 0, every

    def get_size(self) -> Size:
        """Return one of two sizes."""
        self._asked += 1
        return Size(rows=5, columns=80) if self._asked // self._every % 2 else Size(rows=24, columns=40)


@pytest.mark.parametrize("every", range(1, 8))
def test_a_size_that_changes_while_a_question_is_drawn(every: int) -> None:
    """Between asking for the text and for the cursor a window may change: one page is drawn, and keys go on working."""
    with create_pipe_input() as pipe:
        pipe.send_text("j?j1k2jj\r")
        asker = ScreenAsker(pipe, Restless(every))
        with asker.stage():
            end = asker.questions(start(named("three")), record=lambda _: None, pause=lambda _: False)
    assert end.finished
