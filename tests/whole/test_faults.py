"""Odd files, full disks, closed streams, wrong clocks and several processes at once: a result or one clear line."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
from contextlib import chdir
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from hostile import SHEET, rich_pack, write_pack
from pathfinder import files
from pathfinder import pack as packfile
from pathfinder.answers import Session, Store
from pathfinder.answers.interview import AnswerSheet
from pathfinder.answers.sheetfile import read_sheet, write_sheet
from pathfinder.cli.sitting import Asking
from whole.test_machine import OLD, sit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs devices, pipes and limits of POSIX")

SECONDS: Final = 20
"""Nothing here may wait for longer."""

PORTRAIT: Final = Path(__file__).parents[1] / "portraits" / "01-oncologist-with-a-laboratory.yaml"


def start(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a process of its own that must end in time."""
    streams: dict[str, Any] = {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
    } | options
    command = [sys.executable, "-m", "pathfinder", *arguments]
    return subprocess.run(command, timeout=SECONDS, check=False, **streams)


def one_line(error: bytes) -> bool:
    """Whether standard error is one line of ours."""
    return error.startswith(b"pathfinder: ") and error.count(b"\n") == 1


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return the folder of a pack with everything."""
    return write_pack(tmp_path / "pack", rich_pack())


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Return the file of a sheet that fits that pack."""
    path = tmp_path / "sheet.yaml"
    path.write_text(SHEET, encoding="utf-8")
    return path


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize(
    "command",
    [
        ["--version"],
        ["--help"],
        ["compare"],
        ["compare", "--json"],
        ["faq", "switch"],
        ["quiz", "--answers", str(PORTRAIT)],
        ["quiz", "--answers", str(PORTRAIT), "--json"],
        ["sessions"],
        ["pack", "check"],
        ["pack", "check", "nowhere"],
    ],
    ids=" ".join,
)
def test_a_result_that_cannot_be_written_is_an_error(command: list[str]) -> None:
    """When standard output is on a full disk, one line says so and the code is not that of success."""
    with Path("/dev/full").open("wb") as full:
        ended = start(*command, stdout=full)
    assert ended.returncode == 2
    assert one_line(ended.stderr)
    assert b"the disk is full" in ended.stderr or command[-1] == "nowhere"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_an_error_that_cannot_be_told_keeps_its_code() -> None:
    """When standard error cannot be written either, the exit code still says what happened."""
    with Path("/dev/full").open("wb") as full:
        assert start("pack", "check", "nowhere", stderr=full).returncode == 2
        assert start("compare", stdout=full, stderr=full).returncode == 2


@pytest.mark.parametrize("closed", [0, 1, 2])
@pytest.mark.parametrize(
    ("command", "code"),
    [
        (["compare"], 0),
        (["quiz", "--answers", str(PORTRAIT), "--json"], 0),
        (["quiz"], 2),
        (["pack", "new", "new"], 2),
        (["sessions", "delete", "last"], 2),
    ],
    ids=lambda each: " ".join(each[:2]) if isinstance(each, list) else "",
)
def test_a_closed_stream_is_an_empty_one(command: list[str], code: int, closed: int) -> None:
    """Started without standard input, output or error, a command does its work or refuses as with empty ones."""
    ended = start(*command, preexec_fn=lambda: os.close(closed))
    assert ended.returncode == code
    assert b"Traceback" not in ended.stderr


def _socket(path: Path) -> None:
    # The whole name would be too long for an address.
    with socket.socket(socket.AF_UNIX) as made, chdir(path.parent):
        made.bind(path.name)


def _link_to_pipe(path: Path) -> None:
    os.mkfifo(path.with_name("pipe"))
    path.symlink_to("pipe")


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


ODD: Final[dict[str, Callable[[Path], object]]] = {
    "pipe": os.mkfifo,
    "folder": lambda path: path.mkdir(),
    "socket": _socket,
    "zeros": lambda path: path.symlink_to("/dev/zero"),
    "full": lambda path: path.symlink_to("/dev/full"),
    "terminal": lambda path: path.symlink_to("/dev/tty"),
    "link to a pipe": _link_to_pipe,
    "link to nothing": lambda path: path.symlink_to("nothing"),
    "link to itself": _loop,
    "nothing": lambda _path: None,
    "file as folder": lambda path: path.write_bytes(b"\x00"),
}


@pytest.mark.parametrize("kind", ODD)
def test_what_is_no_file_is_never_read(kind: str, tmp_path: Path, pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet or a pack that is a pipe, a device, a folder or nothing is refused in one line, and nothing waits."""
    monkeypatch.chdir(tmp_path)
    for name in ("odd.yaml", "odd.json"):
        ODD[kind](Path(name))
        ended = start("quiz", "--answers", name, "--pack", str(pack))
        assert (ended.returncode, one_line(ended.stderr)) == (2, True)
        Path("pipe").unlink(missing_ok=True)
    ODD[kind](Path("odd"))
    assert one_line(start("compare", "--pack", "odd").stderr)
    Path("pipe").unlink(missing_ok=True)
    for name in ("faq.yaml", "paths.yaml"):
        (pack / name).unlink()
        ODD[kind](pack / name)
        ended = start("compare", "--pack", str(pack))
        assert ended.returncode == 2
        assert ended.stderr.startswith(b"pathfinder: ")
        (pack / "pipe").unlink(missing_ok=True)


@pytest.mark.parametrize("kind", [each for each in ODD if each != "nothing"])
def test_what_is_no_file_is_never_written_to(kind: str, tmp_path: Path, pack: Path, sheet: Path) -> None:
    """A report, an export or a new pack at a pipe, a device or a folder is refused, or puts a file of its own there."""
    target = tmp_path / "odd.html"
    ODD[kind](target)
    before = target.lstat()
    ended = start("quiz", "--answers", str(sheet), "--pack", str(pack), "--report", str(target))
    if ended.returncode == 0:
        # Links are replaced, not followed: what they led to is as it was.
        assert stat.S_ISREG(target.lstat().st_mode)
        assert target.read_bytes().startswith(b"<!")
    else:
        assert one_line(ended.stderr)
        assert target.lstat().st_ino == before.st_ino
    other = tmp_path / "odd"
    (tmp_path / "pipe").unlink(missing_ok=True)
    ODD[kind](other)
    made = start("pack", "new", str(other), "--title", "x", "--option", "a", "--option", "b")
    assert made.returncode == (0 if kind == "folder" else 2)
    assert made.returncode == 0 or one_line(made.stderr)


@pytest.mark.parametrize("kind", [each for each in ODD if each not in {"nothing", "folder"}])
@pytest.mark.parametrize("place", ["", "sessions"])
def test_what_stands_in_place_of_a_folder_of_ours_is_passed_over(place: str, kind: str, tmp_path: Path) -> None:
    """Whatever stands where the home or the sessions should be, reading commands work and nothing waits."""
    home = tmp_path / "home-here"
    if place:
        home.mkdir()
    ODD[kind](home / place if place else home)
    environment = os.environ | {"PATHFINDER_HOME": str(home)}
    assert start("quiz", "--answers", str(PORTRAIT), "--json", env=environment).returncode == 0
    listed = start("sessions", env=environment)
    assert listed.returncode == 0 or one_line(listed.stderr)


def test_a_file_that_turns_into_a_pipe_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that somebody replaces by a pipe after it was looked at is refused without waiting for a writer."""
    path, real = tmp_path / "file", os.open

    def swapped(name: Any, flags: int, *more: Any) -> int:
        path.unlink()
        os.mkfifo(path)
        return real(name, flags, *more)

    path.write_bytes(b"text")
    monkeypatch.setattr(os, "open", swapped)
    with pytest.raises(files.FileRefusedError, match="is a pipe"):
        files.read_bytes(path)


def test_a_file_that_vanishes_is_one_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that somebody removes between looking and opening does not exist, and that is all."""
    path, real = tmp_path / "file", os.open

    def gone(name: Any, flags: int, *more: Any) -> int:
        path.unlink()
        return real(name, flags, *more)

    path.write_bytes(b"text")
    monkeypatch.setattr(os, "open", gone)
    with pytest.raises(files.FileRefusedError, match="does not exist"):
        files.read_bytes(path)


def test_a_file_that_grows_is_read_to_its_limit(tmp_path: Path) -> None:
    """What is written to a file while it is read cannot make it larger than the limit, nor is it waited for."""
    path = tmp_path / "file"
    path.write_bytes(b"x" * 100)
    with pytest.raises(files.FileRefusedError, match="larger than"):
        files.read_bytes(path, limit=99)
    assert files.read_bytes(path, limit=100) == b"x" * 100


WRITER: Final = """
import sys
from pathlib import Path
from pathfinder import pack as packfile
from pathfinder.answers.interview import AnswerSheet
from pathfinder.answers.sheetfile import write_sheet
pack, target = packfile.load_pack(Path(sys.argv[1])), Path(sys.argv[2])
for number in range(60):
    out = [each.id for each in pack.paths][: 1 + number % 3]
    write_sheet(target, AnswerSheet(pack=pack.id, answers={"night": "2"}, rule_out=tuple(out)), pack)
"""


def test_whoever_reads_while_others_write_reads_a_whole_sheet(tmp_path: Path, pack: Path) -> None:
    """Two processes that export to one file at once leave it whole for every reader, and nothing beside it."""
    target = tmp_path / "shared" / "sheet.yaml"
    target.parent.mkdir()
    opened = packfile.load_pack(pack)
    write_sheet(target, AnswerSheet(pack=opened.id, answers={"night": "2"}), opened)
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(pack), str(target)]) for _ in range(2)]
    reads = 0
    while any(each.poll() is None for each in writers):
        assert read_sheet(target, opened).answers == {"night": "2"}
        reads += 1
    assert [each.returncode for each in writers] == [0, 0]
    assert reads > 10
    assert list(target.parent.iterdir()) == [target]


def _small(limit: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


@pytest.mark.parametrize("limit", [0, 1000])
def test_a_full_disk_costs_nothing_but_what_does_not_fit(limit: int, tmp_path: Path, pack: Path, sheet: Path) -> None:
    """Where no file can grow, results are still shown; what cannot be written leaves one line and nothing half-made."""
    # What measures the tests' reach could not write its own file either.
    plain = {key: each for key, each in os.environ.items() if not key.startswith("COVERAGE")}

    def limited(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return start(*arguments, "--pack", str(pack), env=plain, preexec_fn=lambda: _small(limit))

    assert limited("compare").returncode == 0
    shown = limited("quiz", "--answers", str(sheet), "--json")
    assert (shown.returncode, json.loads(shown.stdout)["schema"]) == (0, "pathfinder.result/2")
    for suffix in ("html", "md"):
        refused = limited("quiz", "--answers", str(sheet), "--report", str(tmp_path / f"r.{suffix}"))
        assert refused.returncode == 2
        assert refused.stderr.splitlines()[-1].startswith(b"pathfinder: ")
    command = ("pack", "new", str(tmp_path / "new"), "--title", "x", "--option", "a", "--option", "b")
    assert one_line(start(*command, env=plain, preexec_fn=lambda: _small(limit)).stderr)
    assert sorted(each.name for each in tmp_path.iterdir() if each.name != "pathfinder") == ["pack", "sheet.yaml"]
    assert [each for each in tmp_path.rglob("*") if each.suffix == ".tmp"] == []


def test_a_quiz_goes_on_where_nothing_can_be_saved() -> None:
    """With a home that cannot be made the quiz goes on to its result, and whoever leaves is told what is lost."""
    store = Store(Path("/dev/null/home"), lambda: datetime.now(tz=UTC))
    done, told = sit(OLD, store, ["0", "1", "2", "3", "4", "0", "1", "2", *["skip"] * 6], Asking())
    assert done
    assert json.loads(told)["schema"] == "pathfinder.result/2"
    assert sit(OLD, store, ["0"], Asking()) == (False, "")


@pytest.mark.parametrize("home", [None, "", "/dev/null", "relative", "~", "/proc/nothing"])
def test_without_a_home_everything_but_saving_works(home: str | None, tmp_path: Path) -> None:
    """With HOME unset, empty, relative or impossible and no PATHFINDER_HOME, reading commands work and say nothing."""
    environment = {key: each for key, each in os.environ.items() if not key.startswith(("HOME", "XDG_", "PATHFINDER_"))}
    if home is None:
        # The user's entry in the password file would lead to a real home.
        environment |= {"XDG_DATA_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    else:
        environment["HOME"] = home
    for command in (["compare"], ["quiz", "--answers", str(PORTRAIT), "--json"]):
        ended = start(*command, env=environment, cwd=tmp_path)
        assert (ended.returncode, ended.stderr) == (0, b"")
    listed = start("sessions", env=environment, cwd=tmp_path)
    assert listed.returncode == 0 or one_line(listed.stderr)


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(hours=-1), timedelta(days=20_000)])
def test_a_clock_that_jumps_loses_nothing(jump: timedelta, tmp_path: Path) -> None:
    """When the clock is set back or far ahead in the middle of a quiz, it is saved, listed, resumed and finished."""
    now = [datetime(2026, 11, 22, 12, tzinfo=UTC)]
    store = Store(tmp_path, lambda: now[0])
    assert sit(OLD, store, ["0", "1"], Asking(fresh=True)) == (False, "")
    now[0] += jump
    assert sit(OLD, store, ["2"], Asking(resume=True)) == (False, "")
    assert len(store.get("last").sheet.answers) == 3
    now[0] -= jump
    assert sit(OLD, store, ["3", *["skip"] * 12], Asking(resume=True))[0]
    [session] = store.list()
    assert isinstance(session, Session)
    assert session.finished
    assert len(session.sheet.answers) == 8


def _old_and_cut(store: Store) -> Iterator[str]:
    whole = json.loads((store.folder / f"{store.get('last').id}.json").read_text(encoding="utf-8"))
    for number, change in enumerate(
        ({"schema": "pathfinder.session/0"}, {"schema": "pathfinder.session/2", "sheet": 3}, {})
    ):
        text = json.dumps(whole | change)
        for share in (1.0, 0.9, 0.5, 0.01, 0.0) if change else (0.9, 0.5, 0.01, 0.0):
            name = f"2026-11-2{number}-{round(share * 100):03}"
            (store.folder / f"{name}.json").write_text(text[: round(len(text) * share)], encoding="utf-8")
            yield name


def test_old_and_half_written_quizzes_stand_in_nobodys_way(tmp_path: Path) -> None:
    """Files of other versions, cut anywhere, are listed with what is wrong, can be deleted, and nothing else suffers."""
    store = Store(tmp_path, lambda: datetime.now(tz=UTC))
    assert sit(OLD, store, ["0", "1"], Asking(fresh=True)) == (False, "")
    good = store.get("last").id
    broken = list(_old_and_cut(store))
    environment = os.environ | {"PATHFINDER_HOME": str(tmp_path)}
    listed = json.loads(start("sessions", "list", "--json", env=environment).stdout)["sessions"]
    assert listed[0]["session"] == good
    assert {each["session"] for each in listed if "problem" in each} == set(broken)
    assert sit(OLD, store, ["2"], Asking(resume=True)) == (False, "")
    for name in broken:
        shown = start("sessions", "show", name, env=environment)
        assert (shown.returncode, one_line(shown.stderr)) == (2, True)
        assert f"pathfinder sessions delete {name}".encode() in shown.stderr
        assert store.delete(store.find(name)) == name
    assert [each.id for each in store.list()] == [good]
    assert len(store.get(good).sheet.answers) == 3


OFFLINE: Final = """
import sys
def refuse(event, arguments):
    if event.startswith("socket.") and event != "socket.gethostname":
        raise SystemExit(f"the command uses the network: {event}")
sys.addaudithook(refuse)
from pathfinder.cli import main
sys.argv[1:] = sys.argv[2:]
main()
"""


@pytest.mark.parametrize(
    "command",
    [
        ["--version"],
        ["compare"],
        ["show", "hybrid"],
        ["faq", "switch"],
        ["quiz", "--answers", str(PORTRAIT)],
        ["quiz", "--answers", str(PORTRAIT), "--json", "--report", "report.html"],
        ["quiz", "--answers", str(PORTRAIT), "--json", "--report", "report.md"],
        ["sessions"],
        ["pack", "check"],
        ["pack", "new", "new", "--title", "x", "--option", "a", "--option", "b"],
    ],
    ids=" ".join,
)
def test_no_command_opens_a_connection(command: list[str], tmp_path: Path) -> None:
    """Not a single socket is made, and no name is looked up, by any command."""
    line = [sys.executable, "-c", OFFLINE, "pathfinder", *command]
    ended = subprocess.run(line, cwd=tmp_path, capture_output=True, timeout=SECONDS, check=False, text=True)
    assert ended.returncode == 0, ended.stderr
