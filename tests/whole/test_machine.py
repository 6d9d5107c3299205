"""A quiz that is left, resumed and moved to a changed pack, against a simple model; and every way to the same result."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from contextlib import nullcontext, redirect_stderr, redirect_stdout
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from pathfinder.answers import Session, Store, fit
from pathfinder.answers.interview import AnswerSheet, start
from pathfinder.answers.session import from_text, to_text
from pathfinder.answers.sheetfile import read_sheet, write_sheet
from pathfinder.ask.asker import Back, advance
from pathfinder.ask.flow import take_quiz
from pathfinder.ask.plain_asker import PlainAsker
from pathfinder.cli.present import Request, present
from pathfinder.cli.sitting import Asking, Sitting, question_order
from pathfinder.errors import InterruptionError
from pathfinder.pack import SKIP, CareerPath, Dimension, Option, Pack, Question, Scale, scale_options
from pathfinder.result import evaluate
from pathfinder.result.order import order as asked_order
from pathfinder.show.as_json import to_json
from strategies import packs, sheets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from pathfinder.answers.interview import Interview

NOON: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Scripted:
    """An asker that does what a script says, and leaves when that has no more lines."""

    def __init__(self, script: Sequence[str], before_resuming: Callable[[], None] = lambda: None) -> None:
        self.notice: str | None = None
        self._script, self._before_resuming = list(script), before_resuming

    def stage(self) -> AbstractContextManager[None]:
        """Hold nothing."""
        return nullcontext()

    def next(self) -> str:
        """Return the next line of the script."""
        if not self._script:
            raise KeyboardInterrupt
        return self._script.pop(0)

    def questions(
        self, interview: Interview, *, record: Callable[[Interview], None], pause: Callable[[Interview], bool]
    ) -> Interview:
        """Answer, skip or go back."""
        while not interview.finished:
            line = self.next()
            if line == "back":
                interview = interview.back()
                continue
            interview = advance(interview, chosen(interview.current, line))
            record(interview)
            if pause(interview):
                break
        return interview

    def change(self, interview: Interview, *, record: Callable[[Interview], None]) -> None:
        """Answer one question anew, or leave it."""
        line = self.next()
        if line != "back":
            record(advance(interview, chosen(interview.current, line)))

    def stop_early(self, left: int, worth: str) -> bool:
        """Take the offer or not."""
        assert left > 0
        assert worth
        return self.next() == "0"

    def review(self, interview: Interview, at: str) -> str | None:  # noqa: ARG002 - a script has no pointer
        """Change a question that has an answer, or go on."""
        line = self.next()
        return interview.order[int(line) % len(interview.order)].id if line.isdecimal() else None

    def matters_most(self, pack: Pack, chosen: Sequence[str]) -> tuple[str, ...]:
        """Choose the dimensions whose places the line names."""
        return self._some([each.id for each in pack.dimensions], chosen)[:3]

    def dealbreakers(self, pack: Pack, chosen: Sequence[str]) -> tuple[str, ...]:
        """Refuse the paths whose places the line names."""
        return self._some([each.id for each in pack.paths], chosen)

    def lean(self, pack: Pack, refused: Sequence[str], chosen: str | None) -> str | None:
        """Lean to the path at the line's place, or keep what was chosen."""
        assert set(refused) <= {each.id for each in pack.paths}
        return (*self._some([each.id for each in pack.paths], (chosen,) if chosen else ()), None)[0]

    def resume(self, found: str) -> bool:
        """Go on with the saved quiz."""
        assert "asked" in found
        self._before_resuming()
        return True

    def confirm(self, question: str) -> bool:
        """Never asked here."""
        raise AssertionError(question)

    def line(
        self, question: str, check: Callable[[str], str | None], default: str = "", back: str | None = None
    ) -> str:
        """Never asked here."""
        raise AssertionError(question, check, default, back)

    def pick_one(self, title: str, choices: Sequence[tuple[str, str]], at: str | None = None) -> str | None:
        """Never asked here."""
        raise AssertionError(title, choices, at)

    def pick_filtered(self, title: str, choices: Sequence[tuple[str, str]]) -> str | None:
        """Never asked here."""
        raise AssertionError(title, choices)

    def pick_many(
        self, title: str, choices: Sequence[tuple[str, str]], chosen: Sequence[str] = ()
    ) -> tuple[str, ...] | None:
        """Never asked here."""
        raise AssertionError(title, choices, chosen)

    def _some(self, known: list[str], before: Sequence[str]) -> tuple[str, ...]:
        line = self.next()
        if line == "back":
            raise Back
        if line == "skip":
            return tuple(before)
        return tuple(each for place, each in enumerate(known) if int(line) >> place & 1)


def chosen(question: Question, line: str) -> str:
    """Return the option that a line means."""
    return SKIP if line == "skip" else question.options[int(line) % len(question.options)].id


def sit(pack: Pack, store: Store, script: Sequence[str], asking: Asking, **asker: Any) -> tuple[bool, str]:
    """Let a scripted person take the quiz; return whether they came to the end, and the JSON they got."""
    sitting = Sitting(pack, Request(as_json=True), store)
    sitting._asker = Scripted(script, **asker)
    output = io.StringIO()
    try:
        with redirect_stdout(output), redirect_stderr(io.StringIO()):
            sitting.begin(asking)
    except InterruptionError:
        return False, output.getvalue()
    return True, output.getvalue()


def replayed(pack: Pack, sheet: AnswerSheet) -> str:
    """Return the JSON of a sheet that does not come from the terminal."""
    output = io.StringIO()
    with redirect_stdout(output):
        present(evaluate(pack, sheet), Request(as_json=True))
    return output.getvalue()


def scale(name: str, dimension: str, keyed: str = "+") -> Question:
    """Return an agree/disagree question."""
    made = Scale(dimension=dimension, keyed="+" if keyed == "+" else "-")
    return Question(id=name, theme="t", text=name, options=scale_options(made), scale=made)


def choice(name: str, *options: str) -> Question:
    """Return a question whose options all say something else."""
    effects = {"a": {"x": 1.0}, "b": {"y": 1.0}, "c": {"x": -1.0, "y": 0.5}, "d": {"z": 1.0}}
    made = tuple(Option(id=o, text=o, effects=effects[o], rules_out=("P",) if o == "d" else ()) for o in options)
    return Question(id=name, theme="t", text=name, options=made)


def path(name: str, **profile: float) -> CareerPath:
    """Return a path with this profile."""
    return CareerPath(id=name, name=name, summary=name, profile=profile, week={})


OLD: Final = Pack(
    id="moving",
    version="1",
    title="Moving",
    about="",
    themes=("t",),
    dimensions=tuple(Dimension(id=each, name=each, theme="t", about=each) for each in "xyz"),
    paths=(path("P", x=2), path("Q", y=2), path("R", x=-1, z=2)),
    questions=(
        scale("x1", "x"),
        scale("x2", "x", "-"),
        scale("y1", "y"),
        scale("y2", "y", "-"),
        choice("two", "a", "b"),
        choice("four", "a", "b", "c", "d"),
        scale("z1", "z"),
        choice("three", "a", "b", "c"),
    ),
    fingerprint="sha256:old",
)
NEW: Final = replace(
    OLD,
    version="2",
    dimensions=OLD.dimensions[:2],
    paths=OLD.paths[:2],
    questions=(
        *(each for each in OLD.questions if each.id not in {"z1", "four", "y1"}),
        choice("four", "a", "c"),
        scale("added", "y"),
    ),
    fingerprint="sha256:new",
)


class Kept:
    """What the model knows of one saved quiz; the file must say the same: `asked` in this order, of the pack `of`."""

    def __init__(self, asked: list[str], of: str = "") -> None:
        self.asked, self.of = asked, of
        self.place = 0
        self.answers: dict[str, str] = {}
        self.most: tuple[str, ...] = ()
        self.out: tuple[str, ...] = ()
        self.lean: str | None = None
        self.finished = False

    def copy(self) -> Kept:
        """Return the same once more."""
        twin = Kept(self.asked)
        twin.__dict__.update(self.__dict__, answers=dict(self.answers))
        return twin

    def fitted(self, pack: Pack) -> Kept:
        """Return what a pack that may have changed leaves of it, at the first open question."""
        twin, options = self.copy(), {q.id: {o.id for o in q.options} for q in pack.questions}
        twin.asked = [each for each in self.asked if each in options]
        if self.of != pack.fingerprint:
            twin.asked += [each.id for each in asked_order(pack) if each.id not in twin.asked]
        twin.of = pack.fingerprint
        twin.answers = {q: o for q, o in self.answers.items() if q in options and o in options[q] | {SKIP}}
        dimensions, paths = {each.id for each in pack.dimensions}, {each.id for each in pack.paths}
        twin.most = tuple(each for each in self.most if each in dimensions)
        twin.out = tuple(each for each in self.out if each in paths)
        twin.lean = self.lean if self.lean in paths else None
        twin.finished, twin.place = False, twin.first_open()
        return twin

    def first_open(self) -> int:
        """Return the place of the first question without an answer."""
        return next((place for place, each in enumerate(self.asked) if each not in self.answers), len(self.asked))

    def sheet(self, pack: Pack) -> AnswerSheet:
        """Return its answers as a sheet."""
        return AnswerSheet(
            pack=pack.id, answers=self.answers, matters_most=self.most, rule_out=self.out, lean=self.lean
        )


class Watching(Scripted):
    """A scripted person whose every question and step the model follows."""

    def __init__(self, script: Sequence[str], model: Kept, save: Callable[[Kept], None], pack: Pack) -> None:
        super().__init__(script)
        self.model, self.keep, self.pack = model, save, pack

    def questions(
        self, interview: Interview, *, record: Callable[[Interview], None], pause: Callable[[Interview], bool]
    ) -> Interview:
        """Check before each line where the person stands, and after it what is known."""
        model = self.model
        model.place = model.first_open() if model.place >= len(model.asked) else model.place
        while not interview.finished:
            assert interview.current.id == model.asked[model.place]
            assert interview.given == model.answers.get(interview.current.id)
            assert model.place <= model.first_open()
            line = self.next()
            if line == "back":
                interview, model.place = interview.back(), max(0, model.place - 1)
                continue
            answer = chosen(interview.current, line)
            fresh = interview.current.id not in model.answers
            model.answers[interview.current.id] = answer
            model.place = model.first_open() if fresh else model.place + 1
            interview = advance(interview, answer)
            record(interview)
            self.keep(model)
            if pause(interview):
                break
        return interview

    def change(self, interview: Interview, *, record: Callable[[Interview], None]) -> None:
        """Note the new answer."""
        line = self.next()
        if line == "back":
            return
        answer = chosen(interview.current, line)
        self.model.answers[interview.current.id] = answer
        record(advance(interview, answer))
        self.keep(self.model)

    def matters_most(self, pack: Pack, chosen: Sequence[str]) -> tuple[str, ...]:
        """Note what matters."""
        assert tuple(chosen) == self.model.most
        self.model.most = super().matters_most(pack, chosen)
        self.keep(self.model)
        return self.model.most

    def dealbreakers(self, pack: Pack, chosen: Sequence[str]) -> tuple[str, ...]:
        """Note what is refused."""
        assert tuple(chosen) == self.model.out
        self.model.out = super().dealbreakers(pack, chosen)
        self.keep(self.model)
        return self.model.out

    def lean(self, pack: Pack, refused: Sequence[str], chosen: str | None) -> str | None:
        """Note the lean."""
        assert (tuple(refused), chosen) == (self.model.out, self.model.lean)
        self.model.lean = super().lean(pack, refused, chosen)
        self.keep(self.model)
        return self.model.lean


LINES: Final = st.sampled_from(["0", "1", "2", "3", "4", "0", "1", "2", "skip", "back"])


class Machine(RuleBasedStateMachine):
    """Quizzes begun, left, resumed, finished and moved to a changed pack, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.now = NOON
        self.store = Store(self.folder, self.tick)
        self.pack = OLD
        self.kept: dict[str, Kept] = {}
        self.saved: list[str] = []

    def teardown(self) -> None:
        """Remove the home."""
        shutil.rmtree(self.folder)

    def tick(self) -> datetime:
        """Return a later time than before."""
        self.now += timedelta(seconds=1)
        return self.now

    def unfinished(self) -> str | None:
        """Return the quiz that would be resumed: the last saved one that is not finished and has answers."""
        for each in reversed(self.saved):
            if not self.kept[each].finished and self.kept[each].answers:
                return each
        return None

    def _sit(self, script: list[str], *, fresh: bool) -> None:
        found = None if fresh else self.unfinished()
        before = {each.id for each in self.store.list()}
        sitting = Sitting(self.pack, Request(as_json=True), self.store)
        asking = Asking(fresh=fresh, resume=found is not None)
        current: list[str] = [found] if found else []

        def save(model: Kept) -> None:
            current.extend(each.id for each in self.store.list() if not current and each.id not in before)
            if not current:
                return
            self.kept[current[0]] = model.copy()
            self.saved = [*(each for each in self.saved if each != current[0]), current[0]]

        def begun() -> Kept:
            if found:
                return self.kept[found].fitted(self.pack)
            return Kept([each.id for each in question_order(self.pack, asking)], self.pack.fingerprint)

        class Late(Watching):
            """Looks at the store only when the quiz has begun."""

            def stage(self) -> AbstractContextManager[None]:
                self.model = begun()
                return super().stage()

        asker = Late(script, Kept([]), save, self.pack)
        sitting._asker = asker
        output = io.StringIO()
        try:
            with redirect_stdout(output), redirect_stderr(io.StringIO()):
                sitting.begin(asking)
        except InterruptionError:
            assert output.getvalue() == ""
            return
        asker.model.finished = True
        save(asker.model)
        assert output.getvalue() == replayed(self.pack, asker.model.sheet(self.pack))

    @rule(script=st.lists(LINES, min_size=1, max_size=12))
    def take(self, script: list[str]) -> None:
        """Resume or begin, do some things, and leave or come to the end."""
        self._sit(script, fresh=False)

    @rule(script=st.lists(LINES, min_size=1, max_size=12))
    def begin(self, script: list[str]) -> None:
        """Begin another quiz, do some things, and leave or come to the end."""
        self._sit(script, fresh=True)

    @rule(answers=st.lists(st.integers(0, 4), min_size=8, max_size=8), steps=st.lists(st.integers(1, 7), max_size=3))
    def nearly(self, answers: list[int], steps: list[int]) -> None:
        """Answer everything, choose some things after it, and leave before the end."""
        self._sit([*map(str, answers), "1", "skip", *map(str, steps)][: len(answers) + 5], fresh=False)

    @precondition(lambda self: self.unfinished())
    @rule(script=st.lists(LINES, min_size=8, max_size=8))
    def finish(self, script: list[str]) -> None:
        """Resume and go on to the end."""
        self._sit([*(each for each in script if each != "back"), *["skip"] * 30], fresh=False)

    @rule()
    def change_pack(self) -> None:
        """Put the other version of the pack in the place of this one."""
        self.pack = NEW if self.pack is OLD else OLD

    @rule(hours=st.integers(0, 50))
    def wait(self, hours: int) -> None:
        """Let time pass."""
        self.now += timedelta(hours=hours)

    @invariant()
    def what_is_on_disk(self) -> None:
        """Every quiz is on the disk as the model has it, and nothing else is."""
        there = {each.id: each for each in self.store.list()}
        assert there.keys() == self.kept.keys()
        for name, session in there.items():
            model = self.kept[name]
            assert isinstance(session, Session)
            assert session.sheet == model.sheet(self.pack)
            assert session.finished == model.finished
            assert (list(session.order), session.pack.fingerprint) == (model.asked, model.of)
        if self.saved:
            assert self.store.get("last").id == self.saved[-1]
        assert [each for each in self.folder.rglob("*") if each.suffix in {".tmp", ".lock"}] == []


TestMachine = pytest.mark.filterwarnings("error")(Machine.TestCase)
TestMachine.settings = settings(
    max_examples=60, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
)


def lines_of(pack: Pack, sheet: AnswerSheet) -> list[str]:
    """Return the script of a person who gives the answers of a sheet, question by question, and nothing else."""
    told = []
    for question in pack.in_order:
        answer = sheet.answers.get(question.id, SKIP)
        told.append("skip" if answer == SKIP else str(question.index(answer)))
    return told


def steps_of(pack: Pack, sheet: AnswerSheet) -> list[str]:
    """Return the script of the steps after the questions."""

    def bits(known: Sequence[Any], wanted: Sequence[str]) -> str:
        return str(sum(1 << place for place, each in enumerate(known) if each.id in wanted))

    return ["skip", bits(pack.dimensions, sheet.matters_most), bits(pack.paths, sheet.rule_out), "0"]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_way_to_a_result_gives_the_same_bytes(data: st.DataObject) -> None:
    """Interactive, left and resumed anywhere, saved and read, exported, replayed, and in lines: the same JSON."""
    pack = data.draw(packs())
    drawn = data.draw(sheets(pack))
    answers = {each.id: drawn.answers.get(each.id, SKIP) for each in pack.questions}
    most = tuple(each.id for each in pack.dimensions if each.id in drawn.matters_most)
    out = tuple(each.id for each in pack.paths if each.id in drawn.rule_out)
    sheet = AnswerSheet(pack=pack.id, answers=answers, matters_most=most, rule_out=out)
    script, steps = lines_of(pack, sheet), steps_of(pack, sheet)
    expected = json.dumps(to_json(evaluate(pack, sheet)), indent=2)

    def result(given: AnswerSheet) -> str:
        return json.dumps(to_json(evaluate(pack, given)), indent=2)

    whole = take_quiz(start(pack), save=lambda _: None, asker=Scripted([*script, *steps]))
    assert not whole.left
    assert result(whole.sheet) == expected

    leave = data.draw(st.integers(0, len(script) + len(steps)))
    kept: list[AnswerSheet] = [AnswerSheet(pack=pack.id)]
    first = take_quiz(start(pack), save=kept.append, asker=Scripted([*script, *steps][:leave]))
    with tempfile.TemporaryDirectory() as home:
        order = tuple(each.id for each in pack.in_order)
        saved = Store(Path(home), lambda: NOON).create(pack, order, sheet=kept[-1])
    again, dropped = fit(from_text(to_text(saved), saved.id), pack)
    assert dropped == []
    rest = [*script[len(again.answers) :], *steps]
    second = take_quiz(start(pack, sheet=again), save=lambda _: None, sheet=again, asker=Scripted(rest))
    assert first.left == (leave < len(script) + len(steps))
    assert result(second.sheet) == expected

    shuffled = list(answers.items())
    random.Random(leave).shuffle(shuffled)  # noqa: S311
    assert result(replace(sheet, answers=dict(shuffled))) == expected

    with tempfile.TemporaryDirectory() as folder:
        for name in ("sheet.yaml", "sheet.json"):
            write_sheet(Path(folder, name), second.sheet, pack)
            assert result(read_sheet(Path(folder, name), pack)) == expected
    assert replayed(pack, sheet) == expected + "\n"

    typed = "".join("s\n" if line == "skip" else f"{int(line) + 1}\n" for line in script)
    asker = PlainAsker(io.StringIO(typed), io.StringIO(), 80)
    plain = take_quiz(start(pack), save=lambda _: None, asker=asker)
    assert result(replace(plain.sheet, matters_most=most, rule_out=out)) == expected


def test_a_quiz_that_another_window_went_on_with_is_not_set_back(tmp_path: Path) -> None:
    """Who is asked about resuming while another window answers gets the answers given there."""
    store = Store(tmp_path, lambda: datetime.now(tz=UTC))
    assert sit(OLD, store, ["0", "1"], Asking(fresh=True)) == (False, "")
    first = store.get("last")

    def meanwhile() -> None:
        assert sit(OLD, store, ["2", "2", "2"], Asking(resume=True)) == (False, "")

    assert sit(OLD, store, ["3"], Asking(), before_resuming=meanwhile) == (False, "")
    assert len(store.list()) == 1
    answers = store.get(first.id).sheet.answers
    assert [*answers] == list(first.order[:6])


@pytest.mark.parametrize("portrait", ["01-oncologist-with-a-laboratory", "06-pediatrician-back-home"])
def test_every_run_gives_the_same_bytes(portrait: str) -> None:
    """Python's hashes of texts, which differ from run to run, do not reach a single digit of a result or an order."""
    sheet = str(Path(__file__).parents[1] / "portraits" / f"{portrait}.yaml")
    told = set()
    for seed in ("1", "41", "78", "99"):
        command = [sys.executable, "-m", "pathfinder", "quiz", "--answers", sheet, "--json", "--what-if", "hybrid"]
        environment = os.environ | {"PYTHONHASHSEED": seed}
        told.add(subprocess.run(command, env=environment, capture_output=True, check=True, timeout=60).stdout)
    assert len(told) == 1
