"""The quiz in a real pseudo-terminal: what a person sees at several sizes, and what survives what happens."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from prompt_toolkit.utils import get_cwidth

from quizzes import LONG_OPTIONS, WIDE_OPTIONS, named
from whole.terminal.driver import CTRL_C, DOWN, ENTER, ESCAPE, LEFT, ROOT, UP, Terminal, python

PROGRAM = str(Path(__file__).with_name("program.py"))
SIZES = [(40, 20), (80, 24), (200, 50)]


def quiz(*words: str, size: tuple[int, int] = (80, 24), **settings: Any) -> Terminal:
    """Start a quiz; `settings` are the driver's."""
    return Terminal(python(PROGRAM, *words), columns=size[0], rows=size[1], **settings)


def result(terminal: Terminal, code: int = 0) -> dict[str, Any]:
    """Wait for the end, check the exit code, and return what the program printed."""
    assert code == terminal.wait_end(), terminal.text
    line = next(each for each in terminal.output.decode().splitlines() if "RESULT " in each)
    found: dict[str, Any] = json.loads(line.partition("RESULT ")[2])
    return found


def squeezed(text: str) -> str:
    """Return text without spaces, which breaking lines changes, and with letters and their marks as one."""
    return "".join(normalize("NFC", text).split())


def holds(terminal: Terminal, *texts: str) -> bool:
    """Say whether all of each text is on the screen, whatever rows it is broken into."""
    shown = squeezed(terminal.text)
    return all(squeezed(each) in shown for each in texts)


@pytest.mark.parametrize("size", SIZES)
def test_whole_quiz(size: tuple[int, int]) -> None:
    """Answers, back, skip, why, review and the later steps show what they should at every size."""
    with quiz("three", size=size) as terminal:
        terminal.wait_for("Interests · 1 of 3")
        terminal.wait_for("3 questions, about 1 minute")
        assert terminal.alternate
        terminal.send("4")
        terminal.wait_for("Lifestyle · 2 of 3")
        terminal.send("b")
        terminal.wait_for("» 4 Agree · your answer")
        terminal.send(ENTER)
        terminal.wait_for("2 of 3")
        terminal.send("?")
        terminal.wait_for("Why we ask: Reason for two.")
        assert "Source" not in terminal.text
        terminal.send("?")
        terminal.wait_for("Reason for two. Source: A study of weeks")
        terminal.send("?s")
        terminal.wait_for("Goals · 3 of 3")
        terminal.send(LEFT)
        terminal.wait_for("You skipped this one.")
        terminal.send("s")
        terminal.wait_for("Goals · 3 of 3")
        terminal.wait_for("Skipped.")
        terminal.send(DOWN * 2 + ENTER)
        terminal.wait_for("Your answers. You skipped one (marked !).")
        terminal.wait_for("! skipped")
        terminal.send(DOWN * 2 + ENTER)
        terminal.wait_for("b back to your answers")
        terminal.send("5")
        terminal.wait_for("» Statement two is true of me. Strongly agree")
        terminal.send("c")
        terminal.wait_for("What matters most to you?")
        terminal.send(" " + ENTER)
        terminal.wait_for("Is there any path you would turn down")
        terminal.send(ENTER)
        terminal.wait_for("which path are you leaning toward right now?")
        terminal.send("3")
        assert result(terminal)["sheet"] == {
            "pack": "test",
            "answers": {"one": "4", "two": "5", "three": "o2"},
            "matters_most": ["care"],
            "does_not_matter": [],
            "rule_out": [],
            "lean": "hybrid",
        }
        assert not terminal.alternate
        assert "Statement" not in terminal.text


@pytest.mark.parametrize("size", [(40, 24), *SIZES[1:]])
def test_bundled_quiz(size: tuple[int, int]) -> None:
    """Every question of the bundled pack fits the terminal with all its options, digits and keys."""
    pack = named("bundled")
    with quiz("bundled", size=size) as terminal:
        for number, question in enumerate(pack.in_order, start=1):
            terminal.wait_for(f"· {number} of {len(pack.questions)}")
            wanted = [question.text, *(each.text for each in question.options), "q save and leave"]
            terminal.wait_for(lambda t, wanted=wanted: holds(t, *wanted))  # type: ignore[misc]
            terminal.send("2")
        terminal.wait_for("Your answers.")
        terminal.send("q")
        assert len(pack.questions) == len(result(terminal, 130)["sheet"]["answers"])


@pytest.mark.parametrize(("name", "options"), [("long", LONG_OPTIONS), ("wide", WIDE_OPTIONS)])
def test_no_option_is_cut(name: str, options: tuple[str, ...]) -> None:
    """At 40 columns each option can be read in full, scrolled into sight when it must be."""
    with quiz(name, size=(40, 20)) as terminal:
        terminal.wait_for("1 of 2")
        for place, option in enumerate(options, start=1):
            # Down scrolls a screenful that is too long, line by line, then moves on to the next option.
            while not (f"» {place}" in terminal.text and holds(terminal, option)):
                before = terminal.text
                beyond = any(f"» {later}" in before for later in range(place + 1, len(options) + 1))
                terminal.send(UP if beyond else DOWN)
                terminal.wait_for_change(before)
            assert max(map(get_cwidth, terminal.lines)) <= 40
        terminal.send("1")
        terminal.wait_for("2 of 2")


def test_twelve_options() -> None:
    """A first digit that may go on is shown with what would end it; the second one answers."""
    with quiz("twelve", size=(40, 20)) as terminal:
        terminal.wait_for("1-12 answer")
        terminal.send("1")
        terminal.wait_for("1_ Enter for 1, one more digit for 10, 11, 12")
        terminal.send("1")
        terminal.wait_for("2 of 2")
        terminal.send("q")
        assert result(terminal, 130)["sheet"]["answers"] == {"many": "o11"}


def test_resize_in_the_middle() -> None:
    """A terminal made narrower and wider in mid-question shows the same question laid out anew, and only it."""
    with quiz("long", size=(100, 30)) as terminal:
        terminal.wait_for("1 of 2")
        terminal.send(DOWN * 2)
        terminal.wait_for("» 2")
        terminal.resize(40, 20)
        terminal.wait_for(lambda t: "» 2" in t.text and max(map(len, t.lines)) <= 40 and "↑ more" in t.text)
        terminal.resize(120, 40)
        terminal.wait_for(lambda t: "Incomprehensibilities" in t.text and "more" not in t.text)
        assert terminal.text.count("1 of 2") == 1
        terminal.send(ENTER)
        terminal.wait_for("2 of 2")
        terminal.send("q")
        assert result(terminal, 130)["sheet"]["answers"] == {"long": "o2"}


def test_typed_ahead() -> None:
    """Keys typed faster than questions are drawn answer one question each, and reach the steps after them."""
    with quiz("three") as terminal:
        terminal.wait_for("1 of 3")
        terminal.send("4s2" + ENTER + " " + ENTER + ENTER + "1")
        sheet = result(terminal)["sheet"]
    assert sheet["answers"] == {"one": "4", "two": "skip", "three": "o2"}
    assert sheet["matters_most"] == ["care"]
    assert sheet["lean"] == "academic"


def test_typed_before_the_first_question() -> None:
    """Keys typed while the program still starts are not lost."""
    with quiz("three") as terminal:
        terminal.send("5")
        terminal.wait_for("2 of 3")
        terminal.send("q")
        assert result(terminal, 130)["sheet"]["answers"] == {"one": "5"}


def test_pasted() -> None:
    """Pasted digits answer like typed ones; a pasted sentence answers nothing."""
    with quiz("three") as terminal:
        terminal.wait_for("1 of 3")
        terminal.paste("see questions 1 and 2")
        terminal.paste("52")
        terminal.wait_for("3 of 3")
        terminal.send("q")
        assert result(terminal, 130)["sheet"]["answers"] == {"one": "5", "two": "2"}


@pytest.mark.parametrize("key", ["q", CTRL_C, f"{ESCAPE}[200~hello{CTRL_C}"])
def test_leaving(key: str) -> None:
    """Leaving gives the terminal back as it was, with the answers kept."""
    with quiz("three") as terminal:
        terminal.wait_for("1 of 3")
        terminal.send("4")
        terminal.wait_for("2 of 3")
        terminal.send(key)
        found = result(terminal, 130)
        assert found["left"]
        assert found["sheet"]["answers"] == {"one": "4"}
        assert terminal.text.startswith("RESULT")
        assert not terminal.alternate


def test_split_arrow_key_is_no_escape() -> None:
    """An arrow key of which Esc arrives 20 ms before the rest moves the pointer; it is not taken for Esc."""
    for _ in range(5):  # On a busy machine 20 ms may become more than anybody would wait for.
        with quiz("three") as terminal:
            terminal.wait_for("q save and leave")
            terminal.send("4")
            terminal.wait_for("2 of 3")
            terminal.send(DOWN[0])
            terminal.read(0.02)
            terminal.send(DOWN[1:])
            terminal.wait_for(lambda t: "» 1" in t.text or "1 of 3" in t.text)
            if "2 of 3" in terminal.text:
                return
    pytest.fail("every split arrow key was taken for Esc")


def test_resize_in_the_review() -> None:
    """The review survives a narrower terminal: it is there once, from the top, and no line is cut."""
    with quiz("long", size=(100, 30)) as terminal:
        terminal.wait_for("1 of 2")
        terminal.send("11")
        terminal.wait_for(lambda t: "» Looks right, continue" in t.text and "What would you" in t.text)
        wanted = terminal.lines[next(n for n, line in enumerate(terminal.lines) if "What would you" in line)]
        terminal.resize(40, 24)
        terminal.wait_for(lambda t: max(map(len, t.lines)) <= 40 and holds(t, wanted, "Looks right, continue"))
        assert terminal.lines[0].startswith(" Your answers.")
        assert terminal.text.count("Your answers.") == 1
        terminal.send("q")
        result(terminal, 130)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("where", ["question", "review", "plain"])
def test_signals(number: int, where: str) -> None:
    """SIGTERM and SIGHUP leave like q: the terminal is given back, the answers are kept."""
    with quiz("three", *(["plain"] if where == "plain" else [])) as terminal:
        terminal.wait_for("1 of 3")
        terminal.send("4\r" if where == "plain" else "4" if where == "question" else "441")
        terminal.wait_for("Your answers" if where == "review" else "2 of 3")
        os.kill(terminal.child.pid, number)
        found = result(terminal, 130)
        assert found["left"]
        assert found["sheet"]["answers"]["one"] == "4"
        assert not terminal.alternate


def test_closed_terminal(tmp_path: Path) -> None:
    """When the window is closed the program ends, without a traceback, and every answer is on disk."""
    journal = tmp_path / "journal"
    errors = tmp_path / "errors"
    command = f"exec {' '.join(python(PROGRAM))} three journal={journal} 2>{errors}"
    with Terminal(["/bin/sh", "-c", command]) as terminal:
        terminal.wait_for("1 of 3")
        terminal.send("4")
        terminal.wait_for("2 of 3")
        terminal.hang_up()
    assert json.loads(journal.read_text().splitlines()[-1])["answers"] == {"one": "4"}
    assert "Traceback" not in errors.read_text()


def test_saved_before_the_next_question(tmp_path: Path) -> None:
    """When a question is on screen, the answer to the one before it is on disk: kill -9 loses nothing."""
    journal = tmp_path / "journal"
    with quiz("three", f"journal={journal}") as terminal:
        terminal.wait_for("1 of 3")
        terminal.send("4")
        terminal.wait_for("2 of 3")
        os.kill(terminal.child.pid, signal.SIGKILL)
        assert terminal.wait_end() == -signal.SIGKILL
    assert json.loads(journal.read_text().splitlines()[-1])["answers"] == {"one": "4"}


@pytest.mark.parametrize("size", SIZES)
def test_failure_to_save_is_shown(size: tuple[int, int]) -> None:
    """A failure to save stands under the next question, and goes when saving works again."""
    with quiz("three", "unsaved", size=size) as terminal:
        terminal.wait_for("1 of 3")
        terminal.send("4")
        terminal.wait_for("! This answer is not saved: no space left on device.")
        assert "2 of 3" in terminal.text
        terminal.send("4")
        terminal.wait_for(lambda t: "3 of 3" in t.text and "not saved" not in t.text)


def test_early_stop() -> None:
    """The offer to stop says what the result would be worth; no digit takes it, a letter does."""
    with quiz("nine", "settled") as terminal:
        terminal.wait_for("1 of 9")
        terminal.send("4444442")
        terminal.wait_for("Your answers point to the Clinical path, about 8 in 10.")
        terminal.wait_for("» g Keep going with the 3 questions left")
        terminal.send("21")
        terminal.settle()
        assert "Keep going" in terminal.text
        terminal.send("e")
        terminal.wait_for("Your answers.")
        terminal.send(ENTER * 4)
        assert len(result(terminal)["sheet"]["answers"]) == 6


def test_what_the_terminal_sends_by_itself(tmp_path: Path) -> None:
    """Late answers, chords, reports and a paste without an end answer nothing and leave nothing, the reasons open or not."""
    with quiz("three", f"journal={tmp_path / 'journal'}") as terminal:
        terminal.wait_for("1 of 3")
        for sequence in ("[c", "2", "x", "[1;3A", "[I", "]11;rgb:1e1e/2121/1111\x07", "[?62;22c", "P1$r2\x1b\\"):
            terminal.send(f"{ESCAPE}{sequence}")
        terminal.send("?")
        terminal.wait_for("Why we ask")
        terminal.send(f"{ESCAPE}2{ESCAPE}]11;rgb:1e1e/2121/1111\x07{ESCAPE}[200~1 and 2")
        terminal.settle()
        terminal.read(0.6)
        assert "1 of 3" in terminal.text
        assert not (tmp_path / "journal").exists()
        terminal.send(f"{ESCAPE}Or")
        terminal.wait_for("Answered: Disagree")
        terminal.send(ESCAPE)
        terminal.wait_for("» 2 Disagree · your answer")
        terminal.send("q")
        assert result(terminal, 130)["sheet"]["answers"] == {"one": "2"}


def test_suspended_and_taken_up_again() -> None:
    """Ctrl-Z gives the terminal to the shell, fg draws the question again, and it goes on; so for a menu outside."""
    with Terminal(["/bin/bash", "--norc", "-i"], env={"PS1": "shell> "}) as terminal:
        for words, wanted in (("three", "1 of 3"), ("three menu", "What next?")):
            terminal.wait_for("shell>")
            terminal.send(f"clear; {' '.join(python(PROGRAM))} {words}\r")
            terminal.wait_for(f"{wanted}")
            terminal.wait_for("q ")
            terminal.send("\x1a")
            terminal.wait_for("Stopped")
            assert not terminal.alternate
            terminal.send("clear; fg\r")
            terminal.wait_for(lambda t, wanted=wanted: wanted in t.words and "Stopped" not in t.words)  # type: ignore[misc]
            terminal.send("1q")
            terminal.wait_for("RESULT")
            assert not terminal.alternate


def test_ctrl_l_draws_anew() -> None:
    """What another program wrote over the question is gone after Ctrl-L."""
    with quiz("three") as terminal:
        terminal.wait_for("q save and leave")
        before = terminal.text
        terminal.draw("\x1b[HGarbage of another program\r\n\x1b[K")
        assert "Garbage" in terminal.text
        terminal.send("\x0c")
        terminal.wait_for(lambda t: t.text == before)


def test_cursor_stands_on_what_is_selected() -> None:
    """A magnifier that follows the cursor is at the question, then at the selected option, and in the lists too."""
    with quiz("three") as terminal:
        terminal.wait_for("q save and leave")
        assert "A test of weeks" in terminal.cursor_line
        for keys, wanted in (("j", "» 1"), ("jj", "» 3"), ("k", "» 2")):
            terminal.send(keys)
            terminal.wait_for(lambda t, wanted=wanted: wanted in t.cursor_line)  # type: ignore[misc]
        terminal.send("111")
        terminal.wait_for(lambda t: "» Looks right, continue" in t.cursor_line)
        terminal.send(DOWN * 2)
        terminal.wait_for(lambda t: "» Statement two" in t.cursor_line)


@pytest.mark.parametrize("environ", [{"LANG": "C"}, {"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}])
def test_ascii_terminal(environ: dict[str, str]) -> None:
    """A terminal without UTF-8 gets ASCII only, in the questions and in the steps after them."""
    with quiz("three", env=environ, size=(40, 20)) as terminal:
        terminal.wait_for("Interests - 1 of 3")
        terminal.send("j")
        terminal.wait_for("> 1 Strongly disagree")
        terminal.send("44")
        terminal.wait_for("3 of 3")
        terminal.send("1")
        terminal.wait_for("> Looks right, continue")
        terminal.send(ENTER)
        terminal.wait_for("> - Patient care")
        terminal.send(" ")
        terminal.wait_for("> x Patient care")
        terminal.send("q")
        result(terminal, 130)
    assert terminal.output.isascii()


def test_color_and_no_color() -> None:
    """Color marks the pointer where it may; with NO_COLOR there is none, and bold and signs are enough."""
    for environ, colored in (({}, True), ({"NO_COLOR": "1"}, False)):
        with quiz("three", env=environ) as terminal:
            terminal.wait_for("q save and leave")
            terminal.send("j")
            terminal.wait_for("» 1")
            row = next(number for number, line in enumerate(terminal.lines) if "»" in line)
            color, bold = terminal.style(row, 1)
            assert colored is (color != "default")
            assert bold
            assert colored is any(b"\x1b[" + each in terminal.output for each in (b"0;38;", b"38;5"))


def test_cursor_query_is_never_needed() -> None:
    """A terminal that does not answer the cursor query costs nothing: it is not asked."""
    with quiz("three", answers_cursor=False) as terminal:
        terminal.wait_for("1 of 3")
        terminal.send("111")
        terminal.wait_for("Your answers.")
        assert b"\x1b[6n" not in terminal.output


def test_prompt_outside_the_quiz() -> None:
    """A question before the quiz stands in the normal screen, does not ask for the cursor, and leaves no trace."""
    with quiz("three", "confirm", answers_cursor=False) as terminal:
        terminal.wait_for("Begin?")
        terminal.wait_for("q leave")
        assert not terminal.alternate
        terminal.send("2")
        terminal.wait_for("1 of 3")
        assert terminal.alternate
        terminal.send("q")
        result(terminal, 130)
        assert b"\x1b[6n" not in terminal.output
        assert terminal.text.startswith("RESULT")


def test_stdout_elsewhere(tmp_path: Path) -> None:
    """With stdout redirected the quiz is drawn on stderr, and the file holds the result alone."""
    file = tmp_path / "out"
    with Terminal(["/bin/sh", "-c", f"exec {' '.join(python(PROGRAM))} three > {file}"]) as terminal:
        terminal.wait_for("1 of 3")
        terminal.send("111")
        terminal.wait_for("Your answers.")
        terminal.send(ENTER * 4)
        assert terminal.wait_end() == 0
    assert file.read_text().startswith("RESULT")


def test_no_terminal() -> None:
    """Without a terminal on stdin there is one line that names --answers, exit code 2, and no prompt."""
    done = subprocess.run(
        python(PROGRAM, "three"),
        input="1\n1\n1\n",
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "--answers FILE" in done.stderr


@pytest.mark.parametrize("size", SIZES)
def test_plain_has_no_escape(size: tuple[int, int]) -> None:
    """The plain quiz writes no control character at all, from the first question to the end."""
    with quiz("three", "plain", size=size) as terminal:
        terminal.wait_for(lambda t: t.output.endswith(b"q): "))
        assert "Question 1 of 3. Interests." in terminal.output.decode()
        terminal.send("4\n")
        terminal.wait_for("Answered: Agree")
        terminal.send("b\n\n")
        terminal.wait_for("Kept: Agree")
        # What is typed before a prompt is echoed amid the lines above it.
        terminal.wait_for(lambda t: t.output.endswith(b"q): "))
        terminal.send("?\n")
        terminal.wait_for("Why we ask: Reason for two.")
        terminal.send("s\n2\n")
        terminal.wait_for("Number of an answer to change, or Enter to continue:")
        terminal.send("2\n5\n\n")
        terminal.wait_for("What matters most to you?")
        terminal.send("1 2\n\n")
        terminal.wait_for("which path are you leaning toward right now?")
        terminal.send("3\n")
        found = result(terminal)
    assert found["sheet"]["answers"] == {"one": "4", "two": "5", "three": "o2"}
    assert all(each in "\r\n" or each.isprintable() for each in terminal.output.decode())


@pytest.mark.parametrize("environ", [{"TERM": "dumb"}, {"ACCESSIBLE": "1"}])
def test_plain_by_environment(environ: dict[str, str]) -> None:
    """TERM=dumb and ACCESSIBLE=1 ask in plain lines."""
    with quiz("three", env=environ) as terminal:
        terminal.wait_for("Answer (1-5, b, s, ?, q):")
        terminal.send(CTRL_C)
        assert result(terminal, 130)["left"]
    assert b"\x1b" not in terminal.output
