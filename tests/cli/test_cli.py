"""The program as a process: every command's answer, exit code, JSON, and what it says about bad input."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

from conftest import ROOT
from pathfinder import __version__
from pathfinder import pack as packfile
from pathfinder.pack import load_pack

if TYPE_CHECKING:
    from conftest import Run
    from pathfinder.pack import Pack

PACKS: Final = ROOT / "tests" / "packs"
PACK: Final = PACKS / "golden"
SHEETS: Final = ROOT / "tests" / "sheets" / "results"
CLEAR: Final = SHEETS / "clear.yaml"
PORTRAIT: Final = ROOT / "tests" / "portraits" / "01-oncologist-with-a-laboratory.yaml"

RESULT: Final[dict[str, type | tuple[type, ...]]] = {
    "schema": str,
    "pathfinder": str,
    "pack": dict,
    "verdict": str,
    "answered": int,
    "questions": int,
    "strength": float,
    "noise": float,
    "contradictory": bool,
    "wishes": dict,
    "ranking": list,
    "against_runner_up": (dict, type(None)),
    "tipping_points": list,
    "critical_importance": list,
    "notes": list,
}
RANKED: Final[dict[str, type | tuple[type, ...]]] = {
    "path": str,
    "rank": int,
    "score": float,
    "match": float,
    "first": float,
    "ruled_out": (str, type(None)),
    "contributions": dict,
    "answers": dict,
    "tracks": list,
}
TRACK: Final[dict[str, type | tuple[type, ...]]] = {
    "track": str,
    "rank": int,
    "score": float,
    "match": float,
    "first": float,
}
TIPPING: Final[dict[str, type | tuple[type, ...]]] = {
    "question": str,
    "from": (int, str),
    "to": (int, str),
    "makes_first": str,
}
CRITICAL: Final[dict[str, type | tuple[type, ...]]] = {
    "dimension": str,
    "from": (int, float),
    "to": (int, float),
    "makes_first": str,
}
VERDICTS: Final = {"clear", "likely", "leaning", "too-close", "no-preference", "provisional"}
COMMANDS: Final = (
    (), ("quiz",), ("compare",), ("show",), ("faq",), ("sessions",), ("sessions", "list"), ("sessions", "show"),
    ("sessions", "resume"), ("sessions", "diff"), ("sessions", "plan"), ("sessions", "export"), ("sessions", "delete"), ("pack",),
    ("pack", "check"), ("pack", "audit"), ("pack", "new"), ("pack", "method"),
)  # fmt: skip


@pytest.fixture
def golden(monkeypatch: pytest.MonkeyPatch) -> Pack:
    """Return the small pack, and let every command of the test use it."""
    monkeypatch.setenv("PATHFINDER_PACK", str(PACK))
    return load_pack(PACK)


@pytest.fixture
def saved(tmp_path: Path, golden: Pack) -> list[str]:
    """Save two quizzes of the small pack, and return their ids, the older one first."""
    from dataclasses import replace
    from datetime import UTC, datetime

    from pathfinder.answers import Store
    from pathfinder.answers.sheetfile import read_sheet

    ids = []
    for day, name in ((1, "too-close"), (2, "clear")):
        store = Store(tmp_path / "pathfinder", lambda day=day: datetime(2026, 11, day, 9, tzinfo=UTC))  # type: ignore[misc]
        begun = store.create(golden, tuple(each.id for each in golden.questions), str(PACK))
        sheet = read_sheet(SHEETS / f"{name}.yaml", golden)
        ids.append(store.save(replace(begun, sheet=sheet, finished=True, verdict=name, leader=("island",))).id)
    return ids


def checked(value: dict[str, Any], shape: dict[str, type | tuple[type, ...]]) -> dict[str, Any]:
    """Return the value after checking that it has exactly these keys, of these types; no bool for a number."""
    assert list(shape) == list(value)
    for key, kind in shape.items():
        assert isinstance(value[key], kind), key
        assert kind is bool or not isinstance(value[key], bool), key
    return value


def result_of(call: Run, *arguments: str, **environment: str) -> dict[str, Any]:
    """Run a command that prints JSON, and return it after checking that there is nothing else."""
    done = call(*arguments, "--json", **environment)
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def written(folder: Path, name: str = "sheet.yaml", **sheet: Any) -> str:
    """Write an answer sheet for the small pack."""
    file = folder / name
    text = {"format": 1, "pack": "year-off", **sheet}
    file.write_text(json.dumps(text) if name.endswith(".json") else yaml.safe_dump(text, sort_keys=False), "utf-8")
    return str(file)


# ---- every command


def test_version(run: Run) -> None:
    """--version prints the program's name and version, and nothing else."""
    done = run("--version")
    assert (done.stdout, done.stderr, done.returncode) == (f"pathfinder {__version__}\n", "", 0)


@pytest.mark.parametrize("folder", [packfile.bundled(), PACK], ids=lambda each: each.name)
def test_bare(folder: Path, run: Run) -> None:
    """The bare program says in four lines what it is, about which decision, and what to type."""
    done = run(PATHFINDER_PACK=str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 4
    for each in (
        load_pack(folder).title,
        "pathfinder quiz",
        "pathfinder compare",
        "pathfinder faq",
        "pathfinder --help",
    ):
        assert each in done.stdout


def test_examples_and_suggestions_begin_as_the_program_was_started(run: Run) -> None:
    """Help, lists and the first words name the program as the person has to type it."""
    for words in ((), ("--help",), ("faq", "--help"), ("sessions", "plan", "--help"), ("faq",), ("show", "hybrid")):
        shown = run(*words, PATHFINDER_AS="python3 run.py").stdout
        assert "python3 run.py" in shown, words
        assert not re.search(r"(?<!_)\bpathfinder (quiz|faq|show|compare|sessions|pack)", shown), words


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_has_an_example_that_runs(command: tuple[str, ...], call: Run, tmp_path: Path) -> None:
    """Each command's help ends with 0, fits 80 columns, and shows an example of that command."""
    done = call(*command, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Usage: {' '.join(('pathfinder', *command))} ")
    examples = re.findall(r"(?:Example|Start with): +(pathfinder .*)\n(?: {11,}(pathfinder .*)\n)?", done.stdout)
    lines = [shlex.split(each)[1:] for pair in examples for each in pair if each]
    assert lines
    for line in lines:
        assert list(command[:1]) == line[: len(command[:1])]
        assert "..." not in line
        _runs(call, line, tmp_path)


def _runs(call: Run, line: list[str], folder: Path) -> None:
    """Run an example with the files and the saved quizzes that it speaks of."""
    if line in (["quiz"], ["sessions", "resume", "last"]):
        assert "needs a terminal" in call(*line).stderr
        return
    partner = ROOT / "tests" / "portraits" / "02-village-family-doctor.yaml"
    swap = {"my-answers.yaml": str(PORTRAIT), "partner.yaml": str(partner), "my-pack": str(PACKS / "good" / "minimal")}
    if line[:2] == ["pack", "new"]:
        swap["my-pack"] = str(folder / "new")
    if line[0] == "sessions":
        swap["2026-11-01-abc"] = _take(folder)
    written = {"result.html", "both.html", "plan.ics", "my-answers.json"}
    arguments = [swap.get(each, each) for each in line]
    arguments = [str(folder / each) if each in written else each for each in arguments]
    done = call(*arguments)
    assert "Traceback" not in done.stderr
    assert done.returncode in ({0, 1} if line[:2] == ["pack", "audit"] else {0}), done.stderr


def _take(folder: Path) -> str:
    """Save the portrait's answers as a finished quiz and return its id."""
    from dataclasses import replace
    from datetime import UTC, datetime

    from pathfinder import pack as packfile
    from pathfinder.answers import Store
    from pathfinder.answers.sheetfile import read_sheet

    pack = packfile.load_pack(packfile.bundled())
    store = Store(folder / "pathfinder", lambda: datetime.now(UTC))
    begun = store.create(pack, tuple(each.id for each in pack.questions))
    return store.save(replace(begun, sheet=read_sheet(PORTRAIT, pack), finished=True)).id


def test_commands_in_help_are_not_cut(call: Run) -> None:
    """The list of commands says what each does in words that fit."""
    for command in ((), ("sessions",), ("pack",)):
        listed = call(*command, "--help").stdout.partition("Commands:")[2]
        assert listed
        assert "..." not in listed


def test_faq_browses_by_topic(call: Run, golden: Pack) -> None:
    """Without words every question stands under its topic, with the id that opens it."""
    done = call("faq")
    assert (done.returncode, done.stderr) == (0, "")
    assert all(f"[{each.id}]" in done.stdout for each in golden.faq)
    assert "[what-it-costs]" not in call("faq", "--topic", "leaving").stdout


@pytest.mark.usefixtures("golden")
def test_faq_finds_words(call: Run) -> None:
    """Words in the question, the keywords and the answer find an entry, misspelt ones too, and its id does."""
    for words in (["leave", "early"], ["abort"], ["abrot"], ["boats"], ["leave-early"]):
        done = call("faq", *words)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("May I leave before the year is over?")


@pytest.mark.usefixtures("golden")
def test_faq_finds_nothing(call: Run) -> None:
    """Where nothing is found the topics are shown under which it may stand, and the exit code is 1."""
    done = call("faq", "xylophone")
    assert (done.returncode, done.stderr) == (1, "")
    assert "Nothing found for \u201cxylophone\u201d" in done.stdout
    assert "faq --topic" in done.stdout


@pytest.mark.usefixtures("golden")
def test_faq_as_json(call: Run) -> None:
    """JSON of the FAQ says what was asked, what was found and, when nothing was, what is nearest; exit code as ever."""
    found = result_of(call, "faq", "cat")
    assert list(found) == ["schema", "words", "topic", "found", "nearest"]
    assert (found["schema"], found["words"], found["topic"], found["nearest"]) == ("pathfinder.faq/1", "cat", None, [])
    assert list(found["found"][0]) == ["id", "question", "answer", "topics", "paths", "sources"]
    assert found["found"][0]["id"] == "take-a-cat"
    done = call("faq", "xylophone", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["found"] == []
    assert json.loads(done.stdout)["nearest"] != []


def test_compare(call: Run, golden: Pack) -> None:
    """All paths are compared when none is named; otherwise those named, each once, in that order."""
    done = call("compare", COLUMNS="120")
    assert (done.returncode, done.stderr) == (0, "")
    assert all(each.name in done.stdout and each.summary in done.stdout for each in golden.paths)
    two = call("compare", "hut", "island", "hut").stdout
    assert "harbour" not in two.partition("A typical week")[0]
    assert two.index("A hut") < two.index("A lighthouse")


@pytest.mark.usefixtures("golden")
def test_compare_differences(call: Run) -> None:
    """--differences leaves out what all the paths share."""
    assert "Living by the sea" in call("compare", "island", "harbour").stdout
    assert "Living by the sea" not in call("compare", "island", "harbour", "--differences").stdout


def test_compare_as_json(call: Run, golden: Pack) -> None:
    """JSON of a comparison holds every path, and a cell for each of them in every row."""
    found = result_of(call, "compare")
    assert list(found) == ["schema", "pack", "paths", "week", "profile", "facts"]
    assert found["schema"] == "pathfinder.compare/1"
    assert {"id": "year-off", "version": "1.2", "fingerprint": golden.fingerprint} == found["pack"]
    ids = [each.id for each in golden.paths]
    assert ids == [each["path"] for each in found["paths"]]
    for section, cells in (("week", "half_days"), ("profile", "levels"), ("facts", "texts")):
        assert all(ids == list(row[cells]) for row in found[section])
    assert found["profile"][0]["levels"] == {"island": 2.0, "harbour": 2.0, "hut": -2.0}


@pytest.mark.usefixtures("golden")
def test_compare_with_own_preferences(call: Run, saved: list[str]) -> None:
    """--answers and --mine add what a person wants, from -1 to 1 and a little beyond, from a sheet or from the last quiz of the pack."""
    assert saved
    sheet = result_of(call, "compare", "--answers", str(CLEAR))
    mine = result_of(call, "compare", "--mine")
    assert sheet == mine
    assert {row["dimension"]: row["mine"] for row in mine["profile"]}["sea"] == pytest.approx(0.98, abs=0.01)
    assert all(-1.1 <= row["mine"] <= 1.1 for row in mine["profile"])
    assert "You" in call("compare", "--mine").stdout


@pytest.mark.usefixtures("golden")
def test_compare_mine_before_any_quiz(call: Run) -> None:
    """Without a quiz there are no own preferences: the program says how to come by them."""
    done = call("compare", "--mine")
    assert (done.returncode, done.stdout) == (2, "")
    assert "pathfinder quiz" in done.stderr


def test_show(call: Run, golden: Pack) -> None:
    """A path in full holds its facts, pros, challenges, tracks, next steps, and sources with their addresses."""
    done = call("show", "island", COLUMNS="120")
    assert (done.returncode, done.stderr) == (0, "")
    path, shown = golden.path_by_id["island"], " ".join(done.stdout.split())
    # Pros and challenges stand in two columns: what they say in short is on one line each.
    texts = [each.headline or each.text for each in (*path.pros, *path.challenges)]
    texts += [each.text for each in path.facts] + [each.text for each in path.next_steps]
    texts = [" ".join(each.split()[:5]) for each in texts]
    assert [each for each in texts if each not in shown] == []
    assert all(each.name in shown and each.summary in shown for each in path.tracks)
    assert all(str(each.url) in done.stdout.replace("\n  ", "") for each in golden.sources)


@pytest.mark.usefixtures("golden")
def test_quiz_replays_a_sheet(call: Run) -> None:
    """A sheet gives the whole result on standard output: verdict, ranking, reasons, what would change it, next steps."""
    done = call("quiz", "--answers", str(CLEAR))
    assert (done.returncode, done.stderr) == (0, "")
    for each in ("clearly", "Why it fits", "What set it apart", "What would change it", "Pros", "Next steps"):
        assert each in done.stdout
    assert "Your hunch was A room above the harbour" in done.stdout


@pytest.mark.usefixtures("golden")
@pytest.mark.parametrize(("suffix", "begin"), [("html", "<!doctype html>"), ("md", "# ")])
def test_quiz_writes_a_report(suffix: str, begin: str, call: Run, tmp_path: Path) -> None:
    """--report writes a page, says so on standard error, and leaves the first screen on standard output."""
    file = tmp_path / f"out.{suffix}"
    done = call("quiz", "--answers", str(CLEAR), "--report", str(file))
    assert (done.returncode, done.stderr) == (0, f"Report written: {file}\n")
    assert done.stdout == call("quiz", "--answers", str(CLEAR), "--brief").stdout
    assert file.read_text("utf-8").lower().startswith(begin)


@pytest.mark.usefixtures("golden")
def test_quiz_what_if(call: Run) -> None:
    """--what-if names changes of answers that put a path first, and they do: the changed sheet has it first."""
    found = result_of(call, "quiz", "--answers", str(CLEAR), "--what-if", "hut")
    assert found["what_if"]
    sheet = yaml.safe_load(CLEAR.read_text("utf-8"))
    for change in found["what_if"]:
        checked(change, TIPPING)
        assert sheet["answers"][change["question"]] == change["from"]
        sheet["answers"][change["question"]] = change["to"]
    folder = Path(os.environ["PATHFINDER_HOME"]).parent
    after = result_of(call, "quiz", "--answers", written(folder, **{k: v for k, v in sheet.items() if k != "format"}))
    assert after["ranking"][0]["path"] == "hut"
    assert "What if: A hut in the mountains" in call("quiz", "--answers", str(CLEAR), "--what-if", "hut").stdout


@pytest.mark.usefixtures("golden")
@pytest.mark.parametrize(("sheet", "path", "wanted"), [("clear", "island", []), ("one-left", "island", None)])
def test_quiz_what_if_nothing_is_needed_or_nothing_would_do(sheet: str, path: str, wanted: Any, call: Run) -> None:
    """No change for a path that is first already is something else than no change that could bring it there."""
    told = call("quiz", "--answers", str(SHEETS / f"{sheet}.yaml"), "--what-if", path, "--json")
    assert json.loads(told.stdout)["what_if"] == wanted


@pytest.mark.parametrize("columns", ["40", "200"])
@pytest.mark.parametrize(
    "arguments", [["quiz", "--answers", str(CLEAR)], ["compare"], ["faq"]], ids=lambda each: each[0]
)
def test_suggested_commands_use_the_same_pack(columns: str, arguments: list[str], call: Run, tmp_path: Path) -> None:
    """A command that the program suggests can be copied at any width, reads the pack that was asked for, and works."""
    pack = tmp_path / f"a folder {'of a long name ' * 9}"
    shutil.copytree(PACK, pack)
    done = call(*arguments, "--pack", str(pack), COLUMNS=columns)
    whole = done.stdout.replace("\\\n", "")
    suggested = re.findall(r"(?:: |^)pathfinder ((?:show|faq|quiz|compare) .*)$", whole, re.MULTILINE)
    assert suggested
    for each in suggested:
        assert "--pack" in each
        assert call(*shlex.split(each)).returncode == 0


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_pack_check(form: str, call: Run) -> None:
    """A good pack is counted and ends with 0; a bad one shows each problem with its place and ends with 1."""
    good = call("pack", "check", str(PACK), "--format", form)
    bad = call("pack", "check", str(PACKS / "bad" / "several-files"), "--format", form)
    assert (good.returncode, good.stderr) == (0, "")
    assert (bad.returncode, bad.stderr) == (1, "")
    if form == "text":
        assert good.stdout.startswith("year-off 1.2: 3 paths, 2 tracks, 12 questions, 4 dimensions, 3 FAQ entries")
        assert re.search(r"faq\.yaml:8:15: ", bad.stdout)
    elif form == "json":
        assert json.loads(good.stdout) == {"schema": "pathfinder.check/1", "problems": []}
        first = json.loads(bad.stdout)["problems"][0]
        assert list(first) == ["file", "line", "column", "where", "message", "severity"]
    else:
        assert good.stdout == ""
        assert all(
            re.match(r"::(error|warning) file=[^,]+,line=\d+,col=\d+::", line) for line in bad.stdout.splitlines()
        )


def test_pack_check_takes_the_bundled_pack(call: Run) -> None:
    """Without a folder the bundled pack is checked, and it is a good one."""
    done = call("pack", "check")
    assert done.returncode == 0
    assert done.stdout.endswith("0 errors, 0 warnings\n")


def test_pack_audit_of_an_unfair_pack(call: Run) -> None:
    """An unfair pack ends with 1, and text and JSON agree about what is wrong."""
    text = call("pack", "audit", str(PACKS / "good" / "minimal"))
    done = call("pack", "audit", str(PACKS / "good" / "minimal"), "--json")
    assert (text.returncode, done.returncode, done.stderr) == (1, 1, "")
    found = json.loads(done.stdout)
    assert (found["schema"], found["level"]) == ("pathfinder.audit/1", "error")
    assert sum(each["level"] == "error" for each in found["rows"]) == found["errors"]
    assert f"{found['errors']} errors, {found['warnings']} warnings" in text.stdout


def test_pack_new(run: Run, tmp_path: Path) -> None:
    """A new pack passes check and audit, can be taken at once, and is never written over anything."""
    folder = tmp_path / "dogs"
    arguments = ("pack", "new", str(folder), "--title", "Which dog?", "--option", "Beagle", "--option", "Poodle")
    made = run(*arguments)
    assert (made.returncode, made.stdout) == (0, "")
    assert f"pathfinder quiz --pack {folder}" in made.stderr
    assert run("pack", "check", str(folder)).returncode == 0
    assert run("pack", "audit", str(folder)).returncode == 0
    (folder / "paths.yaml").write_text("mine", "utf-8")
    again = run(*arguments)
    assert (again.returncode, again.stdout, len(again.stderr.splitlines())) == (2, "", 1)
    assert (folder / "paths.yaml").read_text("utf-8") == "mine"


def test_pack_method(call: Run) -> None:
    """The method goes to a file or a pipe as the page that it is."""
    done = call("pack", "method")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (ROOT / "docs" / "method.md").read_text("utf-8")


def test_sessions(call: Run, saved: list[str]) -> None:
    """Saved quizzes are listed, newest first, in text and in JSON."""
    done = call("sessions")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == call("sessions", "list").stdout
    found = json.loads(call("sessions", "list", "--json").stdout)
    assert found["schema"] == "pathfinder.sessions/1"
    assert saved[::-1] == [each["session"] for each in found["sessions"]]
    assert found["sessions"][0] | {"session": "", "created": "", "updated": ""} == {
        "session": "", "created": "", "updated": "", "name": None, "pack": "year-off", "pack_changed": False, "asked": 12, "questions": 12,
        "finished": True, "verdict": "clear", "leader": ["island"],
    }  # fmt: skip


def test_sessions_show(call: Run, saved: list[str], tmp_path: Path) -> None:
    """A saved quiz shows the result that its exported sheet gives, byte for byte, and writes the same report."""
    exported = tmp_path / "mine.json"
    assert call("sessions", "export", "last", str(exported)).returncode == 0
    for more in ((), ("--json",), ("--what-if", "hut")):
        shown = call("sessions", "show", saved[1], *more)
        assert (shown.returncode, shown.stderr) == (0, "")
        assert shown.stdout == call("quiz", "--answers", str(exported), *more).stdout
    assert call("sessions", "show", "last", "--report", str(tmp_path / "page.html")).returncode == 0
    assert (tmp_path / "page.html").stat().st_size > 1000


def test_sessions_diff(call: Run, saved: list[str]) -> None:
    """Two quizzes are compared: which answers changed, and what that did to the ranking."""
    done = call("sessions", "diff", *saved)
    assert (done.returncode, done.stderr) == (0, "")
    assert "What that did to the ranking" in done.stdout
    found = result_of(call, "sessions", "diff", *saved)
    assert found["schema"] == "pathfinder.diff/1"
    assert saved == found["sessions"]
    assert {"what": "window", "from": "4", "to": "5"} in found["answers"]
    assert (found["before"]["ranking"][0]["path"], found["after"]["ranking"][0]["path"]) == ("island", "island")
    assert "so nothing differs" in call("sessions", "diff", "last", "last").stdout


def test_sessions_export_and_delete(call: Run, saved: list[str], tmp_path: Path) -> None:
    """A quiz is exported as YAML or JSON that says the same, and deleted only when told so."""
    for name in ("a.yaml", "a.json"):
        assert call("sessions", "export", "last", str(tmp_path / name)).returncode == 0
    assert yaml.safe_load((tmp_path / "a.yaml").read_text("utf-8")) == json.loads(
        (tmp_path / "a.json").read_text("utf-8")
    )
    kept = call("sessions", "delete", saved[0])
    assert (kept.returncode, kept.stdout) == (2, "")
    assert "--yes" in kept.stderr
    assert call("sessions", "delete", saved[0], "--yes").returncode == 0
    assert saved[0] not in call("sessions").stdout


# ---- the JSON of the contract


@pytest.mark.parametrize("sheet", sorted(SHEETS.glob("*.yaml")), ids=lambda each: each.stem)
def test_result_has_the_shape_of_the_contract(sheet: Path, call: Run, golden: Pack) -> None:
    """Every key of the contract is there and no other, with its type; all paths are ranked, ruled-out ones last."""
    found = checked(result_of(call, "quiz", "--answers", str(sheet)), RESULT)
    assert (found["schema"], found["pathfinder"]) == ("pathfinder.result/2", __version__)
    assert found["pack"] == {"id": golden.id, "version": golden.version, "fingerprint": golden.fingerprint}
    assert re.fullmatch("sha256:[0-9a-f]{64}", golden.fingerprint)
    assert found["verdict"] in VERDICTS
    assert 0 <= found["answered"] <= found["questions"] == len(golden.questions)
    assert set(found["wishes"]) == set(golden.dimension_by_id)
    assert all(set(each) == {"value", "sd"} for each in found["wishes"].values())
    assert all(isinstance(each, str) for each in found["notes"])
    ranking = [checked(each, RANKED) for each in found["ranking"]]
    assert sorted(each["path"] for each in ranking) == sorted(golden.path_by_id)
    assert [bool(each["ruled_out"]) for each in ranking] == sorted(bool(each["ruled_out"]) for each in ranking)
    for each in ranking:
        assert each["score"] == pytest.approx(sum(each["contributions"].values()), abs=1e-9)
        assert each["score"] == pytest.approx(sum(each["answers"].values()), abs=1e-9)
        assert set(each["contributions"]) <= set(golden.dimension_by_id)
        assert 0 <= each["match"] <= 100
        assert 0 <= each["first"] <= 1
        assert each["score"] == pytest.approx(sum(each["answers"].values()), abs=1e-9)
        tracks = [checked(track, TRACK)["track"] for track in each["tracks"]]
        assert not tracks or sorted(tracks) == sorted(track.id for track in golden.path_by_id[each["path"]].tracks)
    standing = [each for each in ranking if not each["ruled_out"]]
    assert [each["score"] for each in standing] == sorted((each["score"] for each in standing), reverse=True)
    assert sum(each["first"] for each in standing) == pytest.approx(1.0 if standing else 0.0)
    _check_comparison(found, golden)


def _check_comparison(found: dict[str, Any], pack: Pack) -> None:
    against = found["against_runner_up"]
    if against is not None:
        assert list(against) == ["path", "margin", "contributions"]
        assert against["margin"] == pytest.approx(sum(against["contributions"].values()), abs=1e-9)
        scores = {each["path"]: each["score"] for each in found["ranking"]}
        assert against["margin"] == pytest.approx(found["ranking"][0]["score"] - scores[against["path"]], abs=1e-9)
    for each in found["tipping_points"]:
        assert checked(each, TIPPING)["makes_first"] in pack.path_by_id
    for each in found["critical_importance"]:
        assert checked(each, CRITICAL)["dimension"] in pack.dimension_by_id


@pytest.mark.usefixtures("golden")
def test_ruled_out_paths_give_a_reason(call: Run) -> None:
    """A path that the person or an answer rules out stands last with the reason, and is never first."""
    ranking = result_of(call, "quiz", "--answers", str(SHEETS / "one-left.yaml"))["ranking"]
    reasons = {each["path"]: each["ruled_out"] for each in ranking}
    assert reasons["harbour"] is None
    assert reasons["island"] == "your own choice"
    assert "A pension, on account of my knees" in reasons["hut"]
    assert [each["first"] for each in ranking] == [pytest.approx(1.0), 0.0, 0.0]


@pytest.mark.usefixtures("golden")
def test_equal_scores_share_a_rank(call: Run) -> None:
    """Paths with equal scores share a rank, and the next one counts them."""
    assert [each["rank"] for each in result_of(call, "quiz", "--answers", str(SHEETS / "tie.yaml"))["ranking"]] == [
        1,
        1,
        3,
    ]


@pytest.mark.usefixtures("golden")
def test_same_sheet_same_bytes(run: Run, tmp_path: Path) -> None:
    """The bytes depend on neither the process, the hash seed, the locale, nor the order of the sheet."""
    sheet_file = SHEETS / "one-left.yaml"
    sheet = yaml.safe_load(sheet_file.read_text("utf-8"))
    turned = {**sheet, "answers": dict(reversed(sheet["answers"].items()))}
    same = written(tmp_path, "turned.json", **{key: turned[key] for key in turned if key != "format"})
    outputs = {
        run("quiz", "--answers", str(sheet_file), "--json", PYTHONHASHSEED="1").stdout,
        run("quiz", "--answers", str(sheet_file), "--json", PYTHONHASHSEED="2", LANG="C", COLUMNS="40").stdout,
        run("quiz", "--answers", same, "--json", FORCE_COLOR="1").stdout,
    }
    assert len(outputs) == 1


@pytest.mark.usefixtures("golden")
def test_skipped_and_not_asked_count_alike_but_neutral_does_not(call: Run, tmp_path: Path) -> None:
    """Skipping gives the result of not having been asked; the middle of a scale is an answer."""
    rest = {"window": 5, "alone": 4, "cheap": 4, "blisters": 2}
    skip, absent, neutral = (
        result_of(call, "quiz", "--answers", written(tmp_path, answers=rest | more))
        for more in ({"faces": "skip"}, {}, {"faces": 3})
    )
    assert skip == absent
    assert neutral["answered"] > skip["answered"]


# ---- bad input


BAD: Final[list[tuple[str, list[str], str]]] = [
    ("no such file", ["quiz", "--answers", "missing.yaml"], "missing.yaml"),
    ("a folder for a file", ["quiz", "--answers", "."], "folder"),
    ("a binary file", ["quiz", "--answers", "binary.yaml"], "binary.yaml"),
    ("an empty file", ["quiz", "--answers", "empty.yaml"], "empty.yaml"),
    ("broken YAML", ["quiz", "--answers", "broken.yaml"], "broken.yaml:2"),
    ("broken JSON", ["quiz", "--answers", "broken.json"], "broken.json:1"),
    ("another pack's sheet", ["quiz", "--answers", str(PORTRAIT)], "post-usmle"),
    ("an unknown question", ["quiz", "--answers", "question.yaml"], "did you mean"),
    ("an unknown option", ["quiz", "--answers", "option.yaml"], "lamb"),
    ("an unknown dimension", ["quiz", "--answers", "dimension.yaml"], "seaa"),
    ("an unknown path in a sheet", ["quiz", "--answers", "path.yaml"], "islnd"),
    ("a value out of range", ["quiz", "--answers", "range.yaml"], "6"),
    ("two problems in one line", ["quiz", "--answers", "two.yaml"], "two.yaml"),
    ("a report of no known kind", ["quiz", "--answers", "good.yaml", "--report", "x.pdf"], ".html"),
    ("a report in no folder", ["quiz", "--answers", "good.yaml", "--report", "no/x.html"], "no"),
    ("an unknown path", ["show", "iland"], "did you mean \u201cisland\u201d"),
    ("no path", ["show"], "PATH'; see pathfinder show --help"),
    ("an unknown path among others", ["compare", "island", "moon"], "island, harbour, hut"),
    ("an unknown path to put first", ["quiz", "--answers", "good.yaml", "--what-if", "moon"], "moon"),
    ("an unknown topic", ["faq", "--topic", "leave"], "did you mean \u201cleaving\u201d"),
    ("an unknown command", ["qiuz"], "did you mean \u201cquiz\u201d"),
    ("an unknown command of a group", ["sessions", "lst"], "did you mean \u201clist\u201d"),
    ("an unknown option", ["quiz", "--resum"], "--resume"),
    ("no number", ["quiz", "--shuffle", "x"], "x"),
    ("options that exclude each other", ["quiz", "--resume", "--fresh"], "--fresh"),
    ("asking and not asking", ["quiz", "--answers", "good.yaml", "--short"], "--short"),
    ("no such pack", ["compare", "--pack", "nowhere"], "nowhere"),
    ("a file for a pack", ["faq", "--pack", "good.yaml"], "good.yaml"),
    ("a broken pack", ["quiz", "--answers", "good.yaml", "--pack", "bad-pack"], "pack check"),
    ("nothing to check", ["pack", "check", "nowhere"], "nowhere"),
    ("an unknown form", ["pack", "check", "--format", "xml"], "xml"),
    ("a broken pack to audit", ["pack", "audit", "bad-pack"], "pack check"),
    ("a new pack of one option", ["pack", "new", "new", "--title", "T", "--option", "one"], "2 to 8"),
    ("a new pack of nothing", ["pack", "new", "new"], "--title"),
    ("no saved quiz", ["sessions", "show"], "pathfinder quiz"),
    ("an unknown saved quiz", ["sessions", "show", "2026-01-01-xyz"], "2026-01-01-xyz"),
    ("no saved quiz to delete", ["sessions", "delete", "x", "--yes"], "x"),
    ("no file to export to", ["sessions", "export", "last"], "FILE"),
]  # fmt: skip
ANSWERS: Final[dict[str, dict[str, Any]]] = {
    "good": {"answers": {"window": 5}},
    "question": {"answers": {"windwo": 5}},
    "option": {"answers": {"evening": "lamb"}},
    "dimension": {"answers": {}, "matters_most": ["seaa"]},
    "path": {"answers": {}, "rule_out": ["islnd"]},
    "range": {"answers": {"window": 6}},
    "two": {"answers": {"window": 6, "evening": "lamb"}},
}


@pytest.mark.usefixtures("golden")
@pytest.mark.parametrize(("arguments", "said"), [each[1:] for each in BAD], ids=[each[0] for each in BAD])
def test_bad_input(arguments: list[str], said: str, call: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bad input gets one line on standard error that says what is wrong, exit code 2, and no traceback."""
    monkeypatch.chdir(tmp_path)
    for name, sheet in ANSWERS.items():
        written(tmp_path, f"{name}.yaml", **sheet)
    (tmp_path / "binary.yaml").write_bytes(bytes(range(256)))
    (tmp_path / "empty.yaml").touch()
    (tmp_path / "broken.yaml").write_text("format: 1\nanswers: [\n", "utf-8")
    (tmp_path / "broken.json").write_text('{"format": 1,,}', "utf-8")
    (tmp_path / "bad-pack").symlink_to(PACKS / "bad" / "several-files")
    done = call(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("pathfinder: ")
    assert len(done.stderr.splitlines()) == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments", [(), ("--fresh",), ("--resume",), ("--plain",), ("--short", "--json")], ids=" ".join
)
def test_no_terminal(arguments: tuple[str, ...], run: Run) -> None:
    """Without a terminal the quiz never asks, whatever is piped into it: one line names --answers, exit code 2."""
    done = run("quiz", *arguments, stdin="1\n" * 100)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--answers" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_no_terminal_to_resume_at(run: Run) -> None:
    """Resuming, deleting and asking for a new pack do not prompt without a terminal either."""
    for command in (("sessions", "resume"), ("pack", "new", "x")):
        done = run(*command, stdin="1\n")
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


@pytest.mark.usefixtures("golden")
def test_bad_input_of_a_process(run: Run) -> None:
    """A process of its own ends in the same way on bad input: its parts can only fail more quietly together."""
    for arguments in (["show", "iland"], ["quiz", "--answers", "no.yaml"], ["qiuz"], ["quiz", "--resum"]):
        done = run(*arguments)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
        assert done.stderr.startswith("pathfinder: ")


@pytest.mark.usefixtures("golden")
def test_unexpected_errors_keep_their_traceback(run: Run, tmp_path: Path) -> None:
    """Only what a person can mend becomes one line; a bug keeps its traceback, so that it can be found."""
    (tmp_path / "sitecustomize.py").write_text(
        "import pathfinder.pack.faq as f\ndef broken(*_): 1 / 0\nf.search = broken", "utf-8"
    )
    done = run("faq", "cat", PYTHONPATH=os.pathsep.join((str(tmp_path), str(ROOT / "src"))))
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr


@pytest.mark.parametrize("command", ["pack", "sessions"])
def test_a_group_without_a_command_does_the_obvious(command: str, call: Run) -> None:
    """`pack` alone shows what there is, `sessions` alone lists what is saved."""
    told = call(command)
    assert told.returncode == 0
    assert (
        ("audit" in told.stdout and "check" in told.stdout) if command == "pack" else "No saved quizzes" in told.stdout
    )
