"""The smallest, the largest and the oddest packs and sheets, through the whole program: a result or a clear refusal."""

from __future__ import annotations

import json
import time
from math import sqrt
from random import Random
from typing import TYPE_CHECKING, Any, Final

import pytest

from hostile import raw, run, squeezed, write_pack
from pathfinder import pack as packfile
from pathfinder.answers.interview import AnswerSheet
from pathfinder.answers.sheetfile import write_sheet
from pathfinder.pack import CareerPath, Dimension, Pack, Question, Scale, scale_options
from pathfinder.pack.questions import MOST_TOUCHED
from pathfinder.result import evaluate
from pathfinder.result.order import order, short_order
from pathfinder.result.scoring import rank
from pathfinder.show.as_json import to_json

if TYPE_CHECKING:
    from pathlib import Path

MOST: Final = {"paths": 50, "questions": 500, "options": 30, "dimensions": 100}
LONGEST: Final = 10_000
SECONDS: Final = 30.0
"""Far above what anything here takes, and far below what a wrong exponent would."""


def made(
    paths: int = 3, questions: int = 6, options: int = 3, dimensions: int = 4, text: str = "Some text."
) -> dict[str, Any]:
    """Return the files of a pack of these sizes; every second question is a scale, the last path has two tracks."""
    random = Random(paths + questions)  # noqa: S311
    names = [f"d{each}" for each in range(dimensions)]

    def effects(touched: list[str]) -> dict[str, float]:
        return {each: random.choice((-1, -0.5, 0.5, 1)) for each in random.sample(touched, min(3, dimensions))}

    def question(number: int) -> dict[str, Any]:
        asked: dict[str, Any] = {"id": f"q{number}", "theme": "all", "text": text}
        if number % 2 == 0:
            return {**asked, "scale": {"dimension": names[number // 2 % dimensions], "keyed": "+-"[number // 2 % 2]}}
        touched = random.sample(names, min(MOST_TOUCHED, dimensions))
        answers = [{"id": f"o{each}", "text": text, "effects": effects(touched)} for each in range(options)]
        return {**asked, "options": answers}

    def path(number: int) -> dict[str, Any]:
        profile = {each: random.choice((-2, -1, 1, 2)) for each in random.sample(names, (dimensions + 1) // 2)}
        pros = [{"text": text, "sources": ["S1"]}]
        return {
            "id": f"p{number}",
            "name": f"P{number}",
            "summary": text,
            "profile": profile,
            "pros": pros,
            "challenges": pros,
        }

    every = [path(each) for each in range(paths)]
    every[-1]["tracks"] = [{**path(each), "id": f"t{each}"} for each in range(2)]
    return {
        "paths.yaml": {
            "format": 1,
            "id": "edge",
            "version": "1",
            "title": "An edge",
            "about": text,
            "themes": ["all"],
            "dimensions": [{"id": each, "name": each, "theme": "all", "about": text} for each in names],
            "paths": every,
        },
        "questions.yaml": {"format": 1, "questions": [question(each) for each in range(questions)]},
        "faq.yaml": {"format": 1, "faq": []},
        "sources.yaml": {"format": 1, "sources": [{"id": "S1", "title": text, "kind": "primary"}]},
    }


def answered(pack: Pack, seed: int = 1) -> AnswerSheet:
    """Return a sheet with a random answer to every question."""
    random = Random(seed)  # noqa: S311
    return AnswerSheet(pack=pack.id, answers={each.id: random.choice(each.options).id for each in pack.questions})


def whole(folder: Path, sheet: AnswerSheet | None = None, *, audit: bool = False) -> dict[str, Any]:
    """Take a pack through check, quiz, report and comparison in every form; return the JSON of the quiz."""
    begin = time.process_time()
    chosen = {"PATHFINDER_PACK": str(folder), "COLUMNS": "80"}
    assert run("pack", "check", **chosen).exit_code == 0
    pack = packfile.load_pack(folder)
    target = folder.parent / "sheet.json"
    write_sheet(target, answered(pack) if sheet is None else sheet, pack)
    told = run("quiz", "--answers", str(target), "--json", **chosen)
    assert told.exit_code == 0
    result: dict[str, Any] = json.loads(told.stdout)
    for command in (
        ["quiz", "--answers", str(target), "--what-if", pack.paths[-1].id],
        ["quiz", "--answers", str(target), "--report", str(folder.parent / "report.html"), "--json"],
        ["quiz", "--answers", str(target), "--report", str(folder.parent / "report.md"), "--json"],
        ["compare", *(each.id for each in pack.paths[:3])],
        ["show", pack.paths[0].id],
        *([["pack", "audit", str(folder)]] if audit else []),
    ):
        shown = run(*command, **chosen)
        assert shown.exit_code in ({0, 1} if command[0] == "pack" else {0}), (command, shown.output[-500:])
        assert shown.stdout
        assert raw(shown.stdout) == []
    assert {each["path"] for each in result["ranking"]} == {each.id for each in pack.paths}
    assert all(0 <= each["match"] <= 100 and 0 <= each["first"] <= 1 for each in result["ranking"])
    standing = [each["first"] for each in result["ranking"] if not each["ruled_out"]]
    assert not standing or sum(standing) == pytest.approx(1)
    for each in result["ranking"]:
        assert sum(each["contributions"].values()) == pytest.approx(each["score"], abs=1e-9)
    assert time.process_time() - begin < SECONDS
    return result


@pytest.mark.parametrize(
    "sizes",
    [
        {"paths": 1},
        {"paths": 2},
        {"questions": 1},
        {"options": 2},
        {"dimensions": 1},
        {"paths": 1, "questions": 1, "dimensions": 1},
    ],
    ids=str,
)
def test_the_smallest_packs_give_a_result(sizes: dict[str, Any], tmp_path: Path) -> None:
    """One path, two paths, one question, two options, one dimension: all commands work, the audit too."""
    result = whole(write_pack(tmp_path / "pack", made(**sizes)), audit=True)
    assert len(result["ranking"]) == sizes.get("paths", 3)
    if sizes.get("paths") == 1:
        assert result["against_runner_up"] is None
        assert result["tipping_points"] == []


def _sized(name: str, more: int) -> dict[str, Any]:
    return {name: MOST[name] + more}


@pytest.mark.parametrize("name", MOST)
def test_the_largest_packs_give_a_result(name: str, tmp_path: Path) -> None:
    """As many paths, questions, options or dimensions as a pack may have give a result within seconds."""
    whole(write_pack(tmp_path / "pack", made(**_sized(name, 0))))


@pytest.mark.parametrize("name", MOST)
def test_one_more_than_the_most_is_refused(name: str, tmp_path: Path) -> None:
    """A pack that has more than it may have of anything is refused with the number that it may have."""
    refused = run("pack", "check", str(write_pack(tmp_path / "pack", made(**_sized(name, 1)))))
    assert refused.exit_code == 1
    assert f"has {MOST[name] + 1} {name}: {MOST[name]} are the most" in refused.stdout


def test_questions_are_put_in_order_as_fast_as_they_grow(tmp_path: Path) -> None:
    """The order of 250 questions about 50 paths is found in seconds, and holds each question once."""
    pack = packfile.load_pack(write_pack(tmp_path / "pack", made(paths=50, questions=250, dimensions=20)))
    begin = time.process_time()
    assert sorted(each.id for each in order(pack)) == sorted(each.id for each in pack.questions)
    assert len(short_order(pack)) == 125
    assert time.process_time() - begin < SECONDS


def test_all_that_the_limits_allow_is_read(tmp_path: Path) -> None:
    """500 questions of 30 options that each say something about eight dimensions are within the limits of a pack."""
    files = made(paths=50, questions=500, options=30, dimensions=100)
    for number, question in enumerate(files["questions.yaml"]["questions"]):
        for option in question.get("options", ()):
            option["text"] = "."
            option["effects"] = {f"d{(number + each) % 100}": 1 for each in range(8)}
    folder = write_pack(tmp_path / "pack", files)
    assert (folder / "questions.yaml").stat().st_size < 5_000_000
    assert len(packfile.load_pack(folder).questions) == 500


def test_a_level_next_to_nothing_gives_no_number_that_json_lacks(tmp_path: Path) -> None:
    """What is too small to be noticed is refused where it stands; nothing divides by it later."""
    files = made(paths=2, dimensions=2)
    files["paths.yaml"]["paths"][0]["profile"] = {"d0": 2, "d1": -1e-300}
    refused = run("pack", "check", str(write_pack(tmp_path / "pack", files)))
    assert refused.exit_code == 1
    assert "d1: is next to nothing: write 0, or a number that somebody could notice" in refused.stdout
    # At the limits of what is allowed, no importance beyond any meaning is named.
    files["paths.yaml"]["paths"][0]["profile"] = {"d0": 2, "d1": -1e-6}
    files["paths.yaml"]["paths"][1]["profile"] = {"d0": -1, "d1": 1e-6}
    for dimension, weight in zip(files["paths.yaml"]["dimensions"], ("1000000", "0.000001"), strict=True):
        dimension["weight"] = float(weight) if weight == "1000000" else 1e-6
    folder = tmp_path / "other"
    write_pack(folder, files)
    (folder / "paths.yaml").write_text(
        (folder / "paths.yaml").read_text(encoding="utf-8").replace("1e-06", "0.000001"), encoding="utf-8"
    )
    for seed in range(20):
        result = (
            whole(folder, answered(packfile.load_pack(folder), seed))
            if seed == 0
            else evaluate(packfile.load_pack(folder), answered(packfile.load_pack(folder), seed))
        )
        named = result["critical_importance"] if isinstance(result, dict) else to_json(result)["critical_importance"]
        assert all(each["to"] <= 1e9 for each in named)


def test_ties_do_not_go_on_from_path_to_path() -> None:
    """Paths share a rank within 1e-9 of the first of them; a chain of ties is no tie of its ends."""
    levels = {"a": 1.0, "b": 1.0 - 0.9e-9, "c": 1.0 - 1.8e-9, "d": 0.5}
    base = packs_of(levels)
    ranks = {each.path.id: each.rank for each in rank(base, AnswerSheet(pack=base.id, answers={"q": "5"})).matches}
    assert ranks == {"a": 1, "b": 1, "c": 3, "d": 4}


def packs_of(levels: dict[str, float]) -> Pack:
    """Return a pack whose paths reach these scores when its one question is fully agreed with."""
    key = Scale(dimension="x", keyed="+")
    return Pack(
        id="chain",
        version="1",
        title="Chain",
        about="",
        themes=("all",),
        dimensions=tuple(Dimension(id=each, name=each, theme="all", about="") for each in "xy"),
        paths=tuple(
            CareerPath(id=i, name=i, summary="", profile={"x": 2 * v, "y": 2 * sqrt(1 - v * v)}, week={})
            for i, v in levels.items()
        ),
        questions=(Question(id="q", theme="all", text="?", options=scale_options(key), scale=key),),
    )


def test_every_answer_skipped(tmp_path: Path) -> None:
    """A sheet of nothing but skips shows no preference, ranks all paths level and names no winner."""
    folder = write_pack(tmp_path / "pack", made())
    skips = {each.id: "skip" for each in packfile.load_pack(folder).questions}
    for answers in (skips, {}):
        result = whole(folder, AnswerSheet(pack="edge", answers=answers))
        assert result["verdict"] == "no-preference"
        assert {each["rank"] for each in result["ranking"]} == {1}
        assert (result["answered"], result["strength"]) == (0, 0)


def test_every_path_ruled_out(tmp_path: Path) -> None:
    """When the person refuses every path the result says so, names no winner, and every command still works."""
    folder = write_pack(tmp_path / "pack", made())
    pack = packfile.load_pack(folder)
    sheet = AnswerSheet(pack="edge", answers=answered(pack).answers, rule_out=tuple(pack.path_by_id))
    result = whole(folder, sheet)
    assert all(each["ruled_out"] for each in result["ranking"])
    assert any("Bring back the path" in each for each in result["notes"])
    assert (
        "ruled out every path"
        in run("quiz", "--answers", str(tmp_path / "sheet.json"), PATHFINDER_PACK=str(folder)).stdout
    )


def test_nothing_matters(tmp_path: Path) -> None:
    """When no dimension matters there is no preference, and nothing is divided by nothing."""
    folder = write_pack(tmp_path / "pack", made())
    pack = packfile.load_pack(folder)
    sheet = AnswerSheet(pack="edge", answers=answered(pack).answers, does_not_matter=tuple(pack.dimension_by_id))
    assert whole(folder, sheet)["verdict"] == "no-preference"


NUMBERS: Final = (
    "1e-300",
    "1e300",
    "-1e300",
    "1e999",
    ".inf",
    "-.inf",
    ".nan",
    "nan",
    "1_000",
    "0x10",
    "0o17",
    '"1"',
    "true",
    "",
    "[1]",
    "9" * 400,
)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("place", ["weight of a dimension", "weight of a question", "level", "effect"])
def test_odd_numbers_are_refused_with_what_is_wanted(place: str, number: str, tmp_path: Path) -> None:
    """A weight, level or effect that is out of range or no plain decimal number is refused where it stands."""
    folder = write_pack(tmp_path / "pack", made())
    name, before, after = {
        "weight of a dimension": ("paths.yaml", '"theme": "all", "about"', '"theme": "all", "weight": NUMBER, "about"'),
        "weight of a question": ("questions.yaml", '"theme": "all"', '"theme": "all", "weight": NUMBER'),
        "level": ("paths.yaml", '"profile": {', '"profile": {"d3": NUMBER, '),
        "effect": ("questions.yaml", '"effects": {', '"effects": {"d3": NUMBER, '),
    }[place]
    text = (
        (folder / name)
        .read_text(encoding="utf-8")
        .replace('"d3": 1', '"d2": 1')
        .replace(before, after.replace("NUMBER", number), 1)
    )
    (folder / name).write_text(text, encoding="utf-8")
    listed = json.loads(run("pack", "check", str(folder), "--format", "json").stdout)["problems"]
    small = number == "1e-300" and place in {"level", "effect"}
    assert any("needs a number" in each["message"] for each in listed) != small
    refused = run("compare", PATHFINDER_PACK=str(folder))
    assert refused.exit_code in {0, 2}
    assert max(map(len, refused.stderr.splitlines()), default=0) < 500 + len(str(folder))


@pytest.mark.parametrize(("least", "most"), [(1e-6, 1e6), (1e-6, 1e-6), (1e6, 1e6)])
def test_the_widest_weights_give_a_result(least: float, most: float, tmp_path: Path) -> None:
    """The smallest and the largest weights that are allowed, together, lose no digit that matters."""
    files = made()
    for number, each in enumerate((*files["paths.yaml"]["dimensions"], *files["questions.yaml"]["questions"])):
        each["weight"] = f"{least if number % 2 else most:f}"
    for name in ("paths.yaml", "questions.yaml"):
        files[name] = json.loads(json.dumps(files[name]), object_hook=_unquoted)
    whole(write_pack(tmp_path / "pack", files), audit=True)


def _unquoted(entries: dict[str, Any]) -> dict[str, Any]:
    return {key: float(each) if key == "weight" else each for key, each in entries.items()}


ODD: Final = (
    "0",
    "1",
    "007",
    "1e3",
    "true",
    "no",
    "null",
    "y",
    "on",
    "2024-01-01",
    "0x10",
    "1-2",
    "help",
    "last",
    "me",
    "OFF",
    "Snake_case",
    "v1.2",
)


def test_ids_that_look_like_something_else(tmp_path: Path) -> None:
    """Ids that look like numbers, booleans, dates or words of ours are ids, in packs, sheets and on the command line."""
    files = made(paths=len(ODD), questions=len(ODD), options=len(ODD), dimensions=len(ODD))
    text = json.dumps(files)
    for number, each in reversed(list(enumerate(ODD))):
        for letter in "pqod":
            text = text.replace(f'"{letter}{number}"', f'"{each}"')
    folder = write_pack(tmp_path / "pack", json.loads(text))
    pack = packfile.load_pack(folder)
    assert tuple(pack.path_by_id) == tuple(pack.question_by_id) == ODD
    said = AnswerSheet(
        pack="edge",
        answers=answered(pack).answers,
        matters_most=ODD[:3],
        does_not_matter=ODD[3:6],
        rule_out=ODD[6:9],
        lean="no",
    )
    for suffix in ("yaml", "json"):
        target = tmp_path / f"sheet.{suffix}"
        write_sheet(target, said, pack)
        found = run("quiz", "--answers", str(target), "--json", PATHFINDER_PACK=str(folder))
        assert found.exit_code == 0, found.output
        ranking = json.loads(found.stdout)["ranking"]
        assert sorted(each["path"] for each in ranking) == sorted(ODD)
        assert {each["path"] for each in ranking if each["ruled_out"]} == set(ODD[6:9])
    for each in ODD:
        assert run("show", each, PATHFINDER_PACK=str(folder)).exit_code == 0
        assert run("compare", "--json", each, PATHFINDER_PACK=str(folder)).exit_code == 0


@pytest.mark.parametrize(
    "name",
    ["--help", "-h", "a/b", "../x", "..", ".", "a b", "\u00e4", "", "x" * 61, "skip", "a\tb", "*", "_a", ".a", "-a"],
)
@pytest.mark.parametrize("kind", ["path", "question", "option", "dimension", "pack"])
def test_ids_that_could_be_flags_or_files_are_refused(kind: str, name: str, tmp_path: Path) -> None:
    """An id has Latin letters, digits and few marks, and begins with none of these: it can be neither flag nor file."""
    files = made()
    place: dict[str, Any] = {
        "path": files["paths.yaml"]["paths"][0],
        "question": files["questions.yaml"]["questions"][0],
        "option": files["questions.yaml"]["questions"][1]["options"][0],
        "dimension": files["paths.yaml"]["dimensions"][0],
        "pack": files["paths.yaml"],
    }[kind]
    place["id"] = name
    refused = run("pack", "check", str(write_pack(tmp_path / "pack", files)))
    assert refused.exit_code == (0 if name == "skip" and kind not in {"option", "dimension"} else 1)


@pytest.mark.parametrize(
    "text",
    ["x" * LONGEST, "word " * (LONGEST // 5), "\u6f22" * LONGEST, "e\u0301" * (LONGEST // 2)],
    ids=["one word", "words", "wide", "marks"],
)
def test_the_longest_texts_pass_through(text: str, tmp_path: Path) -> None:
    """Texts of 10,000 characters reach every output whole; one more character is refused."""
    files = made(paths=2, questions=2, options=2, text=text.strip().ljust(LONGEST - 1, "x"))
    folder = write_pack(tmp_path / "pack", files)
    whole(folder)
    shown = squeezed(run("show", "p0", PATHFINDER_PACK=str(folder)).stdout)
    assert squeezed(text[:300]) in shown
    assert squeezed(text[-300:]) in shown
    files["questions.yaml"]["questions"][0]["text"] = text.strip().ljust(LONGEST, "x") + "xx"
    refused = run("pack", "check", str(write_pack(tmp_path / "longer", files)))
    assert refused.exit_code == 1
    assert f"{LONGEST} are the most" in refused.stdout
