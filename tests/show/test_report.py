"""The reports: what they say in every case, and that no text of a pack or a person can act as markup."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from contextlib import nullcontext
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from cmarkgfm import github_flavored_markdown_to_html
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pathfinder.answers.interview import AnswerSheet
from pathfinder.answers.sheetfile import read_sheet
from pathfinder.errors import UsageError
from pathfinder.files import check_report, signed
from pathfinder.result.certainty import Verdict
from pathfinder.show.charts import DRAWN
from pathfinder.show.page import build
from pathfinder.show.references import References, web_address
from pathfinder.show.report import to_html, to_markdown, write_report
from pathfinder.show.report.render import TEMPLATES, escape_markdown, html_of
from pathfinder.text import clean, one_line
from reports import ATTACKS, DAY, LINKS, SHEET, garden, harmless, hostile, result

if TYPE_CHECKING:
    from pathfinder.pack import Pack

GOLDEN: Final = Path(__file__).parents[1] / "golden" / "report.md"
PORTRAITS: Final = sorted((Path(__file__).parents[1] / "portraits").glob("[0-9]*.yaml"))


class Skeleton(HTMLParser):
    """The tags of a page with the names of their attributes, its links, identifiers and visible text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, ...]] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.drawings: list[dict[str, str | None]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        names = dict(attrs)
        self.tags.append((tag, *sorted(names)))
        self.links += [value for name, value in attrs if name in {"href", "src"} and value is not None]
        self.ids += [value for name, value in attrs if name == "id" and value is not None]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "svg" and ("role" in names or "aria-hidden" in names):
            self.drawings.append(names)

    def handle_data(self, data: str) -> None:
        """Note visible text."""
        self.text += data


CASES: Final[dict[str, AnswerSheet]] = {
    "clear": SHEET,
    "tie": AnswerSheet(pack="garden", answers={"mud": "3", "desk": "3", "storm": "1", "nap": "3"}),
    "nothing": AnswerSheet(pack="garden"),
    "neutral": AnswerSheet(pack="garden", answers={"mud": "3", "desk": "3", "storm": "3", "nap": "3"}),
    "provisional": AnswerSheet(pack="garden", answers={"mud": "5", "desk": "1", "storm": "1"}),
    "ruled out": replace(SHEET, rule_out=("farm",), answers=dict(SHEET.answers) | {"day": "sea"}),
    "all ruled out": replace(SHEET, rule_out=("farm", "office", "boat")),
}


def structure(text: str, *, tables: bool = True) -> list[str]:
    """Return what a Markdown text is made of, without its words."""
    reader = MarkdownIt("commonmark", {"html": True})
    if tables:
        reader.enable(["table", "strikethrough"])
    flat = [part for each in reader.parse(text) for part in (each, *(each.children or ()))]
    return [each.type + each.tag for each in flat if each.type not in {"text", "text_special"}]


# ---------------------------------------------------------------- what it says


def test_the_markdown_report_is_the_golden_one() -> None:
    """What people see in the Markdown report changes only on purpose: PATHFINDER_GOLDEN=write writes it anew."""
    text = to_markdown(result(), DAY)
    if os.environ.get("PATHFINDER_GOLDEN") == "write":
        GOLDEN.write_text(text, encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8") == text


def test_both_reports_of_a_result_are_the_same_every_time() -> None:
    """No clock, no order of a set, no random number: the same result and day give the same bytes."""
    assert to_html(result(), DAY) == to_html(result(), DAY)
    assert to_markdown(result(), DAY) == to_markdown(result(), DAY)


@pytest.mark.parametrize("case", CASES)
def test_every_case_has_a_report_that_begins_with_its_verdict(case: str) -> None:
    """Every kind of result is told in its own words, in both forms."""
    found = result(CASES[case])
    said = build(found, DAY).outline.said
    text, markdown = Skeleton(to_html(found, DAY)).text, to_markdown(found, DAY)
    assert said.head in text
    assert said.rest in text
    assert f"**{escape_markdown(said.head)}**" in markdown
    assert escape_markdown(said.rest) in markdown


@pytest.mark.parametrize("case", [case for case in CASES if case not in {"clear", "ruled out"}])
def test_no_winner_is_marked_where_there_is_none(case: str) -> None:
    """Too close, provisional, no preference, all ruled out: no path is drawn as the one to take."""
    found = result(CASES[case])
    assert found.verdict in {Verdict.TOO_CLOSE, Verdict.PROVISIONAL, Verdict.NO_PREFERENCE}
    assert not any(each.leads for each in build(found, DAY).outline.ranking)
    assert 'class="path lead"' not in to_html(found, DAY)


def test_a_ruled_out_path_is_shown_with_its_reason_and_no_rank() -> None:
    """Dealbreakers and excluding answers are named where the rank would stand."""
    ranking = {each.name: each for each in build(result(CASES["ruled out"]), DAY).outline.ranking}
    assert (ranking["Farm"].rank, ranking["Farm"].reason) == ("", "your own choice")
    assert ranking["Office"].reason == "your answer \u201cOne at sea\u201d"


def test_statements_that_touch_the_answers_say_how() -> None:
    """A pro or challenge on a dimension that the answers speak about names it and which way."""
    farm = build(result(), DAY).outline.portraits[0]
    assert [each.own for each in farm.pros] == [("Soil", True), None]
    assert [each.own for each in farm.challenges] == [None]


def test_sources_are_numbered_by_first_use_and_a_document_counts_once() -> None:
    """Two ids of one document share a number, and nothing is listed that nothing refers to."""
    pack = garden()
    again = replace(pack.sources[0], id="again")
    fact = replace(pack.paths[0].facts[0], sources=("S2", "again", "S1"))
    pack = replace(pack, sources=(*pack.sources, again), paths=(replace(pack.paths[0], facts=(fact,)), *pack.paths[1:]))
    references = References(pack)
    html_of("report.html.j2", page=build(result(pack=pack), DAY), references=references)
    titles = [each.title for each in references.list()]
    assert len(titles) == len(set(titles))
    assert references.numbers(("again", "S1")) == references.numbers(("S1",))
    assert {"On sleep", "On soil"} <= set(titles)


def test_all_answers_stand_by_theme_and_missing_ones_are_told_apart() -> None:
    """Skipped and never asked are two things."""
    sheet = replace(
        SHEET, answers={key: value for key, value in SHEET.answers.items() if key != "mud"} | {"nap": "skip"}
    )
    themes = build(result(sheet), DAY).themes
    assert [each.name for each in themes] == ["Work", "Life"]
    given = {each.question: (each.answer, each.open) for theme in themes for each in theme.answers}
    assert given["I like mud."] == ("not asked", True)
    assert given["I like naps."] == ("skipped", True)
    assert given["Which day?"] == ("An early one", False)


def test_many_paths_keep_the_drawing_readable_and_are_all_in_the_words() -> None:
    """Beyond five paths the marks stop, the words do not."""
    pack = garden()
    more = tuple(replace(pack.paths[2], id=f"boat-{each}", name=f"Boat {each}") for each in range(9))
    page = build(result(pack=replace(pack, paths=(*pack.paths, *more))), DAY)
    assert len(page.drawn) == len(page.scales[0].marks) == DRAWN
    assert page.scales[0].text.count("Boat") == 10


def test_marks_that_would_hide_one_another_stand_above_one_another() -> None:
    """Equal levels of several paths get a lane each."""
    pack = garden()
    twins = tuple(
        replace(each, profile={"soil": 1.0, "risk": level})
        for each, level in zip(pack.paths, (1.0, 0.0, -1.0), strict=True)
    )
    wish = build(result(pack=replace(pack, paths=twins)), DAY).scales[0]
    assert sorted(each.lane for each in wish.marks) == [0, 1, 2]
    assert wish.lanes == 3


def test_weeks_fill_the_same_scale() -> None:
    """Slices follow one another without gaps and no longer than the longest week."""
    weeks = build(result(), DAY).weeks
    assert [each.own for each in weeks] == [True, False, False]
    for week in weeks:
        for before, after in pairwise(week.slices):
            assert after.start == pytest.approx(before.start + before.width)
        assert week.slices[-1].start + week.slices[-1].width == pytest.approx(100)


def test_a_leader_that_no_answer_can_unseat_is_said_to_be_so() -> None:
    """Where every rival is refused, nothing is offered that would change the result."""
    page = build(result(replace(SHEET, rule_out=("office", "boat"))), DAY)
    assert page.outline.change is None
    assert 'id="change"' not in to_html(result(replace(SHEET, rule_out=("office", "boat"), lean=None)), DAY)


# ---------------------------------------------------------------- HTML


@pytest.mark.parametrize("case", CASES)
def test_the_page_is_well_built(case: str) -> None:
    """One h1, no level of headings left out, no id twice, every inner link has its target, every drawing its words."""
    page = Skeleton(to_html(result(CASES[case]), DAY))
    assert page.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(page.headings))
    assert len(page.ids) == len(set(page.ids))
    assert {each for each in page.links if each.startswith("#")} <= {f"#{each}" for each in page.ids}
    assert all(each.get("aria-label") or "aria-hidden" in each for each in page.drawings)


def test_the_page_needs_nothing_but_itself() -> None:
    """No script, no style attribute, no address but those of sources, and a policy that allows nothing else."""
    text = to_html(result(), DAY)
    page = Skeleton(text)
    assert not {"script", "iframe", "img", "link", "object", "form"} & {each[0] for each in page.tags}
    assert not any("style" in names or any(each.startswith("on") for each in names) for _, *names in page.tags)
    assert all(each.startswith(("#", "https://example.org/")) for each in page.links)
    assert "default-src 'none'; style-src 'sha256-" in text
    assert text.count('rel="noopener noreferrer"') == sum(each.startswith("https") for each in page.links)


def luminance(colour: str) -> float:
    """Return the relative luminance of "#rrggbb", as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_numbers_within_drawings_can_be_read() -> None:
    """Half-days stand 4.5 to 1 against their slice in light, dark and print: accessibility checks pass over SVG text."""
    style = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    schemes = [
        dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", each))
        for each in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    ]
    assert len(schemes) == 3
    for colours in schemes:
        for kind in range(6):
            ink, ground = (
                luminance(colours["--on-light" if kind % 2 else "--on-dark"]),
                luminance(colours[f"--k{kind}"]),
            )
            assert (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05) >= 4.5, (kind, colours)


def test_hostile_texts_add_no_tag_no_attribute_and_no_link() -> None:
    """The page of a hostile pack has exactly the tags and attributes that a harmless one has."""
    attacked, plain = (Skeleton(to_html(result(pack=each), DAY)) for each in (hostile(), harmless()))
    assert attacked.tags == plain.tags
    assert attacked.links == plain.links
    assert all(each.startswith("#") for each in attacked.links)


def test_hostile_texts_are_shown_as_they_are() -> None:
    """Escaping loses nothing that a reader may see."""
    text = Skeleton(to_html(result(pack=hostile()), DAY)).text
    for each in ATTACKS:
        assert clean(each) in text


def test_no_report_holds_control_or_hidden_characters() -> None:
    """What could steer a terminal or hide from a reader is gone, whoever built the pack."""
    for text in (to_html(result(pack=hostile()), DAY), to_markdown(result(pack=hostile()), DAY)):
        assert clean(text) == text
        text.encode()


@pytest.mark.parametrize(
    "url", [*LINKS, None, "", "example.org", "https://e.org/a b", "https://e.org/\u202e", "http://"]
)
def test_only_plain_web_addresses_become_links(url: str | None) -> None:
    """Any other scheme, and any sign that could end an attribute or a bracket, stays text."""
    assert web_address(url) is None


@pytest.mark.parametrize(
    "url", ["https://doi.org/10.1000/x(1)2", "http://e.org:80/?a=1&b=%20#c", "HTTPS://E.org/~x;y,z!"]
)
def test_web_addresses_become_links(url: str) -> None:
    """What people cite can be pressed."""
    assert web_address(url) == url


# ---------------------------------------------------------------- Markdown


def test_hostile_texts_add_no_markdown() -> None:
    """The Markdown of a hostile pack is built exactly as that of a harmless one."""
    attacked, plain = (to_markdown(result(pack=each), DAY) for each in (hostile(), harmless()))
    assert structure(attacked) == structure(plain)
    assert structure(attacked, tables=False) == structure(plain, tables=False)
    assert "link_opena" not in structure(attacked)


@given(st.text(st.sampled_from("ab 1.)(-+=#*_`~[]<>!|\\&;:/@\"'\n\t\r{}^$wh\u202e\x1b"), max_size=40))
def test_any_text_reads_back_as_itself(text: str) -> None:
    """Escaped text is one plain run of words with nothing lost, in a paragraph, a heading, a list and bold."""
    wanted = " ".join(one_line(text).split())
    escaped = escape_markdown(text)
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    for before, after in (("", ""), ("# ", ""), ("- ", ""), ("> ", ""), ("x **", " y** z")):
        tokens = reader.parse(f"{before}{escaped}{after}\n\nend\n")
        inline = next((each for each in tokens if each.type == "inline"), None)
        assert inline is not None
        if wanted:
            assert "".join(each.content for each in inline.children or ()).replace("\u200c", "") in {
                wanted,
                f"x {wanted} y z",
                f"x **{wanted} y** z",
            }
            assert {each.type for each in inline.children or ()} <= {"text", "strong_open", "strong_close"}


@pytest.mark.parametrize(
    "text",
    [
        "http://e.org",
        "www.e.org",
        "see _www.e.org/login",
        "me@e.org",
        "mailto:me@e.org",
        "xmpp:a@b.cc/d",
        "ftp://e.org",
        "*a.b+c_d@e.org*",
    ],
)
def test_bare_addresses_are_no_links_to_github(text: str) -> None:
    """GitHub's own parser, which makes links of bare addresses, makes none of an escaped one; every letter is there."""
    assert "<a " in github_flavored_markdown_to_html(text)
    shown = github_flavored_markdown_to_html(escape_markdown(text))
    assert "<a " not in shown
    assert text in shown.replace("\u200c", "")


def test_tables_keep_their_columns() -> None:
    """A pipe or a newline in a text stays within its cell."""
    lines = [each for each in to_markdown(result(pack=hostile()), DAY).splitlines() if each.startswith("| **")]
    assert lines
    assert {len(re.findall(r"(?<!\\)\|", each)) for each in lines} == {5}


# ---------------------------------------------------------------- the file


def test_the_file_is_written_by_the_end_of_its_name_for_its_owner_only(tmp_path: Path) -> None:
    """.html and .md decide about the kind, in any case of letters; others may not read it."""
    for name, begin in (("a.html", "<!DOCTYPE html>"), ("b.MD", "# Garden or not")):
        write_report(result(), tmp_path / name, DAY)
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begin)
        assert sys.platform == "win32" or stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.html", "b.MD"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("report.pdf", r"The kind of the report is not clear from .*report\.pdf: end its name in \.html or \.md\."),
        ("report", r"end its name in \.html or \.md"),
        ("folder.html", r"folder\.html is not a regular file: choose another name"),
        ("fifo.md", r"fifo\.md is not a regular file: choose another name"),
        ("none/report.md", r"There is no folder .*none for the report: make it first\."),
        ("file/report.md", r"cannot be written to .*report\.md: a file stands where a folder should be\."),
        ("x" * 300 + ".md", r"the name is too long\."),
        ("a\0b.md", r"its name is not a possible file name\."),
    ],
)
def test_what_cannot_be_written_to_is_refused_before_any_question(tmp_path: Path, name: str, message: str) -> None:
    """A wrong name costs nobody their answers: it is one clear line, from `check_report` as from `write_report`."""
    (tmp_path / "folder.html").mkdir()
    (tmp_path / "file").write_text("")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "fifo.md")
    with pytest.raises(UsageError, match=message) as first:
        check_report(tmp_path / name)
    with pytest.raises(UsageError, match=message) as then:
        write_report(result(), tmp_path / name, DAY)
    assert "\n" not in str(first.value) + str(then.value)


def test_a_disk_that_fails_leaves_the_old_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report is replaced in one step or not at all."""
    path = tmp_path / "report.md"
    path.write_bytes(signed("old\n"))
    old = path.read_text()

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match=r"The report cannot be written to .*report\.md: the disk is full\."):
        write_report(result(), path, DAY)
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("report.md", old)]


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links")
def test_a_link_is_replaced_and_never_followed(tmp_path: Path) -> None:
    """A symbolic link to what is not ours stays, and one to a report goes; what either leads to is left alone."""
    for content, stays in ((b"precious", True), (signed("old\n"), False)):
        (tmp_path / "victim").write_bytes(content)
        link = tmp_path / f"report{stays}.md"
        link.symlink_to(tmp_path / "victim")
        with pytest.raises(UsageError, match="did not write it") if stays else nullcontext():
            write_report(result(), link, DAY)
        assert link.is_symlink() == stays
        assert (tmp_path / "victim").read_bytes() == content


def test_the_bundled_pack_has_a_report_for_each_portrait(bundled: Pack) -> None:
    """The real pack renders with all its facts, sources and tracks, whatever was answered."""
    for step in "135":
        answers = {each.id: step if each.scale else each.options[0].id for each in bundled.questions}
        found = result(AnswerSheet(pack=bundled.id, answers=answers), bundled)
        assert Skeleton(to_html(found, DAY)).headings.count(1) == 1
        assert to_markdown(found, DAY).startswith("# ")


@pytest.mark.parametrize("portrait", PORTRAITS, ids=lambda each: each.stem)
def test_the_sheet_for_a_talk_is_whole(portrait: Path, bundled: Pack) -> None:
    """Three reasons, a wanted week as long as the others, five questions; where nothing is decided, the questions."""
    found = result(read_sheet(portrait, bundled), bundled)
    page = build(found, DAY)
    assert len(page.mentor.questions) == len(set(page.mentor.questions)) == 5
    assert len(page.mentor.reasons) == (3 if found.decided else 0)
    if found.recommended:
        assert sum(page.mentor.wanted.values()) == 10
    assert page.weeks[0].own == bool(found.recommended)


def test_a_pack_says_its_language() -> None:
    """The page is in the language of its pack."""
    assert '<html lang="de">' in to_html(result(pack=replace(garden(), lang="de")), DAY)
