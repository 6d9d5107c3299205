"""What people were promised to keep, while disks fill up, windows close, packs change and several windows write."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

import pytest

from hostile import SHEET, rich_pack, run, write_pack
from pathfinder import ask as prompts
from pathfinder import files
from pathfinder.answers import Session, Store, locks
from pathfinder.answers.interview import AnswerSheet
from pathfinder.answers.place import home
from pathfinder.answers.session import from_text, to_text
from pathfinder.ask import raw_terminal as hold
from pathfinder.cli import sessions
from pathfinder.cli.present import Request
from pathfinder.cli.sitting import Asking, Sitting
from pathfinder.errors import InterruptionError, SessionError
from pathfinder.pack import bundled, load_pack
from whole.test_machine import NEW, OLD, Scripted, scale, sit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX links, owners and signals")
SOURCE: Final = Path(files.__file__).parents[1]
PORTRAIT: Final = Path(__file__).parents[1] / "portraits" / "01-oncologist-with-a-laboratory.yaml"


def now() -> datetime:
    """Return the present time."""
    return datetime.now(tz=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a store in a folder that does not exist yet."""
    return Store(tmp_path / "home", now)


class Doing(Scripted):
    """A person whose lines are answers, or things that happen before the next answer."""

    def __init__(self, script: Sequence[str | Callable[[], object]]) -> None:
        super().__init__([])
        self._todo = list(script)

    def next(self) -> str:
        """Do what happens, and return the next answer."""
        while self._todo:
            line = self._todo.pop(0)
            if isinstance(line, str):
                return line
            line()
        raise KeyboardInterrupt


def take(store: Store, script: Sequence[str | Callable[[], object]], **asking: Any) -> str:
    """Let a person take the quiz about moving; return what leaving says, "" at its end."""
    sitting = Sitting(OLD, Request(as_json=True), store)
    sitting._asker = Doing(script)
    try:
        sitting.begin(Asking(**asking))
    except InterruptionError as error:
        return str(error)
    return ""


def saved(store: Store) -> Session:
    """Return the last session."""
    return store.get("last")


# ---------------------------------------------------------------- the file that somebody names


def test_an_export_takes_the_place_of_its_own_sheets_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Notes, a sheet with a comment, a pack and a saved session stay; a sheet as we write it or an empty file goes."""
    own = Store(Path(os.environ["PATHFINDER_HOME"]), now)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(bundled(), "pack")
    pack = load_pack(bundled())
    session = own.create(pack, tuple(each.id for each in pack.questions))
    session = own.save(replace(session, sheet=AnswerSheet(pack=pack.id, answers={pack.questions[0].id: "skip"})))
    Path("notes.yaml").write_text("my notes\n", encoding="utf-8")
    Path("mine.yaml").write_text("# mine\nformat: 1\npack: another\nanswers: {}\n", encoding="utf-8")
    Path("mine.json").write_text('{"format": 1, "pack": "another", "answers": {}}', encoding="utf-8")
    Path("notes.json").write_text("{", encoding="utf-8")
    Path("large.yaml").write_bytes(b"x" * 6_000_000)
    kept = ("notes.yaml", "notes.json", "mine.yaml", "mine.json", "pack/paths.yaml", "large.yaml")
    for name in (*kept, str(own.folder / f"{session.id}.json")):
        before = Path(name).read_bytes()
        refused = run("sessions", "export", "last", name)
        assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
        assert "this program did not write it" in refused.stderr
        assert Path(name).read_bytes() == before
    Path("empty.yaml").touch()
    Path("sheet.yaml").write_text("format: 1\npack: another\nanswers: {}\n", encoding="utf-8")
    for name in ("new.yaml", "empty.yaml", "sheet.yaml", "new.yaml", "new.json", "new.json"):
        assert run("sessions", "export", "last", name).exit_code == 0
        assert "post-usmle" in Path(name).read_text(encoding="utf-8")
    assert "end its name in" in run("sessions", "export", "last", "new.txt").stderr


def test_a_report_never_takes_the_place_of_the_answers(tmp_path: Path) -> None:
    """Answers in a file whose name ends like a report's are read, and not written over, under any name of theirs."""
    sheet, other = tmp_path / "a.md", tmp_path / "b.md"
    shutil.copy(PORTRAIT, sheet)
    other.hardlink_to(sheet)
    for report in (sheet, other):
        refused = run("quiz", "--answers", str(sheet), "--report", str(report))
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert "the report would take the place of the answers; give it another name" in refused.stderr
        assert sheet.read_bytes() == PORTRAIT.read_bytes()
    assert run("quiz", "--answers", str(sheet), "--report", str(tmp_path / "c.md")).exit_code == 0


@posix
def test_a_name_may_be_as_long_as_the_system_allows(tmp_path: Path) -> None:
    """The file that is written beside the wanted one has a short name of its own."""
    target = tmp_path / f"{'n' * 250}.html"
    assert run("quiz", "--answers", str(PORTRAIT), "--report", str(target)).exit_code == 0
    assert target.stat().st_size > 10_000


@posix
def test_a_report_that_cannot_be_written_is_refused_before_the_first_question() -> None:
    """A folder without the right to write in it is told at once, not after thirty answers, for a new file too."""
    code = (
        "import os, sys; from pathlib import Path; import pathfinder.files; from pathfinder.files import check_target\n"
        "if os.getuid() == 0:\n    os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "check_target(Path(sys.argv[1], 'report.html'), 'report', ('.html',))"
    )
    with tempfile.TemporaryDirectory() as folder:
        for mode, refused in ((0o555, True), (0o777, False)):
            Path(folder).chmod(mode)
            line = [sys.executable, "-c", code, folder]
            ended = subprocess.run(line, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(SOURCE)})
            assert ("cannot be written to" in ended.stderr and "permission is denied" in ended.stderr) == refused
            assert (ended.returncode == 0) == (not refused), ended.stderr


# ---------------------------------------------------------------- saving


def block(store: Store) -> Callable[[], object]:
    """Return what makes saving impossible: a file in the place of the folder."""

    def act() -> None:
        if store.folder.exists():
            store.folder.rename(store.folder.with_name("aside"))
        store.folder.parent.mkdir(exist_ok=True)
        store.folder.write_text("in the way", encoding="utf-8")

    return act


def unblock(store: Store) -> Callable[[], object]:
    """Return what makes saving possible again."""

    def act() -> None:
        store.folder.unlink()
        if store.folder.with_name("aside").exists():
            store.folder.with_name("aside").rename(store.folder)

    return act


def test_leaving_tries_once_more_to_save(store: Store) -> None:
    """Whoever made room before leaving has lost nothing; who did not is told what is wrong, and no more."""
    said = take(store, ["0", "1", block(store), "2", "2", unblock(store)])
    assert said.startswith("Saved. Resume with: ")
    assert len(saved(store).sheet.answers) == 4
    said = take(store, ["0", block(store), "1"], fresh=True)
    assert said.startswith("left; the last answers were not saved. Your answers could not be saved in ")
    assert "the next answer" not in said


def test_who_leaves_before_answering_has_nothing_to_lose(store: Store) -> None:
    """Where nothing can be saved and nothing was answered, leaving speaks of no lost answers."""
    block(store)()
    assert take(store, []) == "left before the first answer. Start again with: pathfinder quiz"


def test_a_last_save_that_fails_is_told_beside_the_json(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """Standard output holds the result alone; standard error says that the end of the quiz is not on the disk."""
    assert take(store, [*"01234012", block(store), *["skip"] * 9]) == ""
    told = capsys.readouterr()
    assert json.loads(told.out)["schema"] == "pathfinder.result/2"
    assert told.err.startswith("Your answers could not be saved in ")
    assert told.err.count("\n") == 1


def test_leaving_names_the_quiz_that_was_left(store: Store) -> None:
    """--resume is advised only where it opens this very quiz; otherwise the quiz is named."""
    assert take(store, ["0"]).endswith("Resume with: pathfinder quiz --resume")
    first = saved(store)
    assert take(store, ["1"], fresh=True).endswith("Resume with: pathfinder quiz --resume")
    sitting = Sitting(OLD, Request(), store)
    sitting._asker = Doing([])
    with pytest.raises(InterruptionError, match=f"Resume with: pathfinder sessions resume {first.id}$"):
        sitting.resume(store.get(first.id))


# ---------------------------------------------------------------- a changed pack


def test_a_pack_with_other_questions_is_asked(tmp_path: Path) -> None:
    """Resumed on a pack none of whose questions is the old one, a quiz asks the new ones and stays unfinished."""
    store = Store(tmp_path, now)
    assert sit(OLD, store, ["0", "1"], Asking(fresh=True)) == (False, "")
    changed = replace(OLD, questions=(scale("new1", "x"), scale("new2", "y")), fingerprint="sha256:changed")
    assert sit(changed, store, ["3"], Asking(resume=True)) == (False, "")
    session = saved(store)
    assert not session.finished
    assert (set(session.order), len(session.sheet.answers)) == ({"new1", "new2"}, 1)
    assert session.pack.fingerprint == "sha256:changed"


def test_a_short_quiz_stays_short(tmp_path: Path) -> None:
    """What --short left out is not taken for something that the pack has added."""
    store = Store(tmp_path, now)
    assert sit(OLD, store, ["0"], Asking(fresh=True, short=True)) == (False, "")
    order = saved(store).order
    assert sit(NEW, store, ["1"], Asking(resume=True)) == (False, "")
    kept = [each for each in order if each in NEW.question_by_id]
    assert len(saved(store).order) == max(len(kept), (len(NEW.questions) + 1) // 2) < len(NEW.questions)
    assert set(kept) <= set(saved(store).order)
    assert saved(store).short


def test_a_file_from_before_short_was_noted_can_be_read(tmp_path: Path) -> None:
    """A session without the entry is one that was asked in full."""
    store = Store(tmp_path, now)
    session = store.create(OLD, tuple(OLD.question_by_id), short=True)
    data = json.loads(to_text(session))
    assert data.pop("short") is True
    assert from_text(json.dumps(data).encode(), session.id) == replace(session, short=False)


# ---------------------------------------------------------------- several windows


def test_a_quiz_that_could_not_be_locked_is_locked_when_it_can_be_saved(store: Store) -> None:
    """Begun where nothing could be written, a quiz is kept to its window from the first save that works."""
    other = Store(store.folder.parent, now)

    def look() -> None:
        with pytest.raises(SessionError, match="is open in another window"), other.lock(saved(store).id):
            pass

    block(store)()
    assert take(store, ["0", unblock(store), "1", look, "2"]).startswith("Saved. ")
    with other.lock(saved(store).id):
        pass


def test_a_lock_is_made_again_with_its_folder(store: Store) -> None:
    """When the folder of the sessions is removed in the middle of a quiz, so is the lock; the next save makes both."""
    session = store.create(OLD, tuple(OLD.question_by_id))
    with store.lock(session.id):
        shutil.rmtree(store.folder)
        store.save(session)
        with (
            pytest.raises(SessionError, match="is open in another window"),
            Store(store.folder.parent, now).lock(session.id),
        ):
            pass


def test_what_another_window_took_over_is_not_written_over(store: Store) -> None:
    """Who lost the lock and finds it taken saves nothing, and is told so."""
    session = store.create(OLD, tuple(OLD.question_by_id))
    other = Store(store.folder.parent, now)
    with store.lock(session.id):
        locks.lock_path(store.folder, session.id).unlink()
        with other.lock(session.id):
            newer = other.save(replace(session, sheet=AnswerSheet(pack=OLD.id, answers={"x1": "2"})))
            with pytest.raises(SessionError, match="is open in another window"):
                store.save(session)
            assert store.get(session.id) == newer
        for _ in range(2):
            with pytest.raises(SessionError, match="went on in another window"):
                store.save(session)
        assert store.get(session.id) == newer


def test_nobody_drops_the_lock_of_another(store: Store) -> None:
    """Who lost the lock and leaves takes nobody else's away with it, and a refused lock leaves nothing to take."""
    session = store.create(OLD, tuple(OLD.question_by_id))
    other, third = (Store(store.folder.parent, now) for _ in range(2))
    with store.lock(session.id):
        locks.lock_path(store.folder, session.id).unlink()
        taken = other.lock(session.id)
        taken.__enter__()
    with pytest.raises(SessionError, match="is open in another window"), third.lock(session.id):
        pass
    taken.__exit__(None, None, None)
    third.save(session)
    with other.lock(session.id):
        pass


def test_no_session_is_called_like_the_last_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file called last.json is broken, and deleting it deletes it, not the newest quiz."""
    monkeypatch.setenv("PATHFINDER_HOME", str(tmp_path))
    own = Store(tmp_path, now)
    session = own.create(OLD, tuple(OLD.question_by_id))
    shutil.copy(own.folder / f"{session.id}.json", own.folder / "last.json")
    assert run("sessions", "delete", "las", "--yes").exit_code == 0
    assert [each.name for each in own.folder.glob("*.json")] == [f"{session.id}.json"]


def test_deleting_last_deletes_what_was_asked_about(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A quiz that another window saves while the question stands is not the one that goes."""
    monkeypatch.setenv("PATHFINDER_HOME", str(tmp_path))
    store = Store(tmp_path, now)
    first = store.create(OLD, tuple(OLD.question_by_id))
    asked: list[str] = []

    class Slow(Scripted):
        def confirm(self, question: str) -> bool:
            asked.append(question)
            store.create(OLD, tuple(OLD.question_by_id))
            return True

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(prompts, "choose", lambda **_: Slow([]))
    sessions.delete("last", yes=False)
    day = f"{first.updated.astimezone():%Y-%m-%d}"
    assert asked == [f"Delete {first.id} ({day}, 0 answers, not finished) for good?"]
    [left] = store.list()
    assert left.id != first.id
    with pytest.raises(SessionError, match="there is no saved quiz “nowhere”"):
        sessions.delete("nowhere", yes=False)
    assert len(asked) == 1


# ---------------------------------------------------------------- folders, owners and links


@posix
def test_a_folder_that_a_link_leads_to_keeps_its_permissions_and_its_files(store: Store, tmp_path: Path) -> None:
    """Whoever links the sessions to a folder for several people finds it as it was, others' temporary files in it."""
    team = tmp_path / "team"
    team.mkdir()
    team.chmod(0o775)
    other = team / ".another-program.tmp"
    other.write_bytes(b"x")
    os.utime(other, (0, 0))
    store.folder.parent.mkdir()
    store.folder.symlink_to(team)
    store.create(OLD, tuple(OLD.question_by_id))
    assert stat.S_IMODE(team.stat().st_mode) == 0o775
    assert other.exists()


@posix
@pytest.mark.parametrize("umask", [0o000, 0o277, 0o777])
def test_no_umask_makes_a_home_that_cannot_be_used(store: Store, umask: int) -> None:
    """The folders get the permissions that they need, whatever the umask takes away."""
    before = os.umask(umask)
    try:
        store.create(OLD, tuple(OLD.question_by_id))
    finally:
        os.umask(before)
    assert {stat.S_IMODE(each.stat().st_mode) for each in (store.folder, store.folder.parent)} == {0o700}
    assert {stat.S_IMODE(each.stat().st_mode) for each in store.folder.iterdir()} == {0o600}


@posix
@pytest.mark.parametrize("chosen", ["relative", "~nobody-has-this-name/x"])
def test_a_home_that_is_no_place_is_told(chosen: str, tmp_path: Path) -> None:
    """A relative home in a folder that is gone, or that of an unknown user, costs the sessions, not the command."""
    gone = tmp_path / "gone"
    gone.mkdir()
    code = (
        f"import os; os.chdir({str(gone)!r}); os.rmdir({str(gone)!r}); import sys\n"
        "sys.argv = ['pathfinder', *sys.argv[1:]]\nfrom pathfinder.cli import main\nmain()"
    )
    environment = os.environ | {"PATHFINDER_HOME": chosen, "PYTHONPATH": str(Path(files.__file__).parents[1])}
    for command, wanted in ((["compare", "--json"], 0), (["sessions"], 2)):
        line = [sys.executable, "-c", code, *command]
        ended = subprocess.run(line, env=environment, capture_output=True, check=False, text=True)
        gone.mkdir(exist_ok=True)
        assert ended.returncode == wanted, ended.stderr
        assert ended.stderr.count("\n") == (wanted > 0)
        assert "Traceback" not in ended.stderr
    assert run("compare", PATHFINDER_HOME=".").exit_code == 0
    with pytest.raises(SessionError, match="No home folder is known"):
        home({"PATHFINDER_HOME": "~nobody-has-this-name/x"})


# ---------------------------------------------------------------- times and signals


@pytest.mark.parametrize(
    ("moment", "zone"), [("0001-01-01T00:00:00Z", "America/New_York"), ("9999-12-31T23:59:59Z", "Asia/Tokyo")]
)
def test_a_date_at_the_end_of_time_spoils_no_list(moment: str, zone: str, store: Store) -> None:
    """A session whose date has no place in the present time zone is listed, resumed and shown like any other."""
    pack = load_pack(bundled())
    session = store.create(pack, tuple(each.id for each in pack.questions))
    session = store.save(replace(session, sheet=AnswerSheet(pack=pack.id, answers={pack.questions[0].id: "skip"})))
    path = store.folder / f"{session.id}.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(data | {"updated": moment, "created": moment}), encoding="utf-8")
    environment = os.environ | {"PATHFINDER_HOME": str(store.folder.parent), "TZ": zone}
    for command in (["sessions"], ["sessions", "list", "--json"], ["sessions", "show", session.id]):
        line = [sys.executable, "-m", "pathfinder", *command]
        assert subprocess.run(line, env=environment, capture_output=True, check=False).returncode == 0


@posix
def test_a_signal_while_the_library_is_being_loaded_leaves_in_good_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before there is a prompt to end, a signal is what Ctrl-C is, whether its module is there, half there or not."""
    for module in (None, ModuleType("pathfinder.ask.toolkit")):
        monkeypatch.setitem(sys.modules, "pathfinder.ask.toolkit", module)
        with pytest.raises(KeyboardInterrupt):
            hold._leave(15, None)


@pytest.mark.parametrize("broken", [errno.EIO, errno.ENOSPC])
def test_a_disk_that_reports_an_error_is_told_in_one_line(
    broken: int, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the disk says when an answer is synced, the quiz goes on and the message is one line."""

    def refuse(_descriptor: int) -> None:
        raise OSError(broken, os.strerror(broken))

    session = store.create(OLD, tuple(OLD.question_by_id))
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(SessionError) as caught:
        store.save(session)
    assert "\n" not in str(caught.value)
    assert [each.name for each in store.folder.iterdir()] == [f"{session.id}.json"]


def test_a_pack_that_is_exported_to_in_its_own_folder_stays_whole(tmp_path: Path) -> None:
    """A sheet beside the four files is no fifth file that the pack would trip over."""
    folder = write_pack(tmp_path / "pack", rich_pack())
    (folder / "sheet.yaml").write_text(SHEET, encoding="utf-8")
    assert run("quiz", "--answers", str(folder / "sheet.yaml"), "--json", "--pack", str(folder)).exit_code == 0


def test_a_pack_that_was_moved_is_asked_for(tmp_path: Path) -> None:
    """Whoever moved a pack's folder is told how to say where it is, and goes on from there."""
    here, there = tmp_path / "here", tmp_path / "there"
    shutil.copytree(bundled(), here)
    own, pack = Store(Path(os.environ["PATHFINDER_HOME"]), now), load_pack(here)
    first = pack.questions[0].id
    sheet = AnswerSheet(pack=pack.id, answers={first: "skip"})
    own.save(replace(own.create(pack, (first,), str(here)), sheet=sheet))
    here.rename(there)
    for command in (["sessions", "show", "last"], ["sessions", "plan"], ["sessions", "diff", "last", "last"]):
        refused = run(*command)
        assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
        assert "--pack" in refused.stderr
        assert run(*command, "--pack", str(there)).exit_code == 0
