"""Answer sheets as files: what is read, what is refused and how, and that writing keeps everything."""

from __future__ import annotations

import errno
import json
import os
import stat
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from example_packs import MINIMAL
from pathfinder.answers.interview import AnswerSheet, sheet_to_data
from pathfinder.answers.sheetfile import read_sheet, write_sheet
from pathfinder.errors import SheetError
from pathfinder.pack import SKIP, Pack, load_pack
from pathfinder.pack.yaml_file import parse
from pathfinder.text import one_line

SHEETS = Path(__file__).parents[1] / "sheets"
RICH = load_pack(MINIMAL.parent / "rich")
ODD = load_pack(MINIMAL.parent / "odd-ids")
FULL = AnswerSheet(
    pack="where-to-live",
    answers={"night": "4", "neighbours": "some", "purse": SKIP},
    matters_most=("quiet",),
    does_not_matter=("rent",),
    rule_out=("city",),
    lean="village",
)


@pytest.mark.parametrize("file", sorted((SHEETS / "good").iterdir()), ids=lambda each: each.name)
def test_good_sheets_are_the_same_sheet(file: Path) -> None:
    """YAML in any style and JSON give the same answers; a step of a scale may stand in quotes."""
    assert read_sheet(file, RICH) == FULL


BAD = [each for each in sorted((SHEETS / "bad").iterdir()) if each.suffix != ".expect"]


@pytest.mark.parametrize("file", BAD, ids=lambda each: each.name)
def test_bad_sheets_say_what_is_wrong(file: Path) -> None:
    """A bad sheet gives one line with file, line and column, as its .expect file says."""
    with pytest.raises(SheetError) as caught:
        read_sheet(file, RICH)
    expected = file.with_name(f"{file.name}.expect").read_text("utf-8").strip()
    assert str(caught.value) == f"{file.parent}{os.sep}{expected}"
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "message"),
    [("nowhere.yaml", "does not exist"), (".", "is a folder, not a file"), ("a\0", "cannot be read")],
)
def test_no_file_is_one_line(tmp_path: Path, name: str, message: str) -> None:
    """A missing file, or a folder, is named."""
    with pytest.raises(SheetError, match=message):
        read_sheet(tmp_path / name, RICH)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no FIFOs here")
def test_a_pipe_is_refused(tmp_path: Path) -> None:
    """A FIFO is not waited for."""
    os.mkfifo(tmp_path / "sheet.yaml")
    with pytest.raises(SheetError, match="is a pipe, not a file"):
        read_sheet(tmp_path / "sheet.yaml", RICH)


def test_ids_that_look_like_numbers(tmp_path: Path) -> None:
    """Answers to a choice are its options' ids, also where these look like numbers or truth values."""
    file = tmp_path / "sheet.yaml"
    file.write_text(
        "format: 1\npack: 404-not-found\nanswers: {yes: 1, 2024-01-01: 12e4}\nmatters_most: [010]\n", "utf-8"
    )
    sheet = read_sheet(file, ODD)
    assert dict(sheet.answers) == {"yes": "1", "2024-01-01": "12e4"}
    assert sheet.matters_most == ("010",)


def test_data_of_a_sheet() -> None:
    """As data a step of a scale is a number, other answers are text, and what was left out is absent."""
    assert sheet_to_data(FULL) == {
        "format": 1,
        "pack": "where-to-live",
        "answers": {"night": 4, "neighbours": "some", "purse": "skip"},
        "matters_most": ["quiet"],
        "does_not_matter": ["rent"],
        "rule_out": ["city"],
        "lean": "village",
    }
    assert sheet_to_data(AnswerSheet(pack="p")) == {"format": 1, "pack": "p", "answers": {}}


@st.composite
def _sheets(draw: st.DrawFn, pack: Pack) -> AnswerSheet:
    asked = draw(st.lists(st.sampled_from(pack.questions), unique_by=lambda each: each.id))
    dimensions = draw(st.lists(st.sampled_from([each.id for each in pack.dimensions]), unique=True))
    split = draw(st.integers(0, min(3, len(dimensions))))
    paths = [each.id for each in pack.paths]
    return AnswerSheet(
        pack=pack.id,
        answers={each.id: draw(st.sampled_from([SKIP, *(option.id for option in each.options)])) for each in asked},
        matters_most=tuple(dimensions[:split]),
        does_not_matter=tuple(dimensions[split:]),
        rule_out=tuple(draw(st.lists(st.sampled_from(paths), unique=True))),
        lean=draw(st.none() | st.sampled_from(paths)),
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data(), pack=st.sampled_from([RICH, ODD]), suffix=st.sampled_from([".yaml", ".json", ""]))
def test_what_was_written_is_read(tmp_path: Path, data: st.DataObject, pack: Pack, suffix: str) -> None:
    """Any sheet comes back as it was, from YAML and JSON, and every other YAML reader sees the same texts."""
    sheet = data.draw(_sheets(pack))
    file = tmp_path / f"sheet{suffix}"
    write_sheet(file, sheet, pack)
    assert read_sheet(file, pack) == sheet
    text = file.read_text("utf-8")
    assert (json.loads(text) if suffix == ".json" else yaml.safe_load(text)) == sheet_to_data(sheet)


def test_the_written_file(tmp_path: Path) -> None:
    """A sheet is written for its owner only, in the pack's order, with nothing left beside it."""
    file = tmp_path / "sheet.yaml"
    answers = {"purse": SKIP, "night": "4", "neighbours": "some"}
    write_sheet(file, AnswerSheet(pack="where-to-live", answers=answers, matters_most=("quiet",)), RICH)
    assert file.read_text("utf-8") == (
        "format: 1\npack: where-to-live\nanswers:\n"
        "  night: 4\n  neighbours: some\n  purse: skip\nmatters_most: [quiet]\n"
    )
    assert os.listdir(tmp_path) == ["sheet.yaml"]  # noqa: PTH208
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_links_stay(tmp_path: Path) -> None:
    """Writing through a symbolic link replaces what it points to, and the link stays."""
    (tmp_path / "folder").mkdir()
    link = tmp_path / "link.yaml"
    link.symlink_to("folder/sheet.yaml")
    for _ in range(2):
        write_sheet(link, FULL, RICH)
        assert link.is_symlink()
        assert read_sheet(tmp_path / "folder" / "sheet.yaml", RICH) == FULL


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (".", "cannot be written: it is not a file"),
        ("/dev/null", "cannot be written: it is not a file"),
        ("no/folder.yaml", "cannot be written: there is no such folder"),
        ("loop", "cannot be written"),
        ("a\0b", "cannot be written: its name is not a possible file name"),
    ],
)
def test_where_nothing_can_be_written(tmp_path: Path, name: str, message: str) -> None:
    """A folder, a device, a missing folder, an endless link or an impossible name is named in one line."""
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(SheetError, match=message):
        write_sheet(tmp_path / name, FULL, RICH)


def test_a_full_disk_leaves_the_old_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When writing fails the earlier sheet is untouched."""
    file = tmp_path / "sheet.yaml"
    write_sheet(file, FULL, RICH)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pathfinder.files.os.fsync", full)
    with pytest.raises(SheetError, match="the disk is full"):
        write_sheet(file, AnswerSheet(pack="where-to-live"), RICH)
    assert read_sheet(file, RICH) == FULL
    assert os.listdir(tmp_path) == ["sheet.yaml"]  # noqa: PTH208


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(data=st.binary(max_size=80) | st.text(st.sampled_from('{}[]:,"\\ \n01nulltrue-.e'), max_size=60).map(str.encode))
def test_any_bytes_give_one_line(tmp_path: Path, data: bytes) -> None:
    """Any bytes are refused in one line, as YAML and as JSON."""
    for name in ("sheet.yaml", "sheet.json"):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(SheetError) as caught:
            read_sheet(tmp_path / name, RICH)
        assert str(caught.value) == one_line(str(caught.value))


_WORDS = st.text(
    st.characters(min_codepoint=32, max_codepoint=126) | st.characters(min_codepoint=0xA1, max_codepoint=0x17F)
)
_VALUES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _WORDS


@given(st.recursive(_VALUES, lambda inner: st.lists(inner) | st.dictionaries(_WORDS, inner), max_leaves=8))
def test_all_json_is_read(value: object) -> None:
    """Whatever the standard library writes is read, and what it refuses we refuse."""
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False, indent=1), json.dumps(value)[:-1]):
        try:
            json.loads(text)
            good = True
        except ValueError:
            good = False
        assert (parse(text.encode(), "f", [], json=True) is not None) == good


@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_a_sheet_of_nothing_but_mistakes_is_one_line(suffix: str, tmp_path: Path, bundled: Pack) -> None:
    """After a thousand errors a sheet is not read on, and the message is as short as for one."""
    wrong = ", ".join(f'"nothing-{n}": 1' for n in range(3000))
    twice = ", ".join('"same": 1' for _ in range(3000))
    for answers in (wrong, twice):
        path = tmp_path / f"sheet.{suffix}"
        path.write_text(f'{{"format": 1, "pack": "post-usmle", "answers": {{{answers}}}}}', encoding="utf-8")
        with pytest.raises(SheetError) as caught:
            read_sheet(path, bundled)
        assert "\n" not in str(caught.value)
        assert len(str(caught.value)) < 500 + len(str(path))
