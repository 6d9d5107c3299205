"""Packs kept by the digest of their files."""

from __future__ import annotations

import json
import os
import shutil
import stat
import time
from hashlib import sha256
from pathlib import Path

import pytest

from pathfinder import packcache, packfile
from pathfinder.errors import PackError
from pathfinder.pack import Pack

PACKS = sorted(
    [
        *(Path(__file__).parent / "packs" / "good").iterdir(),
        *(Path(__file__).parent.parent / "examples").iterdir(),
        packfile.bundled(),
    ]
)


def seal(entry: Path, text: bytes) -> None:
    """Write an entry as somebody would who knows how it is sealed."""
    digest = entry.stem.replace("sha256-", "sha256:")
    entry.write_bytes(sha256(digest.encode() + b"\n" + text).hexdigest().encode() + b"\n" + text)


def entries(home: Path) -> list[Path]:
    """Return the files in the cache."""
    return sorted((home / "cache").glob("*.json"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return the home that the environment names."""
    return tmp_path / "pathfinder"


@pytest.mark.parametrize("folder", PACKS, ids=lambda each: each.name)
def test_a_cached_pack_is_the_pack(folder: Path, home: Path) -> None:
    """What comes out of the cache equals what the YAML says, in every field of every kind of pack."""
    read = packfile.read_pack(folder, [])
    first, second = packfile.load_pack(folder), packfile.load_pack(folder)
    assert len(entries(home)) == 1
    assert read == first == second
    assert packfile.load_faq(folder) == packfile.load_faq(folder) == (first.faq, first.sources)


def test_an_edit_is_never_hidden_by_the_cache(tmp_path: Path) -> None:
    """The entry belongs to the bytes, so that a changed file is read anew, and a broken one refused."""
    folder = tmp_path / "pack"
    shutil.copytree(packfile.bundled(), folder)
    before = packfile.load_pack(folder)
    paths = folder / "paths.yaml"
    paths.write_text(
        paths.read_text(encoding="utf-8").replace("Academic medicine", "University medicine"), encoding="utf-8"
    )
    after = packfile.load_pack(folder)
    assert before.fingerprint != after.fingerprint
    assert after.paths[0].name == "University medicine"
    (folder / "faq.yaml").write_text("format: 2\n", encoding="utf-8")
    with pytest.raises(PackError):
        packfile.load_pack(folder)


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '{"shape": "older", "value": 1}', '{"shape": 1}', "\x00", "[" * 100_000]
)
def test_a_damaged_entry_is_passed_over(home: Path, damage: str) -> None:
    """Whatever an entry holds, the pack comes from its YAML, and the entry is made again."""
    pack = packfile.load_pack(packfile.bundled())
    seal(entries(home)[0], damage.encode())
    assert packfile.load_pack(packfile.bundled()) == pack
    entries(home)[0].write_text(damage, encoding="utf-8")
    assert packfile.load_pack(packfile.bundled()) == pack
    assert json.loads(entries(home)[0].read_bytes().partition(b"\n")[2])["shape"] == packcache.SHAPE


def test_an_entry_with_the_wrong_contents_is_passed_over(home: Path) -> None:
    """An entry of the right shape that holds something else stands in for neither a pack nor its FAQ."""
    pack = packfile.load_pack(packfile.bundled())
    for value in ([0, 1], [99], [0, "id"], "text", [-1], 5, [-1, [-1]], None):
        text = json.dumps({"shape": packcache.SHAPE, "value": value}).encode()
        for each in entries(home):
            seal(each, text)
        assert packfile.load_pack(packfile.bundled()) == pack
        assert packfile.load_faq(packfile.bundled()) == (pack.faq, pack.sources)


def test_no_byte_of_an_entry_can_change_unnoticed(home: Path, tmp_path: Path) -> None:
    """An entry with another letter in it, or under the name of another pack's, is passed over and made again."""
    pack = packfile.load_pack(packfile.bundled())
    [entry] = entries(home)
    kept = entry.read_bytes()
    entry.write_bytes(kept.replace(b"Academic medicine", b"Academic\\u001b[2J", 1))
    assert entry.read_bytes() != kept
    assert packfile.load_pack(packfile.bundled()) == pack
    assert entry.read_bytes() == kept
    other = tmp_path / "other"
    shutil.copytree(packfile.bundled(), other)
    (other / "faq.yaml").write_text("format: 1\nfaq: []\n", encoding="utf-8")
    changed = packfile.load_pack(other)
    [newer] = set(entries(home)) - {entry}
    newer.write_bytes(kept)
    assert packfile.load_pack(other) == changed != pack


def test_what_killed_processes_left_is_swept(home: Path) -> None:
    """A half-written entry of a killed process goes with the next entry that is written, a fresh one stays."""
    packfile.load_pack(packfile.bundled())
    old, young = (home / "cache" / f".pathfinder-{each}-0123abcd.tmp" for each in (1, 2))
    for each, age in ((old, 7200), (young, 60)):
        each.write_bytes(b"{")
        os.utime(each, (time.time() - age,) * 2)
    packfile.load_faq(packfile.bundled())
    assert (old.exists(), young.exists()) == (False, True)


def test_where_nothing_can_be_written_everything_still_works(home: Path) -> None:
    """A file in place of the folder, or a link in place of an entry, costs time only."""
    home.write_text("in the way", encoding="utf-8")
    assert isinstance(packfile.load_pack(packfile.bundled()), Pack)
    home.unlink()
    pack = packfile.load_pack(packfile.bundled())
    entry = entries(home)[0]
    entry.unlink()
    entry.symlink_to(home / "elsewhere")
    assert packfile.load_pack(packfile.bundled()) == pack
    assert not (home / "elsewhere").exists()


def test_entries_are_private_and_few(home: Path, tmp_path: Path) -> None:
    """The folder is readable by its owner only, and an author's hundred edits do not fill it."""
    folder = tmp_path / "pack"
    shutil.copytree(packfile.bundled(), folder)
    text = (folder / "paths.yaml").read_text(encoding="utf-8")
    for edit in range(packcache.MOST_ENTRIES + 3):
        (folder / "paths.yaml").write_text(f"{text}\n# {edit}\n", encoding="utf-8")
        packfile.load_pack(folder)
    assert len(entries(home)) == packcache.MOST_ENTRIES
    assert stat.S_IMODE((home / "cache").stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in entries(home)} == {0o600}
