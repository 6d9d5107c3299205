"""Saved sessions: durable, private, and readable whatever became of the files."""

from __future__ import annotations

import errno
import json
import os
import random
import resource
import stat
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pathfinder.answers import BrokenSession, Changed, Session, Store, difference_between, fit, home
from pathfinder.answers.interview import AnswerSheet
from pathfinder.errors import SessionError
from pathfinder.pack import SKIP, CareerPath, Dimension, Option, Pack, Question, Scale, scale_options

if TYPE_CHECKING:
    from collections.abc import Iterator

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SOURCE = Path(__file__).parents[2] / "src"

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions, links and FIFOs")


class Clock:
    """A clock that the test sets."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:  # noqa: D102
        return self.now

    def advance(self, **by: float) -> None:
        """Move on by a timedelta's keywords."""
        self.now += timedelta(**by)


def make_pack(**changes: Any) -> Pack:
    """Return a pack with a scale ("calm"), a choice ("week"), two dimensions and two paths."""
    scale = Scale(dimension="peace", keyed="+")
    week = (
        Option(id="days", text="Days", effects={"peace": 1.0}),
        Option(id="nights", text="Nights", effects={"pay": 1.0}),
    )
    pack = Pack(
        id="work",
        version="1.0",
        title="Work",
        about="About work.",
        themes=("life",),
        dimensions=tuple(Dimension(id=each, name=each, theme="life", about=each) for each in ("peace", "pay")),
        paths=tuple(
            CareerPath(id=each, name=each, summary=each, profile=profile, week={})
            for each, profile in (("farm", {"peace": 2.0}), ("bank", {"pay": 2.0}))
        ),
        questions=(
            Question(id="calm", theme="life", text="Calm?", options=scale_options(scale), scale=scale),
            Question(id="week", theme="life", text="Week?", options=week),
        ),
        fingerprint="sha256:" + "0" * 64,
    )
    return replace(pack, **changes)


PACK = make_pack()
ORDER = ("calm", "week")
ANSWERS = {"calm": "4", "week": "nights"}
FULL = AnswerSheet(
    pack="work", answers=ANSWERS, matters_most=("peace",), does_not_matter=("pay",), rule_out=("bank",), lean="farm"
)


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands at noon."""
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Store:
    """Return a store in a folder that does not exist yet."""
    return Store(tmp_path / "home", clock)


def file_of(store: Store, session: Session) -> Path:
    """Return where a session is saved."""
    return store.folder / f"{session.id}.json"


def only_problem(store: Store) -> str:
    """Return the problem of the store's only entry."""
    (entry,) = store.list()
    assert isinstance(entry, BrokenSession)
    return entry.problem


@contextmanager
def full_disk(limit: int = 64) -> Iterator[None]:
    """Let no file grow beyond `limit` bytes, as on a full disk; holds for root too."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


# ---------------------------------------------------------------- saving


def test_a_saved_session_reads_back_as_the_same_value(store: Store, clock: Clock) -> None:
    """What is saved is what is read."""
    begun = store.create(PACK, ORDER, folder="/packs/work")
    clock.advance(minutes=5)
    saved = store.save(replace(begun, sheet=FULL, finished=True, verdict="clear", leader=("farm",)))
    assert saved == store.get(begun.id)
    assert (saved.created, saved.updated) == (NOON, NOON + timedelta(minutes=5))


def test_the_file_follows_the_documented_form(store: Store) -> None:
    """Other programs read the file by its schema."""
    session = store.save(replace(store.create(PACK, ORDER), sheet=FULL))
    assert json.loads(file_of(store, session).read_text()) == {
        "schema": "pathfinder.session/1",
        "id": session.id,
        "created": "2026-11-22T12:00:00.000000Z",
        "updated": "2026-11-22T12:00:00.000000Z",
        "pack": {"id": "work", "version": "1.0", "fingerprint": PACK.fingerprint, "folder": None},
        "order": ["calm", "week"],
        "short": False,
        "name": None,
        "finished": False,
        "verdict": None,
        "leader": None,
        "sheet": {
            "format": 1,
            "pack": "work",
            "answers": {"calm": 4, "week": "nights"},
            "matters_most": ["peace"],
            "does_not_matter": ["pay"],
            "rule_out": ["bank"],
            "lean": "farm",
        },
    }


def test_an_id_is_the_local_day_and_a_short_suffix(tmp_path: Path) -> None:
    """People recognise a session by its day, as their own clock showed it."""
    east = Clock(datetime.fromisoformat("2026-11-23T01:00:00+09:00"))
    session = Store(tmp_path, east).create(PACK, ORDER)
    assert session.id[:11] == "2026-11-23-"
    assert len(session.id) == 14
    assert session.created == datetime(2026, 11, 22, 16, tzinfo=UTC)


def test_ids_never_collide(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two quizzes that draw the same suffix get two ids, and neither overwrites the other."""
    draws = iter([b"\0\0\0", b"abcd", b"\0\0\0", b"efgh", b"\1\1\1", b"ijkl"])
    monkeypatch.setattr(os, "urandom", lambda _: next(draws))
    first, second = store.create(PACK, ORDER), store.create(PACK, ORDER)
    assert first.id != second.id
    assert {each.id for each in store.list()} == {first.id, second.id}


def test_many_processes_begin_at_once(tmp_path: Path) -> None:
    """Quizzes begun at the same moment are all kept, each under its own id."""
    code = PRELUDE + "for _ in range(25): print(store.create(PACK, ORDER).id)"
    workers = [start(code, tmp_path) for _ in range(4)]
    ids = [line for each in workers for line in each.communicate(timeout=60)[0].split()]
    assert len(ids) == len(set(ids)) == 100
    assert len(Store(tmp_path, Clock()).list()) == 100


@posix
def test_folder_and_files_are_private_under_any_umask(store: Store) -> None:
    """Only the owner may read: 0600 in a 0700 folder."""
    before = os.umask(0)
    try:
        session = store.save(store.create(PACK, ORDER))
    finally:
        os.umask(before)
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (store.folder.parent, store.folder, file_of(store, session))]
    assert modes == [0o700, 0o700, 0o600]


@posix
def test_a_planted_link_is_replaced_and_never_followed(store: Store, tmp_path: Path) -> None:
    """Saving over a symbolic link leaves what it points to alone."""
    victim = tmp_path / "victim"
    victim.write_text("precious")
    session = store.create(PACK, ORDER)
    file_of(store, session).unlink()
    file_of(store, session).symlink_to(victim)
    store.save(session)
    assert victim.read_text() == "precious"
    assert not file_of(store, session).is_symlink()


def test_a_full_disk_loses_no_earlier_answer(store: Store) -> None:
    """When a save fails, the saved session stays whole, nothing is left over, and the message says what to do."""
    session = store.save(replace(store.create(PACK, ORDER), sheet=AnswerSheet(pack="work", answers={"calm": "4"})))
    with full_disk(), pytest.raises(SessionError) as caught:
        store.save(replace(session, sheet=FULL))
    assert str(caught.value) == (
        f"Your answers could not be saved in {store.folder}: the file would be larger than this system allows. "
        "Free some space."
    )
    assert [each.name for each in store.folder.iterdir()] == [f"{session.id}.json"]
    assert store.get("last") == session
    assert store.save(replace(session, sheet=FULL)).sheet == FULL


@pytest.mark.parametrize("place", ["home", "home/sessions"])
def test_a_file_in_place_of_the_folder_is_one_clear_line(store: Store, tmp_path: Path, place: str) -> None:
    """A folder that cannot be made is said in one line, which names the way out."""
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_text("")
    with pytest.raises(SessionError) as caught:
        store.create(PACK, ORDER)
    assert "a file stands where a folder should be" in str(caught.value)
    assert "Set PATHFINDER_HOME" in str(caught.value)
    assert "\n" not in str(caught.value)
    with store.lock("any"):
        pass


def test_a_folder_that_vanished_is_made_again(store: Store) -> None:
    """Deleting the folder in the middle of a quiz costs nothing: the next save brings everything back."""
    session = store.create(PACK, ORDER)
    file_of(store, session).unlink()
    store.folder.rmdir()
    store.folder.parent.rmdir()
    assert store.save(session) == store.get("last")


def test_only_stale_temporary_files_are_removed(store: Store) -> None:
    """What a killed process left is cleaned up; what another process is writing now is not."""
    store.create(PACK, ORDER)
    names = (".pathfinder-1-0123abcd.tmp", ".2026-11-22-bcd.lock", ".somebody-elses.lock", ".pathfinder-2-0123abcd.tmp")
    old, lock, other, young = (store.folder / each for each in names)
    for path, age in ((old, 7200), (lock, 7200), (other, 7200), (young, 60)):
        path.write_text("1")
        os.utime(path, (NOON.timestamp() - age,) * 2)
    assert len(store.list()) == 1
    store.create(PACK, ORDER)
    assert [each.exists() for each in (old, lock, other, young)] == [False, False, True, True]


def test_a_lock_that_is_held_is_not_swept(store: Store) -> None:
    """However long a quiz has been open, beginning another one leaves its lock alone."""
    session = store.create(PACK, ORDER)
    with store.lock(session.id):
        [lock] = store.folder.glob(".*.lock")
        os.utime(lock, (NOON.timestamp() - 7200,) * 2)
        store.create(PACK, ORDER)
        assert lock.exists()
        with (
            pytest.raises(SessionError, match="is open in another window"),
            Store(store.folder.parent, clock).lock(session.id),
        ):
            pass


@pytest.mark.parametrize("broken", ["fsync", "flock"])
def test_file_systems_that_lack_a_feature_still_save(
    store: Store, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """Without folder syncing or locks, sessions are begun, saved and kept apart as well as can be."""
    import fcntl

    def fail(descriptor: object, *_: object, **__: object) -> None:
        if broken != "fsync" or (isinstance(descriptor, int) and stat.S_ISDIR(os.fstat(descriptor).st_mode)):
            raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr({"fsync": os, "flock": fcntl}[broken], broken, fail)
    session = store.create(PACK, ORDER)
    with store.lock(session.id):
        assert store.save(session) == store.get("last")
    assert [each.name for each in store.folder.iterdir()] == [f"{session.id}.json"]


def test_an_error_of_the_disk_is_never_taken_for_a_success(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the disk did not confirm is not acknowledged."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(SessionError, match="the disk reports an error"):
        store.create(PACK, ORDER)
    assert list(store.folder.iterdir()) == []


# ---------------------------------------------------------------- processes

PRELUDE = """
import sys
sys.path[:0] = [sys.argv[1], sys.argv[2]]
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from pathfinder.errors import SessionError
from pathfinder.answers import Store
from answers.test_sessions import FULL, ORDER, PACK
store = Store(Path(sys.argv[3]), lambda: datetime.now(UTC))
"""

SAVING_FOR_EVER = """
session = store.create(PACK, ORDER)
for step in range(1_000_000):
    sheet = replace(FULL, answers=FULL.answers | {f"extra-{each}": "skip" for each in range(step % 50 + 1)})
    session = store.save(replace(session, sheet=sheet, order=(f"step-{step}",)))
    print(session.id, step, flush=True)
"""

HOLDING = """
with store.lock(sys.argv[4]):
    print("held", flush=True)
    sys.stdin.read()
"""


def start(code: str, folder: Path, *more: str) -> subprocess.Popen[str]:
    """Start Python on `code` with PRELUDE's names, its input and output in pipes."""
    arguments = [sys.executable, "-c", code, str(SOURCE), str(Path(__file__).parents[1]), str(folder), *more]
    return subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_killed_in_the_middle_of_saving_the_file_holds_all_acknowledged_answers(tmp_path: Path) -> None:
    """Whenever the process is killed, its file is whole and at least as new as the last finished save."""
    chance = random.Random(6)  # noqa: S311 - any moment will do, the same ones every time are easier to follow.
    for round_ in range(10):
        place = tmp_path / str(round_)
        with start(PRELUDE + SAVING_FOR_EVER, place) as worker:
            assert worker.stdout is not None
            worker.stdout.readline()
            time.sleep(chance.uniform(0, 0.08))
            worker.kill()
            said = [line.split() for line in worker.stdout.read().splitlines() if line.count(" ") == 1]
        (session,) = Store(place, lambda: datetime.now(UTC)).list()
        assert isinstance(session, Session)
        step = int(session.order[0].removeprefix("step-"))
        acknowledged = int(said[-1][1]) if said else 0
        assert acknowledged <= step <= acknowledged + 1
        assert len(session.sheet.answers) == 2 + step % 50 + 1


@posix
def test_a_second_process_is_refused_until_the_first_lets_go(store: Store, tmp_path: Path) -> None:
    """One session belongs to one process at a time; a killed one does not keep it."""
    session = store.create(PACK, ORDER)
    with start(PRELUDE + HOLDING, tmp_path / "home", session.id) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        message = f"Quiz {session.id} is open in another window \\(process {holder.pid}\\). Close that one first"
        with pytest.raises(SessionError, match=message), store.lock(session.id):
            pytest.fail("both hold the lock")
        with pytest.raises(SessionError, match="open in another window"):
            store.delete(store.find(session.id))
        holder.kill()
        holder.wait(timeout=10)
    with store.lock(session.id):
        pass
    assert [each.name for each in store.folder.iterdir()] == [f"{session.id}.json"]


def test_a_lock_keeps_out_the_same_process_and_other_sessions_are_free(store: Store) -> None:
    """Locks are one for each session."""
    one, other = store.create(PACK, ORDER), store.create(PACK, ORDER)
    with store.lock(one.id), store.lock(other.id), pytest.raises(SessionError), store.lock(one.id):
        pytest.fail("locked twice")


# ---------------------------------------------------------------- reading


def plant(path: Path, kind: str, folder: Path) -> None:
    """Put something that is no regular file at `path`."""
    if kind == "link":
        (folder / "elsewhere").write_text("{}")
        path.symlink_to(folder / "elsewhere")
    elif kind == "fifo":
        os.mkfifo(path)
    else:
        path.mkdir()


@posix
@pytest.mark.parametrize(
    ("kind", "problem"),
    [
        ("link", "is not a saved session"),
        ("fifo", "is a pipe, not a file"),
        ("folder", "is a folder, not a file"),
    ],
)
def test_what_is_no_file_is_listed_as_a_problem(store: Store, tmp_path: Path, kind: str, problem: str) -> None:
    """Links, FIFOs and folders among the sessions neither crash nor hang the list."""
    store.folder.mkdir(parents=True)
    plant(store.folder / "odd.json", kind, tmp_path)
    assert only_problem(store) == problem
    with pytest.raises(SessionError, match=f"Quiz odd {problem}; remove it with: pathfinder sessions delete odd"):
        store.get("odd")


def damaged(**changes: Any) -> bytes:
    """Return the text of a good session with some entries changed."""
    good = {
        "schema": "pathfinder.session/1",
        "id": "x",
        "created": "2026-11-22T12:00:00Z",
        "updated": "2026-11-22T12:00:00Z",
        "pack": {"id": "work", "version": "1", "fingerprint": "f", "folder": None},
        "order": [],
        "finished": False,
        "verdict": None,
        "leader": None,
        "sheet": {"pack": "work", "answers": {}, "matters_most": [], "does_not_matter": [], "rule_out": []},
    }
    return json.dumps(good | changes).encode()


LACKING = json.dumps({key: value for key, value in json.loads(damaged()).items() if key != "order"}).encode()
SHEET = json.loads(damaged())["sheet"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (damaged()[:-30], "is damaged or cut short: it is not whole JSON"),
        (b"\xff\xfe{}", "is damaged or cut short: it is not whole JSON"),
        (b"\0" * 4096, "is damaged or cut short: it is not whole JSON"),
        (b"[" * 200_000, "is damaged or cut short: it is not whole JSON"),
        (b"9" * 5000, "is damaged or cut short: it is not whole JSON"),
        (b"[]", "is not a saved session"),
        (b'{"schema": "other/1"}', "is not a saved session"),
        (b'{"schema": {}}', "is not a saved session"),
        (damaged(schema="pathfinder.session/0"), "was written by another version of pathfinder"),
        (damaged(schema="pathfinder.session/2"), "was written by another version of pathfinder"),
        (LACKING, "lacks the entry 'order'"),
        (damaged(order="calm"), "holds something unexpected in the entry 'order'"),
        (damaged(order=[1]), "holds something unexpected in the entry 'order'"),
        (damaged(order=["a\x1b[31mb"]), "holds something unexpected in the entry 'order'"),
        (damaged(verdict="\u202eclear"), "holds something unexpected in the entry 'verdict'"),
        (damaged(finished="no"), "holds something unexpected in the entry 'finished'"),
        (damaged(pack=[]), "holds something unexpected in the entry 'pack'"),
        (damaged(created="yesterday"), "holds no date in the entry 'created'"),
        (damaged(updated="0001-01-01T00:00:00+14:00"), "holds no date in the entry 'updated'"),
        (damaged(sheet=SHEET | {"answers": {"calm": True}}), "holds something unexpected in the entry 'answers'"),
        (damaged(sheet=SHEET | {"answers": {"calm": 10**400}}), "holds something unexpected in the entry 'answers'"),
        (damaged(sheet=SHEET | {"answers": {"a\nb": 1}}), "holds something unexpected in the entry 'answers'"),
        (damaged(sheet=SHEET | {"lean": 3}), "holds something unexpected in the entry 'lean'"),
        (damaged(verdict="x" * 1_000_001), "is larger than 1 MB"),
    ],
)
def test_damaged_foreign_and_older_files_are_problems(store: Store, content: bytes, problem: str) -> None:
    """A file that cannot be read is an entry that says why; it hides no other and can be deleted."""
    store.folder.mkdir(parents=True)
    (store.folder / "x.json").write_bytes(content)
    assert only_problem(store) == problem
    good = store.create(PACK, ORDER)
    assert store.list()[0] == good
    assert store.get("last") == good
    assert store.delete(store.find("x")) == "x"
    assert store.list() == [good]


def test_every_cut_of_a_session_file_is_a_problem(store: Store) -> None:
    """Whatever part of a file is missing at its end, reading gives a value."""
    session = store.save(replace(store.create(PACK, ORDER), sheet=FULL))
    whole = file_of(store, session).read_bytes()
    for length in range(len(whole.rstrip())):
        file_of(store, session).write_bytes(whole[:length])
        assert only_problem(store).startswith("is ")


def test_a_hostile_file_name_is_shown_harmless(store: Store) -> None:
    """No control character of a file's name reaches whoever lists the sessions."""
    store.folder.mkdir(parents=True)
    (store.folder / "a\x1b]52;c;x\x07.json").write_text("{}")
    (entry,) = store.list()
    assert isinstance(entry, BrokenSession)
    assert entry.id == "a?]52;c;x?"
    store.delete(store.find(entry.id))
    assert store.list() == []


def test_a_copied_file_is_a_session_of_its_own(store: Store) -> None:
    """The file's name is the id, whatever stands inside."""
    session = store.create(PACK, ORDER)
    (store.folder / "kept.json").write_bytes(file_of(store, session).read_bytes())
    assert store.get("kept") == replace(session, id="kept")


def test_no_folder_is_an_empty_list(store: Store) -> None:
    """Before the first quiz there is nothing to list, and nothing is made by looking."""
    assert store.list() == []
    assert not store.folder.exists()


# ---------------------------------------------------------------- order and finding


def test_the_newest_is_first_by_the_time_of_its_last_answer(store: Store, clock: Clock) -> None:
    """Taking up an older session makes it the last one."""
    older = store.create(PACK, ORDER)
    clock.advance(hours=1)
    newer = store.create(PACK, ORDER)
    assert [each.id for each in store.list()] == [newer.id, older.id]
    clock.advance(hours=1)
    store.save(older)
    assert store.get("last").id == older.id


def test_a_date_from_a_wrong_clock_does_not_stay_on_top(store: Store, clock: Clock) -> None:
    """A session dated years ahead is not "last" once the clock is right; and a clock far behind harms nothing."""
    clock.now = datetime(2099, 1, 1, tzinfo=UTC)
    wrong = store.create(PACK, ORDER)
    clock.now = NOON
    right = store.create(PACK, ORDER)
    assert [each.id for each in store.list()] == [right.id, wrong.id]
    clock.now = datetime(1970, 1, 1, tzinfo=UTC)
    reset = store.create(PACK, ORDER)
    assert [each.id for each in store.list()] == [reset.id, wrong.id, right.id]


def test_a_session_is_found_by_the_beginning_or_the_end_of_its_id(store: Store, clock: Clock) -> None:
    """As much of the id as tells it apart is enough."""
    session = store.create(PACK, ORDER)
    clock.advance(days=1)
    store.create(PACK, ORDER)
    assert store.get(session.id[-3:]) == store.get("2026-11-22") == session


def test_an_unclear_or_unknown_id_says_which_there_are(store: Store) -> None:
    """Nothing is guessed: the message names the sessions that fit, or the one probably meant."""
    with pytest.raises(SessionError, match="there is no saved quiz yet; take one with: pathfinder quiz"):
        store.get("last")
    with pytest.raises(SessionError, match="there is no saved quiz “abc”; none is saved yet"):
        store.get("abc")
    one, other = store.create(PACK, ORDER), store.create(PACK, ORDER)
    with pytest.raises(SessionError, match="2 quizzes fit “2026”: ") as caught:
        store.get("2026")
    assert one.id in str(caught.value)
    assert other.id in str(caught.value)
    with pytest.raises(SessionError, match=f"did you mean {one.id}"):
        store.get(one.id[:-1] + "?")
    with pytest.raises(SessionError, match=r"there is no saved quiz “”; see them with: pathfinder sessions$"):
        store.get("")
    with pytest.raises(SessionError, match="there is no saved quiz “2”; "):
        store.get("2")


def test_a_file_that_vanishes_while_listing_is_not_there(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session deleted by another process after the folder was listed is simply gone."""
    session = store.create(PACK, ORDER)
    ghost = store.folder / "ghost.json"
    monkeypatch.setattr(Path, "iterdir", lambda _: iter([ghost, file_of(store, session)]))
    assert store.list() == [session]


def test_an_unreadable_folder_or_file_is_one_clear_line(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system refuses to read is said with its reason."""
    store.create(PACK, ORDER)

    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refuse)
        assert only_problem(store) == "cannot be read: permission is denied"
    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(SessionError, match=r"The saved quizzes in .* cannot be read: permission is denied\."):
        store.list()


def test_no_free_name_is_said_and_not_tried_for_ever(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """When every drawn name is taken, the message says what to do."""
    monkeypatch.setattr(os, "urandom", bytes)
    for _ in range(2):
        store.create(PACK, ORDER)
    with pytest.raises(SessionError, match="No free name"):
        store.create(PACK, ORDER)


def test_a_session_that_cannot_be_deleted_says_why(store: Store) -> None:
    """A folder among the sessions is not deleted with all it holds."""
    (store.folder / "odd.json").mkdir(parents=True)
    with pytest.raises(SessionError, match="Quiz odd cannot be deleted: it is a folder"):
        store.delete(store.find("odd"))


def test_a_deleted_session_is_gone(store: Store) -> None:
    """Deleting removes the file and leaves nothing behind."""
    session = store.create(PACK, ORDER)
    assert store.delete(store.find("last")) == session.id
    assert list(store.folder.iterdir()) == []


# ---------------------------------------------------------------- the place


def test_the_users_own_choice_of_folder_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PATHFINDER_HOME is the folder, made absolute; blank means unset."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    assert home({"PATHFINDER_HOME": "here"}) == tmp_path / "here"
    assert home({"PATHFINDER_HOME": "~/there"}) == tmp_path / "me" / "there"
    if sys.platform == "linux":
        assert home({"PATHFINDER_HOME": " "}) == home({}) == tmp_path / "data" / "pathfinder"


@pytest.mark.skipif(sys.platform != "linux", reason="where the platform's place comes from HOME")
def test_without_a_home_the_message_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """HOME unset is answered by the user database, and by a clear line when that knows nothing either."""
    monkeypatch.delenv("HOME")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert home({}).is_absolute()
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    with pytest.raises(SessionError, match="set PATHFINDER_HOME to a folder"):
        home({})


# ---------------------------------------------------------------- a changed pack, and two sessions


def test_a_session_fits_its_own_pack_unchanged(store: Store) -> None:
    """Nothing is dropped while nothing is gone."""
    session = replace(store.create(PACK, ORDER), sheet=FULL)
    assert fit(session, PACK) == (FULL, [])
    skipped = replace(session, sheet=AnswerSheet(pack="work", answers={"calm": SKIP}))
    assert fit(skipped, PACK) == (skipped.sheet, [])


def test_a_changed_pack_drops_only_what_is_gone_and_names_it(store: Store) -> None:
    """Questions, options, dimensions and paths that no longer exist are dropped, each by name."""
    sheet = AnswerSheet(
        pack="work",
        answers={"calm": "4", "gone": "2", "week": "weekends"},
        matters_most=("peace", "fame"),
        does_not_matter=("luck",),
        rule_out=("circus", "bank"),
        lean="circus",
    )
    fitted, dropped = fit(replace(store.create(PACK, ORDER), sheet=sheet), PACK)
    assert fitted == AnswerSheet(pack="work", answers={"calm": "4"}, matters_most=("peace",), rule_out=("bank",))
    assert dropped == [
        "question gone",
        "answer weekends to week",
        "dimension fame (mattered most)",
        "dimension luck (did not matter)",
        "path circus (ruled out)",
        "path circus (your lean)",
    ]


def test_another_pack_is_refused(store: Store) -> None:
    """Answers to one decision are never read as answers to another."""
    with pytest.raises(SessionError, match="belongs to the pack work, not to other; give its folder with --pack"):
        fit(store.create(PACK, ORDER), make_pack(id="other"))


def test_the_difference_of_two_sheets_names_every_change() -> None:
    """Answers, importance, dealbreakers and lean that differ are listed; what is equal is not."""
    after = AnswerSheet(
        pack="work", answers={"calm": "2", "new": SKIP}, matters_most=("peace", "pay"), rule_out=("farm",), lean="bank"
    )
    found = difference_between(FULL, after)
    assert found.answers == (
        Changed(what="calm", before="4", after="2"),
        Changed(what="new", before=None, after=SKIP),
        Changed(what="week", before="nights", after=None),
    )
    assert found.importance == (Changed(what="pay", before="none", after="most"),)
    assert found.ruled_out == (
        Changed(what="farm", before=None, after="ruled out"),
        Changed(what="bank", before="ruled out", after=None),
    )
    assert found.lean == Changed(what="lean", before="farm", after="bank")
    assert found
    assert not difference_between(FULL, FULL)
