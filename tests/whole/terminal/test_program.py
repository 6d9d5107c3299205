"""The whole program in a real pseudo-terminal: from the first question to the result, and everything that may happen.

Screens are compared with files in tests/golden/screens; after a wanted change draw them anew with
`PATHFINDER_GOLDEN=write pytest tests/terminal/test_program.py`, and look at each.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from pathfinder.answers.sheetfile import read_sheet
from pathfinder.pack import load_pack
from pathfinder.result.order import order as whole_order
from pathfinder.result.order import short_order
from whole.terminal.driver import CTRL_C, DOWN, ENTER, ROOT, Terminal, python

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Run
    from pathfinder.pack import Pack

PACK: Final = ROOT / "tests" / "packs" / "golden"
SHEETS: Final = ROOT / "tests" / "sheets" / "results"
SCREENS: Final = ROOT / "tests" / "golden" / "screens"
SIZES: Final = [(40, 20), (80, 24), (200, 50)]
REVIEW: Final = "then continue."
OFFER: Final = "End here and look over my answers"


@pytest.fixture
def golden(monkeypatch: pytest.MonkeyPatch) -> Pack:
    """Return the small pack, and let every quiz of the test be about it."""
    monkeypatch.setenv("PATHFINDER_PACK", str(PACK))
    return load_pack(PACK)


def program(*arguments: str, size: tuple[int, int] = (80, 24), **settings: Any) -> Terminal:
    """Start the program; `settings` are the driver's."""
    return Terminal(python("-m", "pathfinder", *arguments), columns=size[0], rows=size[1], **settings)


def redirected(command: str, file: Path) -> Terminal:
    """Start the program at a terminal, with standard output going to a file."""
    return Terminal(["/bin/sh", "-c", f"exec {' '.join(python('-m', 'pathfinder'))} {command} > '{file}'"])


def keys_of(pack: Pack, sheet: str = "clear") -> list[str]:
    """Return the digits that give a sheet's answers, in the order in which the quiz asks."""
    answers = read_sheet(SHEETS / f"{sheet}.yaml", pack).answers
    return [str(each.index(answers[each.id]) + 1) for each in whole_order(pack)]


def saved() -> list[dict[str, Any]]:
    """Return what the session files hold, in the order of their names."""
    folder = Path(os.environ["PATHFINDER_HOME"]) / "sessions"
    return [json.loads(each.read_text("utf-8")) for each in sorted(folder.glob("*.json"))]


def answer(terminal: Terminal, keys: list[str], total: int, begin: int = 1) -> int:
    """Answer the questions from number `begin` on, each once it is drawn; return how many offers to stop were declined."""
    declined = 0
    for number, key in enumerate(keys, start=begin):
        here = f"\u00b7 {number} of {total} "
        terminal.wait_for(lambda t, here=here: here in f"{t.words} " or OFFER in t.words)  # type: ignore[misc]
        if OFFER in terminal.words:
            declined += 1
            terminal.send("g")
            terminal.wait_for(f"\u00b7 {number} of {total}")
        terminal.send(key)
    return declined


def finish(terminal: Terminal) -> None:
    """Go from the review to the end: one subject matters most, nothing is refused, the first path is leant to."""
    terminal.wait_for(REVIEW)
    terminal.send(ENTER)
    terminal.wait_for("What matters most to you?")
    terminal.send(" " + ENTER)
    terminal.wait_for("Is there any path you would turn down")
    terminal.send(ENTER)
    terminal.wait_for("which path are you leaning toward right now?")
    terminal.send("1")
    with suppress(AssertionError):  # Where the result goes to a file there is no menu, and the program ends.
        terminal.wait_for("q done")
        terminal.send("q")


def printed(terminal: Terminal) -> str:
    """Return the words of what was printed after the quiz gave the terminal back, without colours."""
    shown = terminal.output.decode().rpartition("\x1b[?1049l")[2]
    return " ".join(re.sub(r"\x1b\[[0-9;]*m", "", shown).split())


def same_screen(terminal: Terminal, name: str, size: tuple[int, int]) -> None:
    """Wait until the screen is the one looked at last: a word of it can come before the rest of it is drawn."""
    file = SCREENS / f"{name}-{size[0]}x{size[1]}.txt"
    if os.environ.get("PATHFINDER_GOLDEN") == "write":
        terminal.settle()
        file.write_text(terminal.text + "\n", "utf-8")
    wanted = file.read_text("utf-8")
    with suppress(AssertionError):  # The comparison says more about the difference.
        terminal.wait_for(lambda t: t.text + "\n" == wanted)
    assert wanted == terminal.text + "\n"


def prompted(terminal: Terminal) -> None:
    """Wait until a plain prompt asks for a line: what is typed before is echoed amid the lines above it."""
    terminal.wait_for(lambda t: t.output.endswith(b": "))


def reply(terminal: Terminal, line: str) -> None:
    """Type a line at a plain prompt, and wait for its echo."""
    prompted(terminal)
    before = len(terminal.output)
    terminal.send(f"{line}\n")
    terminal.wait_for(lambda t: len(t.output) > before)


def said(terminal: Terminal) -> str:
    """Return the words of all that was written so far, as plain lines that scroll away leave nothing on a small screen."""
    return " ".join(terminal.output.decode("utf-8", "ignore").split())


@pytest.mark.parametrize("size", SIZES, ids=lambda each: f"{each[0]}x{each[1]}")
def test_whole_run(size: tuple[int, int], golden: Pack) -> None:
    """Back, skip, why, review and the later steps show, at each size, exactly what was looked at last."""
    total, keys = len(golden.questions), keys_of(golden)
    with program("quiz", size=size) as terminal:
        terminal.wait_for(f"1 of {total}")
        same_screen(terminal, "1-first", size)
        terminal.send(keys[0])
        terminal.wait_for(f"2 of {total}")
        terminal.send("b")
        terminal.wait_for("your answer")
        same_screen(terminal, "2-back", size)
        terminal.send(ENTER)
        terminal.wait_for(f"2 of {total}")
        terminal.send("?")
        terminal.wait_for("Evenings differ more than mornings.")
        same_screen(terminal, "3-why", size)
        terminal.send("??s")
        answer(terminal, keys[2:], total, begin=3)
        terminal.wait_for(REVIEW)
        same_screen(terminal, "4-review", size)
        terminal.send(ENTER)
        terminal.wait_for("What matters most to you?")
        same_screen(terminal, "5-matters", size)
        terminal.send(" " + DOWN + " " + ENTER)
        terminal.wait_for("Is there any path you would turn down")
        same_screen(terminal, "6-refuse", size)
        terminal.send(ENTER)
        terminal.wait_for("which path are you leaning toward right now?")
        same_screen(terminal, "7-lean", size)
        terminal.send("2")
        terminal.wait_for("q done")
        terminal.send("q")
        assert terminal.wait_end() == 0
        assert not terminal.alternate
        assert "lighthouse" in printed(terminal)
        assert "A room above the harbour" in printed(terminal)
    (session,) = saved()
    assert list(session["sheet"]["answers"].values()).count("skip") == 1
    assert session["finished"]


@pytest.mark.parametrize("size", SIZES, ids=lambda each: f"{each[0]}x{each[1]}")
def test_bundled_run(size: tuple[int, int], bundled: Pack) -> None:
    """A physician takes the bundled quiz from the first question to the result at every size."""
    order = whole_order(bundled)
    with program("quiz", size=size) as terminal:
        answer(terminal, [str(1 + place % 2 * (len(each.options) - 1)) for place, each in enumerate(order)], len(order))
        finish(terminal)
        assert terminal.wait_end() == 0
        shown = printed(terminal)
    assert all(each.name in shown for each in bundled.paths)
    assert "Your answers are saved on this machine only" in shown
    assert len(saved()[0]["sheet"]["answers"]) == len(order)


@pytest.mark.parametrize(
    ("arguments", "environ"),
    [(["--plain"], {}), ([], {"ACCESSIBLE": "1"}), ([], {"TERM": "dumb"})],
    ids=["--plain", "ACCESSIBLE", "TERM=dumb"],
)
@pytest.mark.parametrize("size", [(40, 20), (80, 24)], ids=lambda each: f"{each[0]}x{each[1]}")
def test_plain_run(arguments: list[str], environ: dict[str, str], size: tuple[int, int], golden: Pack) -> None:
    """Plain from the first question to the result: no escape, nothing redrawn, nothing that is only drawn."""
    total, keys = len(golden.questions), keys_of(golden)
    with program("quiz", *arguments, size=size, env=environ) as terminal:
        for line in (keys[0], "b", "", "?", "s"):
            reply(terminal, line)
        for number, key in enumerate(keys[2:], start=3):
            prompted(terminal)
            if f"Question {number} of {total}." not in said(terminal):
                assert OFFER in said(terminal)
                reply(terminal, "g")
            reply(terminal, key)
        for line in ("", "1", "", "1", ""):
            reply(terminal, line)
        assert terminal.wait_end() == 0
        output = terminal.output.decode()
    assert "\x1b" not in output
    assert "\r" not in output.replace("\r\n", "")
    assert not set(output) & set("█░▒│─╭╮╰╯━»")
    words = " ".join(output.split())
    assert "Answered:" in words
    assert "Kept:" in words
    assert "Why we ask:" in words
    assert "A lighthouse on an island, clearly" in words


@pytest.mark.parametrize("how", ["q", CTRL_C, signal.SIGTERM, signal.SIGHUP], ids=["q", "^C", "TERM", "HUP"])
def test_leave_and_resume(how: str | signal.Signals, golden: Pack) -> None:
    """However a person leaves, the program says how to go on, and goes on with the question that was open."""
    total, keys = len(golden.questions), keys_of(golden)
    question = whole_order(golden)[4].text
    with program("quiz") as terminal:
        answer(terminal, keys[:4], total)
        terminal.wait_for(lambda t: f"5 of {total}" in t.words and question in t.words)
        if isinstance(how, str):
            terminal.send(how)
        else:
            os.kill(terminal.child.pid, how)
        assert terminal.wait_end() == 130
        assert "pathfinder quiz --resume" in terminal.words
        assert not terminal.alternate
    with program("quiz", "--resume") as terminal:
        terminal.wait_for(lambda t: f"5 of {total}" in t.words and question in t.words)
        answer(terminal, keys[4:], total, begin=5)
        finish(terminal)
        assert terminal.wait_end() == 0
    (session,) = saved()
    assert len(session["sheet"]["answers"]) == total


def test_offer_to_resume(golden: Pack) -> None:
    """Starting again offers what was left: one choice goes on with it, the other begins anew and leaves it be."""
    total, keys = len(golden.questions), keys_of(golden)
    with program("quiz") as terminal:
        answer(terminal, keys[:3], total)
        terminal.wait_for(f"4 of {total}")
        terminal.send("q")
        assert terminal.wait_end() == 130
    for choice, number in (("1", 4), ("2", 1)):
        with program("quiz") as terminal:
            terminal.wait_for(lambda t: "you have an unfinished quiz" in t.words and f"3 of {total}" in t.words)
            terminal.send(choice)
            terminal.wait_for(f"\u00b7 {number} of {total}")
            terminal.send("q")
            assert terminal.wait_end() == 130
    assert sorted(len(each["sheet"]["answers"]) for each in saved()) == [3]


def test_killed_at_every_question(golden: Pack) -> None:
    """SIGKILL at each question of a quiz: no earlier answer is lost, no question is asked twice."""
    order = whole_order(golden)
    for number, question in enumerate(order, start=1):
        with program("quiz", *(["--resume"] if number > 1 else [])) as terminal:
            terminal.wait_for(lambda t, n=number: f"\u00b7 {n} of {len(order)} " in f"{t.words} ")  # type: ignore[misc]
            wanted = "".join(question.text.split())
            terminal.wait_for(lambda t, wanted=wanted: wanted in "".join(t.text.split()))  # type: ignore[misc]
            terminal.send("2")
            terminal.wait_for(
                lambda t, n=number + 1: (
                    f"\u00b7 {n} of {len(order)} " in f"{t.words} " or OFFER in t.words or REVIEW in t.words
                )  # type: ignore[misc]
            )
            os.kill(terminal.child.pid, signal.SIGKILL)
            assert terminal.wait_end() == -signal.SIGKILL
        (session,) = saved()
        assert list(session["sheet"]["answers"]) == [each.id for each in order[:number]]
        assert str(session["sheet"]["answers"][question.id]) == question.options[1].id
    with program("quiz", "--resume") as terminal:
        finish(terminal)
        assert terminal.wait_end() == 0


def test_home_that_cannot_be(golden: Pack, tmp_path: Path) -> None:
    """Where nothing can be saved the first answer says so, and the quiz goes on to the result."""
    home = tmp_path / "no-folder"
    home.write_text("in the way", "utf-8")
    with program("quiz", size=(100, 30), env={"PATHFINDER_HOME": str(home)}) as terminal:
        first, *others = keys_of(golden)
        answer(terminal, [first], len(golden.questions))
        terminal.wait_for(lambda t: "Your answers could not be saved" in t.words and "2 of 12" in t.words)
        answer(terminal, others, len(golden.questions), begin=2)
        finish(terminal)
        assert terminal.wait_end() == 0
        shown = printed(terminal)
    assert "A lighthouse on an island, clearly" in shown
    assert "Your answers could not be saved" in shown
    assert home.read_text("utf-8") == "in the way"


def test_two_quizzes_at_once(golden: Pack) -> None:
    """Two windows on one home keep two quizzes apart, and one of them cannot be taken up in a second window."""
    total, keys = len(golden.questions), keys_of(golden)
    with program("quiz") as one, program("quiz", "--fresh") as two:
        answer(one, keys[:2], total)
        one.wait_for(f"3 of {total}")
        answer(two, ["3", "3", "3"], total)
        two.wait_for(f"4 of {total}")
        with program("quiz", "--resume") as third:
            assert third.wait_end() == 2
            assert "is open in another window" in third.words
        answer(one, keys[2:4], total, begin=3)
        one.wait_for(f"5 of {total}")
        one.send("q")
        two.send("q")
        assert (one.wait_end(), two.wait_end()) == (130, 130)
    assert sorted(len(each["sheet"]["answers"]) for each in saved()) == [3, 4]


@pytest.mark.usefixtures("golden")
@pytest.mark.parametrize("arguments", [[], ["--plain"]], ids=["screen", "plain"])
def test_left_before_the_first_answer(arguments: list[str]) -> None:
    """Whoever leaves before the first answer is not sent to a quiz that could not be resumed."""
    with program("quiz", *arguments) as terminal:
        terminal.wait_for("1 of 12")
        terminal.send("q\r" if arguments else "q")
        assert terminal.wait_end() == 130
        assert "--resume" not in said(terminal)
        assert "left before the first answer. Start again with: pathfinder quiz" in said(terminal)


@pytest.mark.usefixtures("golden")
def test_nothing_to_resume() -> None:
    """--resume without an unfinished quiz is one line, exit code 2, and no question."""
    with program("quiz", "--resume") as terminal:
        assert terminal.wait_end() == 2
        assert terminal.words.startswith("pathfinder: there is no unfinished quiz to resume")
        assert terminal.words.endswith("pathfinder quiz")


def order_of(*arguments: str) -> list[str]:
    """Return the order in which a quiz asks, as it is saved with the session."""
    with program("quiz", "--fresh", *arguments) as terminal:
        terminal.wait_for("q save and leave")
        terminal.send("1")
        terminal.wait_for("\u00b7 2 of")
        terminal.send("q")
        assert terminal.wait_end() == 130
    orders: Iterator[list[str]] = (each["order"] for each in saved())
    (order,) = orders
    for each in (Path(os.environ["PATHFINDER_HOME"]) / "sessions").glob("*.json"):
        each.unlink()
    return order


def test_short_and_shuffled(golden: Pack) -> None:
    """--short asks half of the questions; --shuffle draws the same order for the same seed, theme by theme."""
    whole = [each.id for each in whole_order(golden)]
    assert order_of("--short") == [each.id for each in short_order(golden)]
    assert len(short_order(golden)) == 6
    seven = order_of("--shuffle", "7")
    assert seven == order_of("--shuffle", "7")
    assert seven != order_of("--shuffle", "8")
    assert seven != whole
    assert sorted(seven) == sorted(whole)
    themes = [golden.question_by_id[each].theme for each in seven]
    assert themes == sorted(themes, key=golden.themes.index)


def test_early_stop(golden: Pack) -> None:
    """The offer to stop, taken, leads to the review with questions left out; declined, it is not made again."""
    total, keys = len(golden.questions), keys_of(golden)
    with program("quiz") as terminal:
        for number, key in zip(count(1), keys, strict=False):
            terminal.wait_for(lambda t, n=number: f"\u00b7 {n} of {total} " in f"{t.words} " or OFFER in t.words)  # type: ignore[misc]
            if OFFER in terminal.words:
                break
            terminal.send(key)
        given = number - 1
        assert 6 <= given < total
        terminal.send("2e")
        terminal.wait_for(REVIEW)
        terminal.send("q")
        assert terminal.wait_end() == 130
    (session,) = saved()
    assert len(session["sheet"]["answers"]) == given
    with program("quiz", "--fresh") as terminal:
        assert answer(terminal, keys, total) == 1
        terminal.wait_for(REVIEW)
        terminal.send("q")
        assert terminal.wait_end() == 130


def test_one_result_from_every_way(golden: Pack, run: Run, tmp_path: Path) -> None:
    """Taken in one go, resumed, shown and replayed from an export, the same answers give the same bytes of JSON."""
    total, keys = len(golden.questions), keys_of(golden)
    with redirected("quiz --json", tmp_path / "one.json") as terminal:
        answer(terminal, keys, total)
        finish(terminal)
        assert terminal.wait_end() == 0
    with redirected("quiz --fresh --json", tmp_path / "two.json") as terminal:
        answer(terminal, keys[:5], total)
        terminal.wait_for(f"6 of {total}")
        terminal.send("q")
        assert terminal.wait_end() == 130
    assert (tmp_path / "two.json").read_bytes() == b""
    with redirected("quiz --resume --json", tmp_path / "two.json") as terminal:
        answer(terminal, keys[5:], total, begin=6)
        finish(terminal)
        assert terminal.wait_end() == 0
    one = (tmp_path / "one.json").read_text("utf-8")
    assert json.loads(one)["ranking"][0]["path"] == "island"
    assert one == (tmp_path / "two.json").read_text("utf-8")
    assert run("sessions", "export", "last", str(tmp_path / "sheet.yaml")).returncode == 0
    assert one == run("quiz", "--answers", str(tmp_path / "sheet.yaml"), "--json").stdout
    assert one == run("sessions", "show", "last", "--json").stdout


@pytest.mark.parametrize("size", SIZES, ids=lambda each: f"{each[0]}x{each[1]}")
def test_method_is_laid_out_for_the_terminal(size: tuple[int, int]) -> None:
    """At a terminal the method has no line that it would break within a word, no mark of Markdown, and loses nothing."""
    with program("pack", "method", size=size) as terminal:
        assert terminal.wait_end() == 0
        shown = printed(terminal)
        lines = re.sub(r"\x1b\[[0-9;]*m", "", terminal.output.decode()).splitlines()
    assert max(map(len, lines)) <= size[0]
    assert not re.search(r"\*\*|^#|```", shown)
    page = (ROOT / "docs" / "method.md").read_text("utf-8")
    for line in re.findall(r"^#+ (.+)$|^- ([^*`\n]+)$", page, re.MULTILINE):
        assert " ".join("".join(line).split()) in shown


def test_stopped_and_taken_up_again(golden: Pack) -> None:
    """Stopped by its shell, the quiz gives the terminal back; brought to the front, it draws the question anew."""
    keys = keys_of(golden)
    program_ = " ".join(python("-m", "pathfinder", "quiz"))
    shell = ["/bin/bash", "--norc", "--noprofile", "-i"]
    with Terminal(shell, columns=80, rows=24, env={"PS1": "shell> ", "HISTFILE": ""}) as terminal:
        terminal.wait_for("shell>")
        terminal.send(f"{program_}\n")
        answer(terminal, keys[:1], len(keys))
        terminal.wait_for(f"\u00b7 2 of {len(keys)}")
        terminal.settle()
        second = terminal.text
        for signal_ in (signal.SIGTSTP, signal.SIGSTOP):
            os.kill(running(), signal_)
            terminal.wait_for(lambda t: "Stopped" in t.words)
            assert terminal.alternate == (signal_ == signal.SIGSTOP)  # Nobody can prepare for SIGSTOP.
            terminal.send("fg\n")
            terminal.wait_for(lambda t: t.alternate and t.text == second)
        terminal.send(keys[1])
        terminal.wait_for(f"\u00b7 3 of {len(keys)}")
        terminal.send("q")
        terminal.wait_for("Resume with")
        terminal.send("stty -a; exit\n")
        terminal.wait_for(lambda t: " icanon" in t.text and " echo " in t.text)
    [session] = saved()
    assert len(session["sheet"]["answers"]) == 2


def running() -> int:
    """Return the process that holds the lock of the one quiz."""
    [lock] = (Path(os.environ["PATHFINDER_HOME"]) / "sessions").glob(".*.lock")
    return int(lock.read_text("ascii"))


def test_a_signal_to_stop_without_a_shell_changes_nothing(golden: Pack) -> None:
    """Where nobody could wake it the system stops no process; the quiz stays on its screen and goes on."""
    keys = keys_of(golden)
    with program("quiz") as terminal:
        terminal.wait_for(f"\u00b7 1 of {len(keys)}")
        terminal.settle()
        first = terminal.text
        terminal.child.kill(signal.SIGTSTP)
        terminal.settle()
        terminal.wait_for(lambda t: t.alternate and t.text == first)
        terminal.send(keys[0])
        terminal.wait_for(f"\u00b7 2 of {len(keys)}")


def test_what_is_typed_in_another_encoding_is_a_typing_error(golden: Pack) -> None:
    """A byte that is no UTF-8 (an old terminal's letter) is answered like any other word that is no number."""
    keys = keys_of(golden)
    with program("quiz", "--plain", env={"PYTHONIOENCODING": "utf-8"}) as terminal:
        terminal.wait_for("Answer (")
        terminal.send(b"\xe9\n")
        terminal.wait_for("type a number from 1 to")
        terminal.send(f"{keys[0]}\n")
        terminal.wait_for(f"Question 2 of {len(keys)}")
        terminal.send("q\n")
        assert terminal.wait_end() == 130
    assert b"Traceback" not in terminal.output


def leave_after_one(golden: Pack) -> None:
    """Begin a quiz, answer its first question, and leave."""
    keys = keys_of(golden)
    with program("quiz", "--fresh") as terminal:
        answer(terminal, keys[:1], len(keys))
        terminal.wait_for(f"\u00b7 2 of {len(keys)}")
        terminal.send("q")
        assert terminal.wait_end() == 130


def test_a_saved_quiz_is_resumed_by_its_id(golden: Pack) -> None:
    """`sessions resume` takes up the quiz meant, also one that is not the last, and asks for a terminal to do so."""
    keys = keys_of(golden)
    for _ in range(2):
        leave_after_one(golden)
    older = min(saved(), key=lambda each: each["updated"])["id"]
    with program("sessions", "resume", older) as terminal:
        terminal.wait_for(f"\u00b7 2 of {len(keys)}")
        terminal.send(keys[1])
        terminal.wait_for(f"\u00b7 3 of {len(keys)}")
        terminal.send("q")
        assert terminal.wait_end() == 130
    assert {each["id"]: len(each["sheet"]["answers"]) for each in saved()}[older] == 2


def test_leaving_at_the_question_about_resuming_changes_nothing(golden: Pack) -> None:
    """Who leaves before having chosen is told that Nothing was changed, and nothing was."""
    leave_after_one(golden)
    before = saved()
    with program("quiz") as terminal:
        terminal.wait_for("you have an unfinished quiz")
        terminal.send(CTRL_C)
        assert terminal.wait_end() == 130
        assert "Nothing was changed" in terminal.words
    assert saved() == before


@pytest.mark.parametrize("environ", [{}, {"ACCESSIBLE": "1"}], ids=["drawn", "plain"])
def test_a_quiz_is_deleted_only_by_a_yes(environ: dict[str, str], golden: Pack) -> None:
    """The question names the quiz, its harmless answer is no, and leaving it deletes nothing either."""
    leave_after_one(golden)
    [session] = saved()
    for key, code, told in ((ENTER, 0, "Nothing was deleted."), (CTRL_C, 130, "Nothing was changed")):
        with program("sessions", "delete", "last", env=environ) as terminal:
            terminal.wait_for(lambda t: f"Delete {session['id']} (" in t.words and "for good?" in t.words)
            terminal.settle()
            terminal.send(key)
            assert terminal.wait_end() == code, terminal.text
            assert told in terminal.words
    assert saved() == [session]


@pytest.mark.parametrize("environ", [{}, {"ACCESSIBLE": "1"}], ids=["drawn", "plain"])
def test_a_new_pack_is_asked_for_and_can_be_left(environ: dict[str, str], tmp_path: Path) -> None:
    """`pack new` without flags asks; leaving writes nothing, and bad answers are asked for again."""
    with program("pack", "new", "mine", env=environ, cwd=tmp_path) as terminal:
        terminal.wait_for("What is the decision")
        terminal.send("Which dog?" + ENTER)
        terminal.wait_for("Between what?")
        terminal.settle()
        terminal.send(CTRL_C)
        assert terminal.wait_end() == 130
        assert "Nothing was changed" in terminal.words
        assert "?:" not in terminal.words
        assert "::" not in terminal.words
    assert list(tmp_path.glob("mine*")) == []
    with program("pack", "new", "mine", env=environ, cwd=tmp_path) as terminal:
        terminal.wait_for("What is the decision")
        terminal.send("Which dog?" + ENTER)
        terminal.wait_for("Between what?")
        terminal.send("Beagle" + ENTER)
        terminal.wait_for("2 to 8 options")
        terminal.send((", Poodle" if not environ else "Beagle, Poodle") + ENTER)
        terminal.wait_for("Themes of questions")
        terminal.send(ENTER)
        assert terminal.wait_end() == 0
    assert sorted(each.name for each in (tmp_path / "mine").iterdir()) == [
        "faq.yaml", "paths.yaml", "questions.yaml", "sources.yaml",
    ]  # fmt: skip


def test_a_long_audit_shows_that_it_goes_on(golden: Pack) -> None:
    """At a terminal for eyes a bar runs while the audit works, and is gone when it is done; ACCESSIBLE has none."""
    for environ, shown in (({}, True), ({"ACCESSIBLE": "1"}, False)):
        with program("pack", "audit", env=environ, size=(100, 50)) as terminal:
            assert terminal.wait_end() in {0, 1}
            assert (b"Auditing" in terminal.output) == shown
            assert "Auditing" not in terminal.words
            assert golden.title.encode() in terminal.output


@pytest.mark.parametrize("columns", [40, 60])
def test_a_suggested_command_stands_in_one_piece(columns: int, golden: Pack, tmp_path: Path) -> None:
    """Standard error is broken between words, and never within a command to copy, nor within its quotes."""
    folder = tmp_path / "it's a folder with spaces; and (more) signs"
    folder.mkdir()
    for each in PACK.iterdir():
        (folder / each.name).write_bytes(each.read_bytes())
    os.environ.pop("PATHFINDER_PACK")
    with program("quiz", "--plain", "--pack", str(folder), size=(columns, 24)) as terminal:
        terminal.wait_for("Answer")
        terminal.send("1\n")
        terminal.wait_for("Question 2 of")
        terminal.send("q\n")
        assert terminal.wait_end() == 130
    told = terminal.output.decode().rpartition("Resume with:")[2].strip()
    assert told.replace("\r\n", "\n").split("\n") == [f"pathfinder quiz --resume --pack {shlex.quote(str(folder))}"]
    assert golden.id
