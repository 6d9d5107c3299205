"""The JSON Schemas that editors use, held against the loader on the example packs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from pathfinder.pack import FILES, bundled, read_pack
from pathfinder.pack.new import NewPack, write_new_pack
from pathfinder.pack.nodes import Mapping, Node, Problem, Scalar, Sequence
from pathfinder.pack.yaml_file import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "src" / "pathfinder" / "pack" / "schema"
PACKS = Path(__file__).resolve().parents[1] / "packs"
GOOD = sorted((PACKS / "good").iterdir())
BAD = sorted((PACKS / "bad").iterdir())
MINIMAL = PACKS / "good" / "minimal"
EXAMPLE = ROOT / "examples" / "getting-to-work"

REFERENCE = "a schema does not know which ids exist, here or in another file"
SAME_ID = "a schema cannot compare the ids of two entries"
INHERITED = "a schema does not see the path's levels, which a track takes over"

INVISIBLE = "a schema does not know which characters show nothing, or change the one before them"

UNEXPRESSED: Final = {
    "checked-no-day": "a schema does not know the lengths of months",
    "duplicate-dimension": SAME_ID,
    "duplicate-faq": SAME_ID,
    "duplicate-option": SAME_ID,
    "duplicate-path": SAME_ID,
    "duplicate-question": SAME_ID,
    "duplicate-source": SAME_ID,
    "duplicate-track": SAME_ID,
    "duplicate-track-in-another-path": SAME_ID,
    "invisible-name": INVISIBLE,
    "leading-mark": INVISIBLE,
    "path-differs-by-case": SAME_ID,
    "week-label-twice": "a schema cannot compare two keys",
    "question-of-nine-dimensions": "a schema cannot count keys over several entries",
    "source-differs-by-case": SAME_ID,
    "track-all-zero": INHERITED,
    "tracks-alike-and-empty": INHERITED,
    "unknown-dimension-in-effects": REFERENCE,
    "unknown-dimension-in-pro": REFERENCE,
    "unknown-dimension-in-profile": REFERENCE,
    "unknown-dimension-in-scale": REFERENCE,
    "unknown-dimension-theme": REFERENCE,
    "unknown-path-in-faq": REFERENCE,
    "unknown-path-in-rules-out": REFERENCE,
    "unknown-source-in-faq": REFERENCE,
    "unknown-source-in-pro": REFERENCE,
    "unknown-source-in-question": REFERENCE,
    "unknown-theme": REFERENCE,
}
"""The bad packs that break a rule beyond any schema, each with the reason."""


def validator(name: str) -> Draft202012Validator:
    """Return the validator of one schema."""
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


VALIDATORS = {name: validator(name.removesuffix(".yaml")) for name in FILES}


def as_json(node: Node | None) -> Any:
    """Return a value as editors see it, by the YAML 1.2 core schema."""
    if isinstance(node, Mapping):
        return {key: as_json(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, Sequence):
        return [as_json(each) for each in node.items]
    if not isinstance(node, Scalar) or node.null:
        return None
    return core(node.text) if node.plain else node.text


def core(text: str) -> bool | float | str:
    """Return what a text without quotes is in the YAML 1.2 core schema."""
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text):
        return float(text)
    return text


def complete(pack: Path, folder: Path) -> Path:
    """Put together the files of a pack that shows only those in which it differs from the minimal one."""
    note = pack / "expect.txt"
    lines = note.read_text(encoding="utf-8").splitlines() if note.exists() else []
    absent = {line.removeprefix("without: ") for line in lines if line.startswith("without: ")}
    for name in FILES:
        there = pack / name if (pack / name).exists() else MINIMAL / name
        if name not in absent:
            (folder / name).write_bytes(there.read_bytes())
    return folder


def refusals(pack: Path) -> list[str]:
    """Return what the schemas say against a pack; raises ValueError when a file is no YAML that we read."""
    found = []
    for name in FILES:
        problems: list[Problem] = []
        try:
            node = parse((pack / name).read_bytes(), name, problems)
        except OSError:
            raise ValueError(name) from None
        if node is None or any(each.severity == "error" for each in problems):
            raise ValueError(name)
        found += [f"{name}: {each.json_path}: {each.message}" for each in VALIDATORS[name].iter_errors(as_json(node))]
    return found


@pytest.mark.parametrize("pack", [*GOOD, bundled(), EXAMPLE], ids=lambda each: each.name)
def test_no_good_pack_is_refused(pack: Path) -> None:
    """What the loader takes, the schemas take."""
    problems: list[Problem] = []
    assert read_pack(pack, problems) is not None
    assert refusals(pack) == []


@pytest.mark.parametrize("pack", BAD, ids=lambda each: each.name)
def test_schema_and_loader_refuse_the_same_packs(pack: Path, tmp_path: Path) -> None:
    """A pack that breaks a rule is refused by both, unless the rule is listed as one that no schema can say."""
    whole = complete(pack, tmp_path)
    problems: list[Problem] = []
    accepted = read_pack(whole, problems) is not None
    try:
        refused = refusals(whole)
    except ValueError:
        assert not accepted
        return
    assert (not refused) == (accepted or pack.name in UNEXPRESSED), refused


def test_a_new_pack_fits_the_schemas(tmp_path: Path) -> None:
    """What `pack new` writes is complete in the eyes of an editor."""
    write_new_pack(tmp_path / "new", NewPack(title='A: "b"', options=("no", "007", "x: y"), themes=("null",)))
    assert refusals(tmp_path / "new") == []


@pytest.mark.parametrize("name", [*FILES, "sheet"])
def test_every_key_is_described_and_none_is_open(name: str) -> None:
    """Every property has a description to show, and every object with named keys refuses other keys."""
    schema = VALIDATORS[name].schema if name in VALIDATORS else validator(name).schema
    for each in objects(schema):
        if "properties" in each and each.get("type") == "object":
            assert each["additionalProperties"] is False
            assert all(value.get("description") for value in each["properties"].values()), each["properties"]


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every mapping within a schema."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from objects(each)


@pytest.mark.parametrize(
    ("change", "fine"),
    [
        ({}, True),
        ({"matters_most": ["a", "b", "c"], "does_not_matter": ["d"], "rule_out": ["p"], "lean": "p"}, True),
        ({"matters_most": ["a", "b", "c", "d"]}, False),
        ({"rule_out": ["p", "p"]}, False),
        ({"format": 2}, False),
        ({"pack": None}, False),
        ({"answers": {"rain": [4]}}, False),
        ({"colour": "red"}, False),
    ],
)
def test_the_sheet_schema_takes_what_a_sheet_may_hold(change: dict[str, Any], fine: bool) -> None:  # noqa: FBT001
    """An answer sheet has its few keys, up to three dimensions that matter most, and ids as answers."""
    sheet = {"format": 1, "pack": "getting-to-work", "answers": {"rain": 4, "bonus": "pass", "alone": "skip"}}
    assert validator("sheet").is_valid(sheet | change) is fine


@pytest.mark.parametrize("folder", [bundled(), EXAMPLE], ids=lambda each: each.name)
def test_shipped_files_name_their_schema_in_the_first_line(folder: Path) -> None:
    """An editor finds the schema beside every shipped file."""
    for name in FILES:
        first = (folder / name).read_text(encoding="utf-8").split("\n", 1)[0]
        assert first.startswith("# yaml-language-server: $schema=")
        assert (folder / first.split("=", 1)[1]).resolve() == SCHEMAS / f"{name.removesuffix('.yaml')}.schema.json"


def test_what_no_schema_can_say_is_still_among_the_bad_packs() -> None:
    """The list of rules beyond the schemas names only packs that exist."""
    assert set(UNEXPRESSED) <= {each.name for each in BAD}
