"""Text of packs, sheets, sessions, file names, the environment and the command line stays text in every output."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from cmarkgfm import github_flavored_markdown_to_html

from example_packs import PACKS
from hostile import (
    ALL,
    ATTACKS,
    FEW,
    LONG,
    SHEET,
    attacked,
    colours,
    raw,
    rich_pack,
    run,
    squeezed,
    strings,
    write_pack,
)
from pathfinder import pack as packfile
from pathfinder.answers import Store
from pathfinder.answers.interview import AnswerSheet, start
from pathfinder.ask.flow import take_quiz
from pathfinder.ask.layout import SOURCES, View, lay_out
from pathfinder.ask.marks import marks_for
from pathfinder.ask.plain_asker import PlainAsker
from pathfinder.cli import common
from pathfinder.text import one_line

if TYPE_CHECKING:
    from typer.testing import Result

    from pathfinder.pack import Pack

SHOWN: Final = ("[red]x[/red]", "[/x]", "<script>alert(1)</script>", "{{7*7}}", "[press](javascript:alert(1))")
"""Harmless parts of the attacks, which must be shown as they are."""

COMMANDS: Final = {
    "show": ["show", "village"],
    "compare": ["compare"],
    "compare stacked": ["compare", "--differences"],
    "faq": ["faq"],
    "faq words": ["faq", "move"],
    "faq topic": ["faq", "--topic", "change"],
    "quiz": ["quiz", "--answers", "sheet.yaml"],
    "quiz begun": ["quiz", "--answers", "few.yaml"],
    "quiz what if": ["quiz", "--answers", "sheet.yaml", "--what-if", "city"],
    "audit": ["pack", "audit", "pack"],
}
JSON: Final = {
    "compare": ["compare", "--json"],
    "faq": ["faq", "--json"],
    "quiz": ["quiz", "--answers", "sheet.yaml", "--json"],
    "audit": ["pack", "audit", "pack", "--json"],
    "check": ["pack", "check", "pack", "--format", "json"],
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with the hostile pack, the same pack without attacks, one of long texts, and a sheet for them."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, text in (("pack", ALL), ("harmless", "plain"), ("long", LONG)):
        write_pack(folder / name, attacked(text)[0])
    (folder / "sheet.yaml").write_text(SHEET, encoding="utf-8")
    (folder / "few.yaml").write_text(FEW, encoding="utf-8")
    return folder


@pytest.fixture
def there(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the folder of the hostile pack the current one, with the pack chosen."""
    monkeypatch.chdir(hostile)
    monkeypatch.setenv("PATHFINDER_PACK", "pack")
    return hostile


def silent(result: Result) -> Result:
    """Check that neither stream holds anything that acts, and that standard error holds lines for people."""
    assert raw(result.stdout) == []
    assert raw(result.stderr) == []
    assert "Traceback" not in result.stderr
    return result


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("width", ["40", "200"])
@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_of_a_pack_acts_on_a_terminal(name: str, width: str) -> None:
    """In colour a hostile pack brings no sequence that a harmless one does not bring."""
    found = silent(run(*COMMANDS[name], FORCE_COLOR="1", COLUMNS=width))
    plain = run(*("harmless" if each == "pack" and place else each for place, each in enumerate(COMMANDS[name])),
                FORCE_COLOR="1", COLUMNS=width, PATHFINDER_PACK="harmless")  # fmt: skip
    assert found.exit_code == plain.exit_code
    assert colours(found.stdout) <= colours(plain.stdout) != set()


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_of_a_pack_acts_in_plain_text(name: str) -> None:
    """Without colour not a single escape character is written."""
    assert "\x1b" not in silent(run(*COMMANDS[name], NO_COLOR="1")).stdout


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("command", [["show", "village"], ["faq", "move"], ["quiz", "--answers", "sheet.yaml"]])
def test_what_looks_like_markup_is_shown_as_it_is(command: list[str]) -> None:
    """Markup of Rich, HTML, Markdown and templates in a pack is text that a person can read."""
    shown = squeezed(run(*command, COLUMNS="200").stdout)
    assert [each for each in SHOWN if each not in shown] == []


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("name", JSON)
def test_nothing_of_a_pack_acts_in_json(name: str) -> None:
    """JSON of a hostile pack can be read, and neither its bytes nor its texts hold anything that acts."""
    found = silent(run(*JSON[name]))
    value = json.loads(found.stdout)
    assert [each for each in strings(value) if raw(each)] == []
    assert "\x1b" not in found.stdout


@pytest.mark.usefixtures("there")
def test_every_place_of_a_pack_is_shown_somewhere() -> None:
    """The commands above and the quiz itself show all places that hold text: none is left unattacked."""
    told = [run(*each).stdout for each in (*COMMANDS.values(), *JSON.values())]
    pack = packfile.load_pack(Path("pack"))
    shown_alone = ("city", "suburb", *(track.id for path in pack.paths for track in path.tracks))
    told += [run("show", each).stdout for each in shown_alone]
    told += [_asked(pack)]
    shown = squeezed("".join(told)).lower()
    places = attacked(ALL)[1]
    unseen = {place for mark, place in places.items() if mark not in shown}
    # Only keywords are for the finder alone, and what a dimension or a pack is about stands in reports and help.
    assert unseen <= {"faq.faq.keywords", "paths.about", "paths.dimensions.about"}


def _asked(pack: Pack) -> str:
    output = io.StringIO()
    keys = io.StringIO("?\n2\n" + "?\n1\n" * 2 + "\n" * 9)
    take_quiz(start(pack), save=lambda *_: None, asker=PlainAsker(keys, output, 80))
    return output.getvalue()


@pytest.mark.usefixtures("there")
def test_nothing_of_a_pack_acts_while_it_asks() -> None:
    """Neither the plain questions nor the drawn ones, with their reasons and sources, hold anything that acts."""
    pack = packfile.load_pack(Path("pack"))
    told = _asked(pack)
    assert raw(told) == []
    assert "\x1b" not in told
    assert [each for each in SHOWN if each not in squeezed(told)] == []
    for question in pack.questions:
        view = View(interview=start(pack).at(question.id), why=SOURCES, opening="Hello")
        for encoding in ("utf-8", "ascii"):
            rows = lay_out(view, 60, 1000, marks_for(encoding, {})).lines
            text = "\n".join(piece for row in rows for _, piece in row)
            assert raw(text) == []
            assert "\x1b" not in text


@pytest.mark.parametrize("name", ATTACKS)
def test_no_attack_acts_alone_either(name: str, tmp_path: Path) -> None:
    """Each attack as the whole of every text, with nothing before or after it, through every kind of output."""
    files, _ = attacked("")
    alone = json.loads(re.sub(r'"qz\d\dqz "', lambda _: json.dumps(ATTACKS[name]), json.dumps(files, default=str)))
    folder, sheet = write_pack(tmp_path / "pack", alone), tmp_path / "sheet.yaml"
    sheet.write_text(SHEET, encoding="utf-8")
    chosen = {"PATHFINDER_PACK": str(folder), "FORCE_COLOR": "1", "GITHUB_ACTIONS": "true", "COLUMNS": "80"}
    for command in (
        ["quiz", "--answers", str(sheet), "--report", str(tmp_path / "r.html")],
        ["quiz", "--answers", str(sheet), "--json", "--report", str(tmp_path / "r.md")],
        ["show", "village"],
        ["faq"],
        ["pack", "check"],
    ):
        told = silent(run(*command, **chosen))
        assert told.exit_code == 0
        assert [each for each in told.output.splitlines() if each.lstrip().startswith("::") or "##[" in each] == []
    for report in sorted(tmp_path.glob("r.*")):
        text = report.read_text(encoding="utf-8")
        assert raw(text) == []
        assert "\x1b" not in text
        if report.suffix == ".md":
            shown = github_flavored_markdown_to_html(text)
            assert "<script" not in shown
            assert re.findall(r'(?:href|src)="(?!https://example\.org/|#)[^"]*"', shown) == []


class Outline(HTMLParser):
    """The tags of a page with the names of their attributes, and where its links go."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.links: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, tuple(sorted(name for name, _ in attrs))))
        self.links |= {value or "" for name, value in attrs if name in {"href", "src", "action", "xlink:href"}}


@pytest.mark.usefixtures("there")
def test_nothing_of_a_pack_acts_in_the_page(tmp_path: Path) -> None:
    """The HTML report of a hostile pack has the tags, attributes and links of a harmless one, and no character acts."""
    outlines = []
    for pack in ("pack", "harmless"):
        target = tmp_path / f"{pack}.html"
        silent(run("quiz", "--answers", "sheet.yaml", "--report", str(target), PATHFINDER_PACK=pack))
        text = target.read_text(encoding="utf-8")
        assert raw(text) == []
        assert "\x1b" not in text
        outlines.append(Outline(text))
    assert outlines[0].tags == outlines[1].tags
    assert outlines[0].links == outlines[1].links
    assert {each.partition(":")[0] for each in outlines[0].links if not each.startswith("#")} <= {"https"}


@pytest.mark.usefixtures("there")
def test_nothing_of_a_pack_acts_in_markdown(tmp_path: Path) -> None:
    """The Markdown report of a hostile pack shows tags, links and images as text."""
    target = tmp_path / "report.md"
    silent(run("quiz", "--answers", "sheet.yaml", "--report", str(target)))
    text = target.read_text(encoding="utf-8")
    assert raw(text) == []
    assert "\x1b" not in text
    acting = re.sub(r"\\.", "", text)
    assert not any(each in acting for each in ("<script", "<img", "](javascript", "![", "`code`"))
    assert "\\[press\\]" in text


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("form", ["text", "github"])
def test_nothing_of_a_pack_acts_in_the_list_of_its_problems(form: str) -> None:
    """Each problem is one line that begins with the file or with our own workflow command."""
    listed = len(json.loads(run("pack", "check", "pack", "--format", "json").stdout)["problems"])
    lines = silent(run("pack", "check", "pack", "--format", form)).stdout.splitlines()
    opening = "pack/" if form == "text" else "::warning file=pack/"
    assert listed == sum(each.startswith(opening) for each in lines) > 20
    assert len(lines) == listed + (form == "text")


KEYS: Final = {
    "profile": ("paths.yaml", ("paths", 0, "profile")),
    "week": ("paths.yaml", ("paths", 0, "week")),
    "path": ("paths.yaml", ("paths", 0)),
    "file": ("faq.yaml", ()),
    "effects": ("questions.yaml", ("questions", 1, "options", 0, "effects")),
}
VALUES: Final = {
    "pack id": ("paths.yaml", ("id",)),
    "theme": ("paths.yaml", ("themes", 0)),
    "dimension id": ("paths.yaml", ("dimensions", 0, "id")),
    "path id": ("paths.yaml", ("paths", 0, "id")),
    "weight": ("paths.yaml", ("dimensions", 0, "weight")),
    "level": ("paths.yaml", ("paths", 0, "profile", "quiet")),
    "reference": ("paths.yaml", ("paths", 0, "pros", 0, "sources", 0)),
    "question id": ("questions.yaml", ("questions", 0, "id")),
    "option id": ("questions.yaml", ("questions", 1, "options", 0, "id")),
    "excluded path": ("questions.yaml", ("questions", 1, "options", 0, "rules_out", 0)),
    "keyed": ("questions.yaml", ("questions", 0, "scale", "keyed")),
    "topic": ("faq.yaml", ("faq", 0, "topics", 0)),
    "source id": ("sources.yaml", ("sources", 0, "id")),
    "source kind": ("sources.yaml", ("sources", 0, "kind")),
    "source url": ("sources.yaml", ("sources", 0, "url")),
    "source year": ("sources.yaml", ("sources", 0, "year")),
    "checked": ("paths.yaml", ("paths", 0, "pros", 0, "checked")),
    "within": ("paths.yaml", ("paths", 0, "next_steps", 0, "within")),
    "checked answer": ("faq.yaml", ("faq", 0, "checked")),
    "language": ("paths.yaml", ("lang",)),
}


def _changed(place: tuple[str, tuple[Any, ...]], text: str, *, key: bool) -> dict[str, Any]:
    files = rich_pack()
    value: Any = files[place[0]]
    for step in place[1] if key else place[1][:-1]:
        value = value[step]
    value[text if key else place[1][-1]] = "x" if key else text
    return files


@pytest.mark.parametrize("name", [*KEYS, *VALUES])
def test_a_problem_quotes_nothing_that_acts(tmp_path: Path, name: str) -> None:
    """Where a key or an id is itself the attack, every problem is still one line in which nothing acts."""
    text = f"a\n::error file=x::pwned\nb\r\nc\td {ALL}"
    place = KEYS.get(name) or VALUES[name]
    folder = write_pack(tmp_path / "pack", _changed(place, text, key=name in KEYS))
    listed = json.loads(run("pack", "check", str(folder), "--format", "json").stdout)["problems"]
    assert any(each["severity"] == "error" for each in listed)
    assert [each for each in strings(listed) if raw(each) or "\n" in each or "\t" in each] == []
    for form, opening in (("text", str(folder)), ("github", "::")):
        lines = silent(run("pack", "check", str(folder), "--format", form)).stdout.splitlines()[: len(listed)]
        assert all(each.startswith(opening) for each in lines)
    for command in (["compare"], ["quiz", "--answers", "no.yaml"]):
        refused = silent(run(*command, PATHFINDER_PACK=str(folder)))
        assert refused.exit_code == 2
        assert refused.stderr.startswith("pathfinder: ")
        assert "::error" not in [each[:7] for each in refused.stderr.splitlines()]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt://example.org/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example",
        "https://example.org/\x1b]8;;x\x07",
        'https://example.org/" onclick="alert(1)',
        "https://example.org/)[x](javascript:alert(1)",
        "https://example.org/\u202egro",
    ],
)  # fmt: skip
def test_no_address_runs_anything(tmp_path: Path, url: str) -> None:
    """An address of a source is refused, or it is shown and linked as a web address and nothing else."""
    folder = write_pack(tmp_path / "pack", _changed(VALUES["source url"], url, key=False))
    (tmp_path / "sheet.yaml").write_text(SHEET, encoding="utf-8")
    silent(run("pack", "check", str(folder)))
    pages = {}
    for suffix in ("html", "md"):
        target = tmp_path / f"report.{suffix}"
        silent(
            run("quiz", "--answers", str(tmp_path / "sheet.yaml"), "--report", str(target), PATHFINDER_PACK=str(folder))
        )
        pages[suffix] = target.read_text(encoding="utf-8") if target.exists() else ""
    links = Outline(pages["html"]).links
    assert all(each.startswith(("#", "https://example.org/")) for each in links)
    assert "](javascript" not in pages["md"].replace("<" + url + ">", "")


@pytest.mark.usefixtures("hostile")
def test_very_long_texts_are_shown_whole(hostile: Path) -> None:
    """Texts of nearly 10,000 characters pass through every output."""
    sheet = str(hostile / "sheet.yaml")
    chosen = {"PATHFINDER_PACK": str(hostile / "long")}
    for command in (["show", "village"], ["compare"], ["quiz", "--answers", sheet]):
        for width in ("20", "80"):
            found = silent(run(*command, COLUMNS=width, **chosen))
            assert found.exit_code == 0
            assert max(map(len, found.stdout.splitlines())) < 100
            assert squeezed(found.stdout).count("lengthy-") > 1240


SHEETS: Final = {
    "pack": '{"format": 1, "pack": TEXT, "answers": {}}',
    "question": '{"format": 1, "pack": "where-to-live", "answers": {TEXT: 1}}',
    "step": '{"format": 1, "pack": "where-to-live", "answers": {"night": TEXT}}',
    "option": '{"format": 1, "pack": "where-to-live", "answers": {"neighbours": TEXT}}',
    "importance": '{"format": 1, "pack": "where-to-live", "answers": {}, "matters_most": [TEXT]}',
    "unimportance": '{"format": 1, "pack": "where-to-live", "answers": {}, "does_not_matter": [TEXT]}',
    "dealbreaker": '{"format": 1, "pack": "where-to-live", "answers": {}, "rule_out": [TEXT]}',
    "lean": '{"format": 1, "pack": "where-to-live", "answers": {}, "lean": TEXT}',
    "format": '{"format": TEXT, "pack": "where-to-live", "answers": {}}',
    "key": '{"format": 1, "pack": "where-to-live", "answers": {}, TEXT: 1}',
}


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("suffix", ["json", "yaml"])
@pytest.mark.parametrize("name", SHEETS)
def test_nothing_of_a_sheet_acts_in_the_message_that_refuses_it(tmp_path: Path, name: str, suffix: str) -> None:
    """Whatever a sheet holds, what is wrong with it is said in one line in which nothing acts."""
    for attack in (*ATTACKS.values(), ALL, LONG, "a\nb"):
        sheet = tmp_path / f"sheet.{suffix}"
        sheet.write_text(SHEETS[name].replace("TEXT", json.dumps(attack)), encoding="utf-8")
        refused = silent(run("quiz", "--answers", str(sheet), "--json"))
        assert refused.exit_code == 2
        assert refused.stdout == ""
        assert refused.stderr.startswith("pathfinder: ")
        assert refused.stderr.count("\n") == 1
        assert len(refused.stderr) < 1000 + len(str(sheet))


PLACES: Final = (
    ("pack", "id"),
    ("pack", "version"),
    ("pack", "fingerprint"),
    ("pack", "folder"),
    ("verdict",),
    ("leader", 0),
    ("order", 0),
    ("created",),
    ("schema",),
    ("sheet", "pack"),
    ("sheet", "lean"),
    ("sheet", "rule_out", 0),
    ("sheet", "answers", "night"),
    ("sheet", "answers", None),
    ("name",),
    ("again",),
    *(("plan", 0, each) for each in ("id", "home", "text", "when", "due", "with_whom", "if_then")),
    ("plan", 0, "sources", 0),
)

PLANNED: Final = {
    "id": "x", "home": "village", "text": "Visit.", "when": "this year", "due": "2027-01-31", "with_whom": "Ana",
    "if_then": "If it rains, then by bus.", "done": False, "sources": ["a.1-b"],
}  # fmt: skip


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(str(each) for each in place))
def test_nothing_of_a_session_acts(place: tuple[str | int | None, ...], tmp_path: Path) -> None:
    """A saved session that somebody tampered with is listed, shown, compared, exported and deleted without harm."""
    pack = packfile.load_pack(Path("pack"))
    store = Store(Path(os.environ["PATHFINDER_HOME"]), lambda: datetime.now(tz=UTC))
    good = store.create(pack, tuple(each.id for each in pack.questions), str(Path("pack").absolute()))
    sheet = AnswerSheet(pack=pack.id, answers={"night": "2"}, rule_out=("city",), lean="city")
    text = (store.folder / f"{store.save(_finished(good, sheet)).id}.json").read_text(encoding="utf-8")
    for number, attack in enumerate((*ATTACKS.values(), LONG, "a\nb")):
        data: Any = json.loads(text) | {"plan": [json.loads(json.dumps(PLANNED))], "again": good.id}
        inner = data
        for step in place[:-1]:
            inner = inner[step]
        inner[attack if place[-1] is None else place[-1]] = attack
        name = f"2026-01-{number + 1:02}-bbb"
        target = store.folder / f"{name}.json"
        target.write_text(json.dumps(data), encoding="utf-8")
        commands = (
            ["sessions"],
            ["sessions", "show", name],
            ["sessions", "list", "--json"],
            ["sessions", "diff", name, good.id],
            ["sessions", "export", name, str(tmp_path / "out.yaml")],
            ["compare", "--mine", name],
            ["sessions", "plan", name],
            ["sessions", "plan", name, "--to", str(tmp_path / f"plan.{'md' if number % 2 else 'ics'}"), "--yes"],
        )
        # Each attack meets one of the commands in each place, and all of them in eight places.
        result = silent(run(*commands[(number + PLACES.index(place)) % 8], FORCE_COLOR="1", COLUMNS="200"))
        assert result.exit_code in {0, 2}
        assert result.exit_code == 0 or result.stderr.count("\n") == 1
        assert silent(run("sessions", "delete", name, "--yes")).exit_code == 0


def _finished(session: Any, sheet: AnswerSheet) -> Any:
    from dataclasses import replace

    return replace(session, sheet=sheet, finished=True, verdict="clear", leader=("village",))


@pytest.mark.parametrize("name", [*ATTACKS, "all"])
def test_nothing_of_a_cohort_acts(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Headers, groups, ids, choices and wrong answers that attack are text on screen, in pages, tables and messages."""
    monkeypatch.chdir(tmp_path)
    text = ALL if name == "all" else ATTACKS[name]
    header = [*("night", "neighbours", "purse"), f"by {text}", f"other {text}", text]
    rows = [["2", "some", "4", text, text, text]] * 6 + [["1", "none", "5", "z", "x", "y"]] * 5 + [[text, *"....."]]
    with Path("x.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    chosen = {"PATHFINDER_PACK": str(PACKS / "good" / "rich"), "FORCE_COLOR": "1", "GITHUB_ACTIONS": "true"}
    by = one_line(f"by {text}").strip()
    for more in (
        ["--by", by], ["--json", "--by", by], ["--outcome", by, "--again", by], ["--by", by, "--report", "g.html"],
        ["--by", by, "--report", "g.md"], ["--out", "o.csv", "--id", by], ["--out", "o.jsonl", "--id", by],
    ):  # fmt: skip
        told = silent(run("cohort", "x.csv", *more, **chosen))
        # A zero byte is in no text; all else is read, and the one wrong row refused.
        assert told.exit_code == (2 if "\x00" in text else 1), (more, told.stderr)
        assert [each for each in told.output.splitlines() if each.lstrip().startswith("::") or "##[" in each] == []
    for written in [*tmp_path.glob("g.*"), *tmp_path.glob("o.*")]:
        content = written.read_text(encoding="utf-8")
        assert raw(content) == []
        assert "\x1b" not in content
        if written.suffix == ".html":
            assert not {"script", "img"} & {tag for tag, _ in Outline(content).tags}
        if written.suffix == ".md":
            assert not re.search(r"<(script|img)|href=\"javascript", github_flavored_markdown_to_html(content))
    assert "\x00" in text or len([*tmp_path.iterdir()]) == 5


NAMES: Final = {
    **{name: text for name, text in ATTACKS.items() if "/" not in text and "\x00" not in text},
    "newline": "a\n::error file=x::pwned",
    "half a pair": "name-\udce4\udcff",
    "flag": "--help",
    "dots": "..x",
    "space": " x ",
}


@pytest.mark.skipif(sys.platform == "win32", reason="such names cannot exist there")
@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_a_file_or_folder_acts(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the pack's folder, the sheet, the report, the export and the home are called, nothing in it acts."""
    text = NAMES[name]
    monkeypatch.chdir(tmp_path)
    write_pack(Path(text), rich_pack())
    Path(f"{text}.yaml").write_text(SHEET, encoding="utf-8")
    Path(f"{text}.json").write_text("{", encoding="utf-8")
    Path("sub").mkdir()
    inside = os.path.join("sub", text)  # noqa: PTH118 - as it is typed
    for arguments, code in (
        (["pack", "check", "--", text], 0),
        (["pack", "check", "--format", "github", "--", text], 0),
        ([f"--answers={text}.yaml", "--json"], 0),
        ([f"--answers={text}.json", "--json"], 2),
        ([f"--answers={text}.no"], 2),
        ([f"--answers={text}"], 2),
        ([f"--answers={text}.yaml", f"--report={text}.html"], 0),
        ([f"--answers={text}.yaml", f"--report={text}.md"], 0),
        ([f"--answers={text}.yaml", f"--report={text}"], 2),
        ([f"--answers={text}.yaml", f"--report={inside}/x.md"], 2),
        (["pack", "new", "--title", text, "--option", text, "--option", "b", "--", inside], None),
        (["pack", "new", "--title", "x", "--option", "a", "--option", "b", "--", f"{inside}2"], 0),
        (["pack", "new", "--title", "x", "--option", "a", "--option", "b", "--", text], 2),
        (["pack", "check", "--", f"{text}.yaml"], 2),
        (["pack", "check", "--", f"{text}-no"], 2),
    ):
        command = arguments if arguments[0] == "pack" else ["quiz", *arguments]
        result = silent(run(*command, PATHFINDER_PACK=text, FORCE_COLOR="1"))
        assert result.exit_code == code or (code is None and result.exit_code in {0, 2}), (command, result.output)
        assert not any(each.startswith("::error") for each in result.output.splitlines()), command


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Choose a pack that is read in no time, where what a pack says does not matter."""
    monkeypatch.setenv("PATHFINDER_PACK", str(PACKS / "good" / "rich"))


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("name", [*(each for each in ATTACKS if each != "NUL"), "long", "newline"])
def test_no_word_of_the_command_line_acts(name: str) -> None:
    """Whatever stands on the command line, nothing in it acts, and a refusal is one line that says what there is."""
    text = {"long": LONG, "newline": "a\nb"}.get(name) or ATTACKS[name]
    for command, code in (
        ([text], 2),
        ([f"--{text}"], 2),
        (["show", text], 2),
        (["compare", text], 2),
        (["compare", "--mine", text], 2),
        (["faq", text], None),
        (["faq", "--json", text], None),
        (["faq", "--topic", text], 2),
        (["quiz", text], 2),
        (["quiz", f"--{text}"], 2),
        (["quiz", "--shuffle", text], 2),
        (["quiz", "--what-if", text, "--answers", "no.yaml"], 2),
        (["quiz", "--answers", text], 2),
        (["quiz", "--report", text, "--answers", "no.yaml"], 2),
        (["sessions", text], 2),
        (["sessions", "show", text], 2),
        (["sessions", "delete", text, "--yes"], 2),
        (["pack", "check", text], 2),
        (["pack", "check", "--format", text], 2),
        (["pack", "new", text], 2),
        (["show", "village", "--pack", text], 2),
    ):
        result = silent(run(*command, FORCE_COLOR="1"))
        assert result.exit_code == code or (code is None and result.exit_code in {0, 1}), command
        assert code is None or result.stderr.count("\n") == 1, (command, result.stderr)


VARIABLES: Final = (
    "COLUMNS",
    "LINES",
    "PATHFINDER_AS",
    "PATHFINDER_PACK",
    "PATHFINDER_HOME",
    "FORCE_COLOR",
    "TERM",
    "TZ",
    "LANG",
    "_PATHFINDER_COMPLETE",
)
SETTINGS: Final = {
    **{name: text for name, text in ATTACKS.items() if name != "NUL"},
    "long": LONG,
    "number": "9" * 5000,
    "digit": "\u00b2",
    "sign": "-1",
}


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("name", SETTINGS)
def test_no_variable_of_the_environment_acts(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a variable holds, the commands work or refuse in one line, and nothing in it acts."""
    monkeypatch.chdir(tmp_path)
    commands = (["compare"], ["sessions"], ["sessions", "show"])
    # Every variable meets every text, and every command; not every text in every variable every command.
    for number, variable in enumerate(VARIABLES, start=[*SETTINGS].index(name)):
        command = commands[number % len(commands)]
        result = silent(run(*command, **{variable: SETTINGS[name]}))
        refuses = variable in {"PATHFINDER_PACK", "PATHFINDER_HOME"} or command[-1] == "show"
        assert refuses or result.exit_code == 0, variable
        assert result.exit_code in {0, 2}, variable
        assert result.exit_code == 0 or result.stderr.count("\n") == 1, variable


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("command", [*COMMANDS.values(), ["pack", "check", "pack"]], ids=" ".join)
def test_no_line_of_a_log_is_a_command_to_the_runner(command: list[str], tmp_path: Path) -> None:
    """In GitHub's log no line of ours begins as a command, and none holds the older kind, whatever a pack says."""
    folder = tmp_path / "::error file=x::folder"
    files = attacked("\n::error file=x::pwned\n##[error]pwned " + "lengthy " * 9 + "::warning::")[0]
    write_pack(folder, {**files, "extra": 1} if command[1:] == ["check", "pack"] else files)
    (tmp_path / "sheet.yaml").write_text(SHEET, encoding="utf-8")
    (tmp_path / "few.yaml").write_text(FEW, encoding="utf-8")
    for width in ("40", "80"):
        given = [str(tmp_path / each) if each.endswith(".yaml") else str(folder) if each == "pack" else each
                 for each in command[1:]]  # fmt: skip
        found = run(command[0], *given, GITHUB_ACTIONS="true", PATHFINDER_PACK=str(folder), COLUMNS=width)
        lines = found.output.splitlines()
        assert "error" in found.output
        assert [each for each in lines if each.lstrip().startswith("::") or "##[" in each] == []


@pytest.mark.usefixtures("there")
def test_json_in_a_log_is_no_command_either() -> None:
    """The older kind of command, which may stand anywhere in a line, is written in JSON as what JSON calls the same."""
    told = run("faq", "--json").stdout
    assert "##[" not in told
    assert "##[add-mask]pwned" in "".join(strings(json.loads(told)))


def test_a_check_for_github_is_safe_in_ascii_too(tmp_path: Path) -> None:
    """Where lookalikes stand for other signs, those that need an escape get one."""
    folder = write_pack(
        tmp_path / "a\uff0cline=\uff11\uff1a\uff1apwn", {**rich_pack(), "faq.yaml": {"x\uff05\uff10Ay": 1}}
    )
    environment = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
    line = [sys.executable, "-m", "pathfinder", "pack", "check", "--format", "github", "--", str(folder)]
    told = subprocess.run(line, env=os.environ | environment, capture_output=True, check=False).stdout
    assert told.isascii()
    for each in told.decode("ascii").splitlines():
        assert re.fullmatch(r"::(error|warning) file=[^:,]+,line=\d+,col=\d+::.*", each)
        assert re.search(r"%(?!25|2C|3A|0A|0D)", each) is None


QUOTED: Final = (
    "my folder",
    "-x y",
    "it's",
    "a; touch pwned",
    "$(touch pwned)",
    "`touch pwned`",
    "x\u2019; touch pwned; \u2019",
    "a&b|c",
)


@pytest.mark.skipif(sys.platform == "win32", reason="such names cannot exist there")
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
@pytest.mark.parametrize("name", QUOTED)
def test_a_suggested_command_is_what_it_seems(name: str, encoding: str, tmp_path: Path) -> None:
    """A command to copy names the file in one word, whatever is in the name, also where lookalikes are shown."""

    def told(*arguments: str) -> str:
        line = [sys.executable, "-m", "pathfinder", *arguments]
        environment = os.environ | {"PYTHONIOENCODING": encoding}
        ended = subprocess.run(line, cwd=tmp_path, env=environment, capture_output=True, check=False)
        return (ended.stdout + ended.stderr).decode(encoding)

    shown = name if encoding == "utf-8" else name.replace("\u2019", "'")
    made = told("pack", "new", "--title", "x", "--option", "a", "--option", "b", "--", name).splitlines()[-1]
    check, _, quiz = made.removeprefix("Now: ").partition(", then edit, then ")
    operand = f"./{shown}" if shown.startswith("-") else shown
    assert shlex.split(check) == ["pathfinder", "pack", "check", operand]
    assert shlex.split(quiz) == ["pathfinder", "quiz", "--pack", shown]
    (tmp_path / name / "questions.yaml").write_text("a: 1\nb: 2\n", encoding="utf-8")
    refused = told("compare", "--pack", name).rstrip(")\n").partition("see them all with: ")[2]
    assert shlex.split(refused) == ["pathfinder", "pack", "check", operand]
    shutil.copytree(packfile.bundled(), tmp_path / f"{name}2")
    suggested = told("compare", "--pack", f"{name}2").partition("pathfinder show ")[2].splitlines()[0]
    assert shlex.split(suggested)[1:] == ["--pack", f"{shown}2"]


PLANTED: Final = (
    "2026-12-01-abc;touch pwned;",
    "x\\$(touch pwned)",
    "-h",
    "--yes",
    "*",
    "; touch x",
    "a b",
    "\u3164",
    ".x",
)


@pytest.mark.skipif(sys.platform == "win32", reason="such names cannot exist there")
def test_no_name_of_a_session_file_reaches_the_shell() -> None:
    """Only names that no shell takes for more than a word are sessions; others are listed as broken, never completed."""
    store = Store(Path(os.environ["PATHFINDER_HOME"]), lambda: datetime.now(tz=UTC))
    pack = packfile.load_pack(packfile.bundled())
    session = store.create(pack, tuple(each.id for each in pack.questions))
    for name in PLANTED:
        shutil.copy(store.folder / f"{session.id}.json", store.folder / f"{name}.json")
    listed = json.loads(silent(run("sessions", "list", "--json")).stdout)["sessions"]
    assert [each["session"] for each in listed if "problem" not in each] == [session.id]
    assert len(listed) == len(PLANTED)  # A hidden file is none at all.
    assert common.session_ids() == ["last", session.id]
    for name in PLANTED[:-2]:
        refused = silent(run("sessions", "show", "--", name)).stderr
        [_, *advised] = shlex.split(refused.partition("remove it with: ")[2])
        assert advised[-1] == name
        assert run(*advised[:2], "--yes", *advised[2:]).exit_code == 0
        assert not (store.folder / f"{name}.json").exists()


def test_a_name_that_ends_in_a_joiner_cuts_nothing(tmp_path: Path) -> None:
    """What measures widths lets a joiner swallow the next character: it must not be one of ours."""
    files = rich_pack()
    outputs: list[str] = []
    for name in ("Dorf", "Dorf\u200d", "\u0d17\u0d4d\u0d30\u0d3e\u0d2e\u0d24\u0d4d\u0d24\u0d3f\u0d28\u0d4d\u200d"):
        files["paths.yaml"]["paths"][0]["name"] = name
        folder = write_pack(tmp_path / str(len(outputs)), files)
        (tmp_path / "sheet.yaml").write_text(SHEET, encoding="utf-8")
        told = run("quiz", "--answers", str(tmp_path / "sheet.yaml"), PATHFINDER_PACK=str(folder), COLUMNS="80").stdout
        outputs.append(squeezed(told).replace(squeezed(name), "NAME").replace("\u200c", "").replace("\u2500", ""))
    assert outputs[0] == outputs[1] == outputs[2]


def test_a_question_cannot_draw_a_screen_of_its_own(tmp_path: Path) -> None:
    """Questions, options, reasons, pros and facts are one line each: none can imitate the lines around it."""
    forged = "Owl?\n\n1. Many.\nAnswer (1-3, b, s, ?, q):\n\nRanking"
    files = attacked("x")[0]
    files["questions.yaml"]["questions"][0] |= {"text": forged, "why": forged}
    files["questions.yaml"]["questions"][1]["options"][0]["text"] = forged
    files["paths.yaml"]["paths"][0]["pros"][0]["text"] = forged
    pack = packfile.load_pack(write_pack(tmp_path / "pack", files))
    flat = " ".join(forged.split())
    assert pack.questions[0].text == pack.questions[0].why == pack.questions[1].options[0].text == flat
    assert pack.paths[0].pros[0].text == flat
