"""Every pack under examples/ is a good one, and shows that nothing about the bundled decision is in the code."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pathfinder.answers.interview import AnswerSheet
from pathfinder.audit import audit
from pathfinder.audit.model import ideal, model
from pathfinder.pack import Problem, load_pack, read_pack
from pathfinder.pack.new import NewPack, write_new_pack
from pathfinder.result.scoring import rank

if TYPE_CHECKING:
    from pathfinder.pack import Pack

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = sorted(each for each in (ROOT / "examples").iterdir() if each.is_dir())
COMMUTE = ROOT / "examples" / "getting-to-work"


@pytest.fixture(scope="module")
def commute() -> Pack:
    """Return the example about the way to work."""
    return load_pack(COMMUTE)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda each: each.name)
def test_examples_pass_check_and_audit(folder: Path) -> None:
    """No problem, no warning, no finding: an example is something to copy."""
    problems: list[Problem] = []
    pack = read_pack(folder, problems)
    assert problems == []
    assert pack is not None
    assert pack.id == folder.name
    assert [(each.check, each.subject, each.finding) for each in audit(pack).findings] == []


def test_the_example_is_another_decision(commute: Pack, bundled: Pack) -> None:
    """It shares no theme, dimension, path or question with the bundled pack, and is large enough to be real."""
    assert 5 <= len(commute.paths) <= 8
    assert len(commute.questions) >= 18
    assert not set(commute.themes) & set(bundled.themes)
    assert not set(commute.dimension_by_id) & set(bundled.dimension_by_id)
    assert not set(commute.path_by_id) & set(bundled.path_by_id)
    assert not set(commute.question_by_id) & set(bundled.question_by_id)


def test_every_claim_of_the_example_has_a_source_on_the_web(commute: Pack) -> None:
    """Pros, challenges, facts, next steps and answers name a source, and each source has an address."""
    claims = [each.sources for each in commute.faq]
    for path in commute.paths:
        claims += [each.sources for each in (*path.pros, *path.challenges)]
        claims += [each.sources for each in path.facts] + [each.sources for each in path.next_steps]
    assert all(claims)
    assert all((each.url or "").startswith("https://") for each in commute.sources)


def test_paths_of_the_example_are_compared_by_the_same_facts(commute: Pack) -> None:
    """Each path has the same labels in the same order."""
    assert len({tuple(each.label for each in path.facts) for path in commute.paths}) == 1


def test_each_way_to_work_is_found_by_who_wants_it(commute: Pack) -> None:
    """The sheet of a path's ideal person puts it first, surely."""
    taken = model(commute)
    for place, path in enumerate(commute.paths):
        ranking = rank(commute, taken.sheet(ideal(taken, place)))
        assert ranking.leaders[0].path.id == path.id
        assert ranking.leaders[0].first > 0.9


def test_a_rainproof_loner_in_the_country_drives(commute: Pack) -> None:
    """A plain case by hand: dry, free, far out, alone, whatever it costs."""
    answers = {
        "rain": "5",
        "any-minute": "5",
        "lives-far": "5",
        "alone": "5",
        "pays-for-comfort": "5",
        "which-home": "house-out",
    }
    ranking = rank(commute, AnswerSheet(pack=commute.id, answers=answers))
    assert ranking.leaders[0].path.id == "car"


# ---- docs/packs.md


def blocks(kind: str) -> list[str]:
    """Return the lines of the guide's code blocks of one kind, without space around them."""
    guide = (ROOT / "docs" / "packs.md").read_text(encoding="utf-8")
    found = re.findall(rf"^ *```{kind}\n(.*?)^ *```$", guide, flags=re.DOTALL | re.MULTILINE)
    return [line.strip() for block in found for line in block.splitlines() if line.strip()]


def test_the_guide_quotes_the_example_as_it_is() -> None:
    """Every line of YAML in the guide stands in the example."""
    there = {line.strip() for each in COMMUTE.glob("*.yaml") for line in each.read_text(encoding="utf-8").splitlines()}
    assert blocks("yaml")
    assert [line for line in blocks("yaml") if line not in there] == []


def test_the_guide_quotes_check_as_it_is(tmp_path: Path) -> None:
    """The mistake that the guide shows gives the message that it shows."""
    made = NewPack(title="Which tree?", options=("Oak", "Elm", "Ash"))
    paths = write_new_pack(tmp_path / "my-pack", made)[0]
    text = paths.read_text(encoding="utf-8")
    paths.write_text(text.replace("cost: 1, effort", "cots: 1, effort"), encoding="utf-8")
    problems: list[Problem] = []
    read_pack(tmp_path / "my-pack", problems)
    assert [str(each).removeprefix(f"{tmp_path}/") for each in problems] == [
        line for line in blocks("console") if line.startswith("my-pack/")
    ]


def test_the_guide_quotes_the_audit_as_it_is(commute: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    """The findings that the guide shows are those of the packs that it describes."""
    for limit in ("BATCH", "LEAST_PEOPLE", "MOST_PEOPLE"):
        monkeypatch.setattr(f"pathfinder.audit.{limit}", 100)
    shown = " ".join(" ".join(blocks("")).split())
    train, car = commute.path_by_id["transit"], commute.path_by_id["car"]
    between = {d: (train.profile.get(d, 0) + car.profile.get(d, 0)) / 2 for d in commute.dimension_by_id}
    blend = replace(car, id="park-and-ride", profile=between)
    one_way = tuple(
        replace(each, scale=replace(each.scale, keyed="+")) if each.scale else each for each in commute.questions
    )
    findings = [
        next(row for row in audit(replace(commute, paths=(train, car, blend))).errors if row.check == "mixture"),
        next(row for row in audit(replace(commute, questions=one_way)).warnings if row.subject == "distance"),
    ]
    for row in findings:
        assert f"{row.level} {row.check} {row.finding} {row.advice}" in shown


def test_no_word_of_a_pack_is_in_the_code(commute: Pack, bundled: Pack) -> None:
    """No id of a path, question or dimension with a hyphen in it, and no name of a path, stands in the program.

    Nor does a word about the bundled decision, but for the examples in help, which are run.
    """
    code = "\n".join(each.read_text(encoding="utf-8") for each in sorted((ROOT / "src").rglob("*.py")))
    for pack in (commute, bundled):
        names = [each.name for each in pack.paths]
        names += [each for each in (*pack.question_by_id, *pack.dimension_by_id, *pack.path_by_id) if "-" in each]
        found = [each for each in names if re.search(rf"""["']{re.escape(each)}["']""", code)]
        assert found == []
    assert (
        re.findall(r"(?im)^(?!.*pathfinder (?:compare|show) ).*(?:academ|clinic|medic|physician|usmle).*$", code) == []
    )
