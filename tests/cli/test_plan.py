"""`sessions plan` and `sessions diff` with people: by flags, into files, and at a terminal."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

import cmarkgfm
import pytest

from conftest import ROOT
from hostile import ATTACKS, CONTROLS
from pathfinder.answers import Store, fit
from pathfinder.answers.sheetfile import read_sheet
from pathfinder.ask.plain_asker import PlainAsker
from pathfinder.cli import again
from pathfinder.cli import plan as planning
from pathfinder.errors import InterruptionError
from pathfinder.result import evaluate
from pathfinder.text import one_line

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run
    from pathfinder.answers import Session
    from pathfinder.pack import Pack
    from pathfinder.result import Result

PORTRAITS: Final = ROOT / "tests" / "portraits"
ONE: Final = PORTRAITS / "01-oncologist-with-a-laboratory.yaml"
OTHER: Final = PORTRAITS / "02-village-family-doctor.yaml"
TODAY: Final = datetime.now().astimezone().date()
SOON: Final = (TODAY + timedelta(days=40)).isoformat()


def keep(home: Path, pack: Pack, sheet: Path, days: int = 1, name: str | None = None) -> Session:
    """Save a finished quiz of some days ago."""
    store = Store(home, lambda: datetime.now(UTC) - timedelta(days=days))
    answers = read_sheet(sheet, pack)
    session = store.create(pack, tuple(question.id for question in pack.in_order), name=name, sheet=answers)
    return store.save(replace(session, finished=True, verdict="clear", leader=("academic",)))


@pytest.fixture
def saved(tmp_path: Path, bundled: Pack) -> Session:
    """Save a finished quiz, and return it."""
    return keep(tmp_path / "pathfinder", bundled, ONE)


def planned(call: Run, *more: str) -> dict[str, Any]:
    """Return the plan as JSON."""
    done = call("sessions", "plan", *more, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_without_a_terminal_the_steps_are_listed(call: Run, saved: Session) -> None:
    """Nobody is asked; every step of the path and of its best track has a number, and a command says how to plan it."""
    done = call("sessions", "plan")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Nothing is planned yet." in done.stdout
    assert f"pathfinder sessions plan {saved.id} --step 1" in done.stdout
    found = planned(call)
    assert found["schema"] == "pathfinder.plan/1"
    assert found["steps"] == []
    assert [step["number"] for step in found["offered"]] == list(range(1, len(found["offered"]) + 1))
    assert len({step["from"] for step in found["offered"]}) == 2


def test_flags_do_everything(call: Run, saved: Session) -> None:
    """Steps are planned, changed, ticked off, opened again and dropped; a number stays the number of its step."""
    wanted = ("--step", f"2:{SOON}:Dr. Lee:If the clinic runs late, then I call: at six", "--step", "5", "--done", "5")
    found = planned(call, "last", *wanted)
    two, five = found["steps"]
    assert (two["number"], two["due"], two["with_whom"], two["done"]) == (2, SOON, "Dr. Lee", False)
    assert two["if_then"] == "If the clinic runs late, then I call: at six"
    assert (five["number"], five["done"], five["with_whom"]) == (5, True, None)
    assert five["due"] is None or date.fromisoformat(five["due"]) > TODAY
    text = call("sessions", "plan", saved.id).stdout
    assert "1 of 2 done" in text
    assert "[x] 5." in text
    assert "[ ] 2." in text
    assert "To do:" in call("sessions", "plan", "--plain").stdout
    changed = planned(call, saved.id, "--step", "2::Ana", "--undo", "5")["steps"]
    assert [(step["due"], step["with_whom"], step["done"]) for step in changed[:1]] == [(SOON, "Ana", False)]
    assert changed[0]["if_then"] == two["if_then"]
    assert not changed[1]["done"]
    cleared = planned(call, saved.id, "--step", "2:-:-:-")["steps"][0]
    assert (cleared["due"], cleared["with_whom"], cleared["if_then"]) == (None, None, None)
    assert [step["number"] for step in planned(call, "--drop", "2,5")["steps"]] == []


@pytest.mark.parametrize(
    "wanted",
    [
        ("--step", "0"), ("--step", "99"), ("--step", "x"), ("--step", ""), ("--step", "\u0663"), ("--step", "1:2020-01-01"),
        ("--step", "1:tomorrow"), ("--step", "1:2026-02-30"), ("--done", "1"), ("--done", ""), ("--done", "2,,3"), ("--drop", "2"),
        ("--step", f"1::{'x' * 301}"), ("--step", "1", "--done", "1,2"), ("--to", "plan.txt"), ("--to", "nowhere/plan.ics"), ("--to", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_done_changes_nothing(call: Run, saved: Session, wanted: tuple[str, ...]) -> None:
    """One line says what is wrong, the exit code is 2, and no part of the call is done."""
    done = call("sessions", "plan", saved.id, *wanted)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert planned(call)["steps"] == []


@pytest.mark.parametrize("name", ["plan.ics", "plan.md"])
def test_a_file_of_somebody_elses_is_left_alone(call: Run, saved: Session, tmp_path: Path, name: str) -> None:
    """What is not ours is not replaced without --yes; what was linked stays linked."""
    path = tmp_path / name
    call("sessions", "plan", saved.id, "--step", f"1:{SOON}")
    path.write_text("mine", "utf-8")
    refused = call("sessions", "plan", "--to", str(path))
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--yes" in refused.stderr
    assert path.read_text("utf-8") == "mine"
    assert call("sessions", "plan", "--to", str(path), "--yes").returncode == 0
    assert SOON.replace("-", "") in path.read_text("utf-8").replace("-", "")
    assert call("sessions", "plan", "--to", str(path)).returncode == 0
    if name.endswith(".md"):
        path.write_text(path.read_text("utf-8").replace("[ ]", "[x]"), "utf-8")
        assert call("sessions", "plan", "--to", str(path)).returncode == 2
    link = tmp_path / f"link{path.suffix}"
    link.symlink_to(path)
    assert call("sessions", "plan", "--to", str(link), "--yes").returncode == 0
    assert link.is_symlink()
    (tmp_path / f"folder{path.suffix}").mkdir()
    assert call("sessions", "plan", "--to", str(tmp_path / f"folder{path.suffix}")).returncode == 2


def test_steps_without_a_day_are_named_where_they_are_left_out(call: Run, saved: Session, tmp_path: Path) -> None:
    """A calendar has no place for them, Markdown has."""
    call("sessions", "plan", saved.id, "--step", "1:-")
    assert "1 without a date left out" in call("sessions", "plan", "--to", str(tmp_path / "plan.ics")).stderr
    assert "left out" not in call("sessions", "plan", "--to", str(tmp_path / "plan.md")).stderr
    assert "No date yet" in (tmp_path / "plan.md").read_text("utf-8")


@pytest.mark.parametrize("text", [*ATTACKS.values()])
def test_typed_words_stay_words(call: Run, saved: Session, text: str) -> None:
    """What a person types beside a step is on no output anything but text, and the quiz stays readable."""
    words = text.replace("\x00", "").replace(":", ".")
    assert call("sessions", "plan", saved.id, "--step", f"1::{words}:{words}").returncode == 0
    shown = call("sessions", "plan", saved.id)
    assert (shown.returncode, CONTROLS.search(shown.stdout)) == (0, None)
    assert planned(call)["steps"][0]["with_whom"] == (" ".join(one_line(words).split()) or None)


def result_of(session: Session, pack: Pack) -> Result:
    """Return the result of a saved quiz."""
    return evaluate(pack, fit(session, pack)[0])


def test_the_person_plans_in_lines(saved: Session, bundled: Pack, tmp_path: Path) -> None:
    """Steps, days, people and if-thens are asked for one by one, a wrong day once more, and then ticked off."""
    store = Store(tmp_path / "pathfinder", lambda: datetime.now(UTC))
    typed = f"1 3\n{SOON}\nDr. Lee\nIf she is away, then I write\n2020-01-01\n-\n\n\n1\n1\n3\n2\n{SOON}\n\n\n2\n1\n\n"
    told = StringIO()
    left = planning.make_plan(
        store, saved, result_of(saved, bundled), PlainAsker(StringIO(typed), told, 80), plain=True
    )
    assert "2020-01-01 is over" in told.getvalue()
    [step] = left.plan
    assert (step.due, step.with_whom, step.if_then) == (
        date.fromisoformat(SOON),
        "Dr. Lee",
        "If she is away, then I write",
    )
    assert step.done
    assert store.get(saved.id) == left


@pytest.mark.parametrize("lines", range(1, 9))
def test_leaving_anywhere_keeps_what_was_said(saved: Session, bundled: Pack, tmp_path: Path, lines: int) -> None:
    """The end of the input after any line loses nothing of what was typed before."""
    store = Store(tmp_path / "pathfinder", lambda: datetime.now(UTC))
    typed = ["1 3", SOON, "Ana", "If a, then b", SOON, "Ben", "If c, then d", "1"]
    asker = PlainAsker(StringIO("\n".join(typed[:lines]) + "\n"), StringIO(), 80)
    with pytest.raises(InterruptionError, match=r"Saved\. Go on planning with: "):
        planning.make_plan(store, saved, result_of(saved, bundled), asker)
    plan = store.get(saved.id).plan
    assert len(plan) == 2
    said = (
        [str(step.due) if step.due else None for step in plan],
        [step.with_whom for step in plan],
        [step.if_then for step in plan],
    )
    for place, kind, at in ((1, 0, 0), (2, 1, 0), (3, 2, 0), (4, 0, 1), (5, 1, 1), (6, 2, 1)):
        if lines > place:
            assert said[kind][at] == typed[place]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_killed_plan_loses_nothing(saved: Session, tmp_path: Path) -> None:
    """A kill -9 while a plan is changed all the time leaves a whole file with the answers and a whole plan."""
    program = (
        "import sys\nfrom datetime import UTC, datetime\nfrom pathlib import Path\nfrom dataclasses import replace\n"
        "from pathfinder.answers import PlannedStep, Store\n"
        "store = Store(Path(sys.argv[1]), lambda: datetime.now(UTC))\n"
        "for number in range(10**6):\n"
        "    steps = tuple(PlannedStep(id=str(n), home='h', text=str(number)) for n in range(30))\n"
        "    store.change_plan(sys.argv[2], lambda plan: steps)\n    print(number, flush=True)\n"
    )
    home = tmp_path / "pathfinder"
    for pause in (0.0, 0.02, 0.05):
        with subprocess.Popen([sys.executable, "-c", program, str(home), saved.id], stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            said = child.stdout.readline()
            time.sleep(pause)
            os.kill(child.pid, signal.SIGKILL)
            said += child.stdout.read()
        found = Store(home, lambda: datetime.now(UTC)).get(saved.id)
        assert found == replace(saved, plan=found.plan)
        assert len(found.plan) == 30
        [number] = {int(step.text) for step in found.plan}
        # What was said to be saved is; what was just being saved may be.
        assert number >= int(said.split()[-1])


def pair(call: Run, *more: str) -> dict[str, Any]:
    """Return what `sessions diff` says of the two portraits as JSON."""
    found: dict[str, Any] = json.loads(call("sessions", "diff", *more, "--json").stdout)
    return found


def test_two_people_by_files_and_ids(call: Run, saved: Session) -> None:
    """A file beside a quiz is the other one; names are as given; the numbers are those of the same sheets."""
    there = call("sessions", "diff", saved.id, str(OTHER))
    assert (there.returncode, there.stderr) == (0, "")
    for words in (
        "You",
        "The other",
        "Where both agree",
        "The path that costs both least",
        "To talk about",
        "Together",
    ):
        assert words in there.stdout
    back = call("sessions", "diff", str(OTHER), "last")
    assert re.search(r"The other\s+You", back.stdout)
    assert re.search(r"You\s+The other", there.stdout)
    named = call("sessions", "diff", str(ONE), str(OTHER), "--names", "Ana, Ben")
    assert "Ana: Academic medicine" in named.stdout
    found, files = pair(call, saved.id, str(OTHER)), pair(call, str(ONE), str(OTHER))
    assert found["margin"] == files["margin"]
    assert found["sessions"] == [saved.id, str(OTHER)]
    margin = found["margin"]
    total = sum(each["amount"] for each in margin["effects"]) + margin["rest"]
    assert abs(total - (margin["to"] - margin["from"])) < 1e-9
    assert len(found["talk"]) == 3
    spoken = call("sessions", "diff", str(ONE), str(OTHER), "--plain")
    assert spoken.returncode == 0
    assert "\u2500" not in spoken.stdout


def test_one_persons_two_days_stay_as_they_are(call: Run, saved: Session, bundled: Pack, tmp_path: Path) -> None:
    """Two saved quizzes are before and after, unless they have names."""
    other = keep(tmp_path / "pathfinder", bundled, OTHER, days=2)
    assert "Before" in call("sessions", "diff", other.id, saved.id).stdout
    assert "Where both agree" in call("sessions", "diff", other.id, saved.id, "--names", "Ana,Ben").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        (str(ONE), "nowhere.yaml"), (str(ONE), str(OTHER), "--names", "Ana"), (str(ONE), str(OTHER), "--names", "Ana,Ana"),
        (str(ONE), str(OTHER), "--names", ",b"), (str(ONE), str(OTHER), "--names", f"a,{'b' * 41}"), (str(ONE), "nobody"),
        (str(ONE), str(OTHER), "--report", "x.txt"), (str(ONE), str(ROOT / "README.md")), (str(ONE), str(ROOT / "tests" / "sheets" / "results" / "clear.yaml")),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_says_why(call: Run, saved: Session, arguments: tuple[str, ...]) -> None:  # noqa: ARG001
    """One line, exit code 2."""
    done = call("sessions", "diff", *arguments)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


@pytest.mark.parametrize("kind", ["html", "md"])
def test_the_page_of_two_mirrors(call: Run, tmp_path: Path, kind: str) -> None:
    """Ana and Ben, or Ben and Ana: the same lines with the columns exchanged, no script, and names that are text."""
    there, back = tmp_path / f"there.{kind}", tmp_path / f"back.{kind}"
    assert call("sessions", "diff", str(ONE), str(OTHER), "--names", "Ana,Ben", "--report", str(there)).returncode == 0
    assert call("sessions", "diff", str(OTHER), str(ONE), "--names", "Ben,Ana", "--report", str(back)).returncode == 0
    # The last line is a digest of what stands above it.
    pages = [each.read_text("utf-8").rpartition("<!-- pathfinder")[0] for each in (there, back)]
    if kind == "md":
        cells = [
            [sorted(re.split(r" \| ", line.strip("| "))) for line in text.splitlines() if line.startswith("| ")]
            for text in pages
        ]
        assert cells[0] == cells[1]
    words = [
        sorted(re.findall(r"[\w%+\u2212]+", re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL))) for text in pages
    ]
    assert words[0] == words[1]
    hostile = "<script>x</script>[a](javascript:b)|c"
    assert (
        call("sessions", "diff", str(ONE), str(OTHER), "--names", f"{hostile},B", "--report", str(there)).returncode
        == 0
    )
    drawn = there.read_text("utf-8")
    html = drawn if kind == "html" else cmarkgfm.github_flavored_markdown_to_html(drawn)
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert CONTROLS.search(drawn) is None


class Wish:
    """Somebody who picks one thing, and remembers being asked."""

    def __init__(self, wish: str | None) -> None:
        self.wish, self.asked = wish, ""

    def pick_one(self, title: str, choices: object, at: str | None = None) -> str | None:  # noqa: ARG002
        """Pick."""
        self.asked = title
        return self.wish


def offered_again(store: Store, pack: Pack, wish: str | None) -> tuple[Session | None, str]:
    """Return which quiz is to be compared with, and what was asked."""
    asker = Wish(wish)
    return again.earlier_one(store, pack, None, asker), asker.asked  # type: ignore[arg-type]


def test_half_a_year_later_a_quiz_is_offered_again(tmp_path: Path, bundled: Pack) -> None:
    """Not before; not when a younger one is there; and the answer decides."""
    home = tmp_path / "pathfinder"
    store = Store(home, lambda: datetime.now(UTC))
    assert offered_again(store, bundled, "again") == (None, "")
    keep(home, bundled, ONE, days=181)
    assert offered_again(store, bundled, "again") == (None, "")
    store.delete(store.get("last"))
    old = keep(home, bundled, ONE, days=183)
    found, asked = offered_again(store, bundled, "again")
    assert found == old
    assert f"{old.updated.astimezone():%Y-%m-%d}" in asked
    assert offered_again(store, bundled, "new")[0] is None
    with pytest.raises(InterruptionError, match="left before the first answer"):
        offered_again(store, bundled, None)
    keep(home, bundled, OTHER, days=3)
    assert offered_again(store, bundled, "again") == (None, "")


def test_a_retaken_quiz_says_what_has_changed(
    tmp_path: Path, bundled: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    """In short, with the command for all of it; a quiz that is gone is named, and one of its own says nothing."""
    home = tmp_path / "pathfinder"
    store = Store(home, lambda: datetime.now(UTC))
    old, new = keep(home, bundled, ONE, days=200), keep(home, bundled, OTHER)
    again.compare_with_earlier(store, new, result_of(new, bundled))
    assert capsys.readouterr() == ("", "")
    new = replace(new, again=old.id)
    again.compare_with_earlier(store, new, result_of(new, bundled))
    told = capsys.readouterr().out
    assert "Then: Academic medicine, clearly. Now: Clinical practice, clearly." in " ".join(told.split())
    assert f"pathfinder sessions diff {old.id} {new.id}" in told
    store.delete(old)
    again.compare_with_earlier(store, new, result_of(new, bundled))
    assert old.id in capsys.readouterr().err


def test_a_changed_pack_is_named_in_list_and_show(call: Run, saved: Session, bundled: Pack, tmp_path: Path) -> None:
    """Both say so, in words and in JSON; a name is listed."""
    home = tmp_path / "pathfinder"
    store = Store(home, lambda: datetime.now(UTC))
    assert "changed since" not in call("sessions").stdout
    changed = keep(home, bundled, OTHER, name="spring")
    store.save(replace(changed, pack=replace(changed.pack, fingerprint="sha256:0")))
    gone = keep(home, bundled, OTHER)
    store.save(replace(gone, pack=replace(gone.pack, folder=str(tmp_path / "gone"))))
    shown = call("sessions", COLUMNS="120").stdout
    assert "post-usmle (changed since)" in shown
    assert "post-usmle (not found)" in shown
    assert "\u201cspring\u201d" in shown
    listed = json.loads(call("sessions", "list", "--json").stdout)["sessions"]
    assert {each["session"]: each["pack_changed"] for each in listed} == {
        saved.id: False,
        changed.id: True,
        gone.id: None,
    }
    assert "The pack has changed since" in call("sessions", "show", "spring", "--brief").stderr
    assert call("sessions", "show", saved.id, "--brief").stderr == ""
