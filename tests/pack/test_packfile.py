"""What a pack may be, told by examples: every bad one gives exactly the problems it names."""

from __future__ import annotations

import os
import random
import re
import shutil
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from example_packs import BAD, GOOD, MINIMAL, build
from pathfinder.errors import PackError, UsageError
from pathfinder.pack import FILES, Fact, NextStep, Problem, Statement, bundled, find, load_faq, load_pack, read_pack
from pathfinder.pack import yaml_file as yamlsource
from pathfinder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathfinder.pack import Pack


NOBODY = 65534
"""The user whom POSIX systems keep for those who may do nothing."""


def _read(folder: Path) -> tuple[Pack | None, list[Problem]]:
    problems: list[Problem] = []
    return read_pack(folder, problems), problems


def _told(problems: list[Problem], folder: Path) -> list[str]:
    return sorted(f"{each.severity} {str(each).removeprefix(f'{folder}{os.sep}')}" for each in problems)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return a folder with a good pack that a test may spoil."""
    return Path(shutil.copytree(MINIMAL, tmp_path / "pack"))


@pytest.mark.parametrize("folder", GOOD, ids=lambda each: each.name)
def test_good_packs_have_no_problems(folder: Path) -> None:
    """A good pack is read without an error or a warning."""
    read, problems = _read(folder)
    assert problems == []
    assert read is not None


@pytest.mark.parametrize("example", BAD, ids=lambda each: each.name)
def test_bad_packs_have_the_problems_they_name(example: Path, tmp_path: Path) -> None:
    """A bad pack gives exactly its problems, in order, and no pack where one is an error."""
    folder = tmp_path / "pack"
    expected = build(example, folder)
    read, problems = _read(folder)
    assert expected == _told(problems, folder)
    assert expected, "an example has to name what must be found"
    assert sorted(problems) == problems
    assert (read is None) == any(each.severity == "error" for each in problems)


def test_without_libyaml_the_same_packs_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parser that is always there takes and refuses the same packs, be it in other words, and with the same values."""
    folders = [*GOOD, bundled()]
    for example in BAD:
        build(example, tmp_path / example.name)
        folders.append(tmp_path / example.name)
    with_libyaml = [read_pack(each, []) for each in folders]
    monkeypatch.setattr(yamlsource, "PARSER", yamlsource.PureParser)
    assert [each.name for each, pack in zip(folders, with_libyaml, strict=True) if read_pack(each, []) != pack] == []


def test_there_are_bad_packs_enough() -> None:
    """At least sixty bad packs are kept."""
    assert len(BAD) >= 60


def test_the_bundled_pack_is_read() -> None:
    """The pack that comes with the program has no errors."""
    problems: list[Problem] = []
    assert read_pack(bundled(), problems) is not None, [str(each) for each in problems if each.severity == "error"]


def test_values_arrive_as_written() -> None:
    """Text stays text, whatever it looks like, and numbers are read where numbers are wanted."""
    read = load_pack(MINIMAL.parent / "odd-ids")
    assert (read.id, read.version, read.themes) == ("404-not-found", "1.0", ("no", "1e3"))
    assert [(d.id, d.name, d.about) for d in read.dimensions] == [("on", "Yes", "12:30"), ("010", "2024-01-01", "0x10")]
    assert [each.weight for each in read.dimensions] == [1.0, 0.001]
    assert read.paths[0].profile == {"on": 2.0, "010": -0.5}
    assert [read.paths[0].id, read.paths[0].name, read.paths[0].summary] == ["true", ".inf", "1_000"]
    assert [each.id for each in read.questions[1].options] == ["1", "7", "no", "12e4"]
    assert read.questions[1].options[2].rules_out == ("007",)
    assert getattr(read.questions[0].scale, "keyed", None) == "-"


def test_a_rich_pack_keeps_everything() -> None:
    """Weeks, facts, tracks, scripts and line breaks reach the values; direction controls do not exist there."""
    read = load_pack(MINIMAL.parent / "rich")
    village = read.path_by_id["village"]
    assert read.about == "Folded text over two lines.\nAnd a second paragraph."
    assert village.summary == "Two lines\nas they are."
    assert village.week == {"work in the garden": 6.0, "work": 4.0}
    assert village.facts[0] == Fact(
        label="Bus, train", value="Seldom", text="Twice a day.", sources=("M.2",), checked=date(2024, 2, 29)
    )
    assert village.pros[0] == Statement(
        headline="You wake to birds",
        text="Birds: many.",
        more="Counted once.",
        dimension="quiet",
        sources=("a.1-b",),
        checked=date(2026, 11, 25),
    )
    assert village.challenges[0] == Statement(text="The shop is far.", dimension="crowd")
    assert village.next_steps[0] == NextStep(
        text="Visit in November.", more="By bus.", when="this year", within=90, sources=("a.1-b",)
    )
    assert [each.topic for each in read.questions] == [None, "Neighbours", None]
    assert (read.lang, read.faq[0].checked) == ("de-CH", date(2025, 1, 31))
    assert village.facts[1].text == "[bold]not bold[/bold] <b>nor this</b>"
    assert read.dimensions[0].name == "\u05e9\u05e7\u05d8 (Ruhe)"
    assert "\U0001f469\u200d\U0001f469\u200d\U0001f467" in read.dimensions[2].about
    assert read.faq[0].answer == "Yes.\nOften."
    assert read.faq[0].keywords == ("moving house", "ändern")
    assert read.sources[0].year == 2020
    assert read.sources[1].year is None


def test_a_track_inherits_the_profile_of_its_path() -> None:
    """A track's levels are laid over those of its path."""
    farm, cottage = load_pack(MINIMAL.parent / "rich").path_by_id["village"].tracks
    assert farm.profile == {"quiet": 2.0, "rent": 1.5, "crowd": -2.0}
    assert cottage.profile == {"quiet": 2.0, "rent": 1.5}
    assert farm.week == {"animals": 7.5}
    assert cottage.week == {}


def test_reading_leaves_what_was_noted_before(pack: Path) -> None:
    """Problems are added after those that the list holds."""
    earlier = Problem("x", 9, 9, "", "earlier")
    problems = [earlier]
    (pack / "faq.yaml").write_text("format: 2\n", encoding="utf-8")
    read_pack(pack, problems)
    assert [earlier, Problem(str(pack / "faq.yaml"), 1, 9, "format", problems[1].message)] == problems


def test_one_problem_is_one_line(pack: Path) -> None:
    """Loading a pack with one error says that error and nothing else."""
    (pack / "faq.yaml").write_text("format: 1\nfaq: 3\n", encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_pack(pack)
    assert f'{pack / "faq.yaml"}:2:6: faq: needs a list, not the text "3"' == str(caught.value)
    assert caught.value.exit_code == 2


def test_many_problems_are_counted(pack: Path) -> None:
    """Loading a pack with several errors says the first, how many there are, and how to see them, in one line."""
    (pack / "faq.yaml").write_text("a: 1\nb: 2\nc: 3\n", encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_pack(pack)
    (line,) = str(caught.value).splitlines()
    assert line.startswith(f"{pack / 'faq.yaml'}:1:1: ")
    assert line.endswith(f"(the first of 5 problems; see them all with: pathfinder pack check {pack})")


def test_warnings_do_not_stop_loading(pack: Path) -> None:
    """A pack with warnings only is loaded."""
    file = pack / "sources.yaml"
    file.write_text(file.read_text("utf-8") + "  - {id: X, title: Unused, kind: primary}\n", encoding="utf-8")
    assert [each.id for each in load_pack(pack).sources] == ["T.1", "X"]


@pytest.mark.parametrize(
    ("name", "message"),
    [("nowhere", "nowhere does not exist"), ("pack/faq.yaml", "faq.yaml is a file"), ("a\0b", "does not exist")],
)
def test_no_folder_is_one_line(pack: Path, name: str, message: str) -> None:
    """A missing folder, or a file in its place, is named together with what a pack is."""
    for load in (load_pack, load_faq):
        with pytest.raises(PackError) as caught:
            load(pack.parent / name)
        assert message in str(caught.value)
        assert str(caught.value).endswith(
            "a pack is a folder that holds paths.yaml, questions.yaml, faq.yaml, sources.yaml"
        )
        assert len(str(caught.value).splitlines()) == 1


def test_faq_is_read_alone(pack: Path) -> None:
    """The FAQ and its sources are read even when the other files are not there."""
    (pack / "paths.yaml").unlink()
    (pack / "questions.yaml").unlink()
    faq, sources = load_faq(pack)
    assert [(each.id, each.paths) for each in faq] == [("both", ("tea", "coffee"))]
    assert [each.id for each in sources] == ["T.1"]


def test_faq_is_checked(pack: Path) -> None:
    """Reading the FAQ alone still finds its problems."""
    (pack / "sources.yaml").write_text("format: 1\nsources: []\n", encoding="utf-8")
    with pytest.raises(PackError, match=r'faq\.yaml:8:15: faq\[both\]\.sources: there is no source "T\.1"'):
        load_faq(pack)


def test_which_pack(monkeypatch: pytest.MonkeyPatch) -> None:
    """The option comes before PATHFINDER_PACK, and that before the bundled pack."""
    monkeypatch.setenv("PATHFINDER_PACK", "from-environment")
    assert Path("from-option") == find("from-option")
    assert Path("from-environment") == find(None)
    monkeypatch.setenv("PATHFINDER_PACK", "")
    assert bundled() == find(None)
    for empty in ("", "  "):
        with pytest.raises(UsageError, match="name of the pack's folder is empty"):
            find(empty)


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No shell expands `--pack=~/dogs` or a variable's value in quotes."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert find("~/dogs") == tmp_path / "dogs"
    monkeypatch.setenv("PATHFINDER_PACK", "~/cats")
    assert find(None) == tmp_path / "cats"

    assert all((bundled() / name).is_file() for name in FILES)


def test_the_fingerprint_is_of_the_bytes(pack: Path) -> None:
    """Any changed byte changes the fingerprint, except the kind of line breaks."""
    before = load_pack(pack).fingerprint
    assert re.fullmatch("sha256:[0-9a-f]{64}", before)
    file = pack / "faq.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert before == load_pack(pack).fingerprint
    file.write_bytes(file.read_bytes() + b"# a comment\n")
    assert before != load_pack(pack).fingerprint


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no FIFOs here")
def test_a_pipe_is_refused_at_once(pack: Path) -> None:
    """A FIFO in the place of a file is named, not waited for."""
    (pack / "faq.yaml").unlink()
    os.mkfifo(pack / "faq.yaml")
    found: list[list[str]] = []
    thread = threading.Thread(target=lambda: found.append(_told(_read(pack)[1], pack)), daemon=True)
    thread.start()
    thread.join(10)
    assert found == [["error faq.yaml:1:1: is a pipe, not a file"]]


@pytest.mark.parametrize(
    ("target", "message"),
    [("/dev/zero", "is a device, not a file"), (".", "is a folder, not a file"), ("loop", "symbolic link")],
)
def test_what_is_no_file_is_refused(pack: Path, target: str, message: str) -> None:
    """A device, a folder or an endless link in the place of a file is named."""
    (pack / "loop").symlink_to("loop")
    (pack / "faq.yaml").unlink()
    (pack / "faq.yaml").symlink_to(target)
    (problem,) = _read(pack)[1]
    assert message in problem.message


def test_links_are_followed(pack: Path) -> None:
    """A symbolic link to a file serves as the file."""
    (pack / "faq.yaml").rename(pack / "elsewhere")
    (pack / "faq.yaml").symlink_to("elsewhere")
    assert _read(pack)[0] is not None


@contextmanager
def _without_privileges() -> Iterator[None]:
    """Be an ordinary user for a while: permissions do not bind root."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_an_unreadable_file_is_named() -> None:
    """A file without permission is a problem of its own."""
    with tempfile.TemporaryDirectory() as open_to_all:
        Path(open_to_all).chmod(0o755)
        pack = Path(shutil.copytree(MINIMAL, Path(open_to_all) / "pack"))
        # Also loads what Python loads when it is needed: the ordinary user may have no right to it.
        assert _read(pack)[0] is not None
        (pack / "faq.yaml").chmod(0)
        with _without_privileges():
            problems = _read(pack)[1]
    assert _told(problems, pack) == ["error faq.yaml:1:1: cannot be read: permission is denied"]


def test_names_of_files_are_safe_to_print(tmp_path: Path) -> None:
    """Control characters in a folder's name reach no message."""
    folder = shutil.copytree(MINIMAL, tmp_path / "a\x1b[31m\n\u202eb")
    (Path(folder) / "faq.yaml").unlink()
    (problem,) = _read(Path(folder))[1]
    assert f"{tmp_path}{os.sep}a[31m b{os.sep}faq.yaml" == problem.file


def test_no_number_of_warnings_refuses_a_pack(pack: Path) -> None:
    """A pack with more warnings than anybody reads is a pack; the rest of them is left out, and that is a warning too."""
    sources = "".join(f"  - {{id: S.{i}, title: Unused, kind: primary}}\n" for i in range(1500))
    with (pack / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write(sources)
    read, problems = _read(pack)
    assert read is not None
    assert {each.severity for each in problems} == {"warning"}
    assert len(problems) == 1001
    assert sum("more than 1000 warnings: the rest is left out" in each.message for each in problems) == 1
    questions = pack / "questions.yaml"
    options = ", ".join(f"{{id: o{i}, text: {'long ' * 60}{i}, effects: {{bitter: {i % 3 - 1}}}}}" for i in range(30))
    questions.write_text(
        questions.read_text(encoding="utf-8")
        + "".join(f"  - {{id: q{i}, theme: taste, text: '?', options: [{options}]}}\n" for i in range(50)),
        encoding="utf-8",
    )
    assert _read(pack)[0] is not None


def test_no_message_is_longer_than_anybody_reads(pack: Path) -> None:
    """Keys, labels, numbers and anchors of a megabyte are cut where a message repeats them."""
    long = "k" * 1_000_000
    texts = {
        "paths.yaml": [
            ("profile: {bitter: -1}", f"profile: {{bitter: 3.{'0' * 1_000_000}}}"),
            ("profile: {bitter: -1}", f"profile: {{bitter: -1, {long}: x}}"),
            ("summary: Leaves", f"week: {{{long}: x}}\n    summary: Leaves"),
            ("name: Tea", f"name: &{long} Tea"),
            ("name: Tea", f"name: *{long}"),
        ],
    }
    for name, changes in texts.items():
        kept = (pack / name).read_text(encoding="utf-8")
        for before, after in changes:
            assert before in kept
            (pack / name).write_text(kept.replace(before, after, 1), encoding="utf-8")
            read, problems = _read(pack)
            assert read is None
            assert max(len(str(each)) for each in problems) < 1_300 + len(str(pack))


def test_a_thousand_problems_are_enough(pack: Path) -> None:
    """After a thousand problems a file is not read on."""
    (pack / "faq.yaml").write_text(
        "format: 1\nfaq:\n" + "".join(f"- {{question: a, a{i}: b}}\n" for i in range(900)), encoding="utf-8"
    )
    begin = time.perf_counter()
    problems = _read(pack)[1]
    assert len(problems) == 1001
    assert any("more than 1000 errors" in each.message for each in problems)
    assert time.perf_counter() - begin < 10


_TEXTS = [(folder.name, name, (folder / name).read_text("utf-8")) for folder in GOOD for name in FILES]
_BITS = [
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    "- ",
    "? ",
    "#",
    "&a ",
    "*a",
    "!!str ",
    "|",
    ">",
    "'",
    '"',
    "%",
    "@",
    "`",
    "\n",
    "\t",
]
_BITS += [
    " ",
    "  ",
    "~",
    "<<: ",
    "=",
    ".inf",
    "0x1",
    "-",
    "1e999",
    "null",
    "id",
    "\x00",
    "\u202e",
    "\ud7ff",
    "\\",
    "\r",
]


def _mutated(seed: int) -> Iterator[tuple[str, str]]:
    chance = random.Random(seed)  # noqa: S311
    _, name, text = chance.choice(_TEXTS)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(text) + 1)
        lines = text.split("\n")
        kind = chance.randrange(5)
        if kind == 0:
            text = text[:at] + chance.choice(_BITS) + text[at:]
        elif kind == 1:
            text = text[:at] + text[at + chance.randint(1, 20) :]
        elif kind == 2:
            lines.insert(chance.randrange(len(lines)), chance.choice(lines))
            text = "\n".join(lines)
        elif kind == 3:
            del lines[chance.randrange(len(lines))]
            text = "\n".join(lines)
        else:
            words = chance.choice(_TEXTS)[2].split(" ")
            text = text[:at] + chance.choice(words) + text[at:]
    yield name, text


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(seed=st.integers(min_value=0))
def test_mutated_packs_give_problems_only(pack: Path, seed: int) -> None:
    """Whatever is done to a file, reading gives a pack or a problem with a place, and never raises."""
    for name, text in _mutated(seed):
        before = (pack / name).read_bytes()
        (pack / name).write_bytes(text.encode("utf-8", "surrogatepass"))
        read, problems = _read(pack)
        (pack / name).write_bytes(before)
        assert (read is None) == any(each.severity == "error" for each in problems)
        assert all(each.line >= 1 and each.column >= 1 and one_line(str(each)) == str(each) for each in problems)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(data=st.binary(max_size=300), name=st.sampled_from(FILES))
def test_any_bytes_give_problems_only(pack: Path, data: bytes, name: str) -> None:
    """Any bytes at all are read or refused."""
    before = (pack / name).read_bytes()
    (pack / name).write_bytes(data)
    read, problems = _read(pack)
    (pack / name).write_bytes(before)
    assert read is None
    assert problems
