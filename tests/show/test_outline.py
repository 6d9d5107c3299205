"""What is said about a result is decided once: the terminal, the page, Markdown and JSON say it, and no more."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Final

import pytest

from conftest import ROOT
from pathfinder.answers.sheetfile import read_sheet
from pathfinder.pack import load_pack
from pathfinder.result import evaluate
from pathfinder.result.certainty import Verdict
from pathfinder.show.outline import fitting_entries, notes, outline
from pathfinder.show.report import to_html, to_markdown
from pathfinder.show.terminal.result import SHOWN
from reports import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Run
    from pathfinder.pack import Pack
    from pathfinder.result import Result
    from pathfinder.show.parts import Outline

PACK: Final = ROOT / "tests" / "packs" / "golden"
SHEETS: Final = ROOT / "tests" / "sheets" / "results"
SEVEN: Final = ("provisional", "tie", "one-left", "all-ruled-out", "middle", "contradictory", "clear")
EVERY: Final = (*SEVEN, "likely", "leaning", "too-close")
UNDECIDED: Final = ("provisional", "all-ruled-out", "middle", "contradictory")
BESIDE: Final = 7
"""Lines of the menu beside its sections: its question, four more entries, the signs for more, and its keys."""


@pytest.fixture(scope="module")
def year_off() -> Pack:
    """Return the small pack that the sheets are for."""
    return load_pack(PACK)


def found(pack: Pack, sheet: str) -> Result:
    """Return the result of a sheet."""
    return evaluate(pack, read_sheet(SHEETS / f"{sheet}.yaml", pack))


def texts(result: Result, sheet: str, call: Run) -> dict[str, str]:
    """Return the result as every output tells it, each in one line."""
    path, pack = str(SHEETS / f"{sheet}.yaml"), str(PACK)
    spoken = call("quiz", "--answers", path, "--plain", COLUMNS="200", PATHFINDER_PACK=pack).stdout
    page = unescape(re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]*>", " ", to_html(result, DAY), flags=re.DOTALL))
    outputs = {
        "terminal": spoken,
        "page": page,
        "markdown": to_markdown(result, DAY).replace("\\", "").replace("*", ""),
    }
    return {name: " ".join(text.split()) for name, text in outputs.items()}


def told(found: Outline) -> list[str]:
    """Return every sentence, title, name and share of an outline."""
    brief = found.change.brief if found.change else None
    return [
        *(found.said.head, found.said.rest, found.limits, *found.remarks, *(each.name for each in found.ranking)),
        *(each for each in (found.wants, found.hunch, brief) if each),
        *told_of_reasons(found),
        *told_of_changes(found),
        *(each.name for each in found.portraits),
        *(line.short for each in found.portraits for line in (*each.pros[:SHOWN], *each.challenges[:SHOWN])),
        *(text for group in found.tracks for track in group.tracks for text in (track.name, track.summary)),
        *(when.name for steps in found.steps for when in steps.groups),
        *(line.text for steps in found.steps for when in steps.groups for line in when.lines),
    ]


def told_of_reasons(found: Outline) -> Iterator[str]:
    """Yield what the reasons say."""
    for why in (found.fits, found.against):
        if why:
            yield from (why.title, why.rest)
            for part in why.parts:
                yield from (part.name, part.share, *(answer for pair in part.answers for answer in pair))


def told_of_changes(found: Outline) -> Iterator[str]:
    """Yield what would change the result, and what would help."""
    if found.change:
        yield from (*found.change.paragraphs, *found.change.thresholds)
        for turn in found.change.turnings:
            yield from (turn.heading, *turn.changes)
    if found.help:
        yield from (found.help.text, found.help.lead, *found.help.questions)


@pytest.mark.parametrize("sheet", EVERY)
def test_all_outputs_say_all_of_it(sheet: str, year_off: Pack, call: Run) -> None:
    """Nothing that the outline says is missing in the terminal, on the page or in Markdown."""
    result = found(year_off, sheet)
    wanted = [each for each in told(outline(result)) if each]
    for name, text in texts(result, sheet, call).items():
        assert [each for each in wanted if " ".join(each.split()) not in text] == [], name


@pytest.mark.parametrize("sheet", EVERY)
def test_json_tells_the_same_in_its_notes(sheet: str, year_off: Pack, call: Run) -> None:
    """Every remark and what helps stand in JSON as everywhere."""
    result = found(year_off, sheet)
    data = json.loads(
        call("quiz", "--answers", str(SHEETS / f"{sheet}.yaml"), "--json", PATHFINDER_PACK=str(PACK)).stdout
    )
    shown = outline(result)
    assert data["notes"] == list(notes(result)) == [*shown.remarks, *([shown.help.text] if shown.help else [])]


@pytest.mark.parametrize("sheet", UNDECIDED)
def test_what_one_withholds_all_withhold(sheet: str, year_off: Pack, call: Run) -> None:
    """Where answers settle nothing, no output gives reasons, marks, tracks, next steps or a path to follow."""
    result = found(year_off, sheet)
    shown = outline(result)
    assert (shown.wants, shown.glance, shown.fits, shown.against, shown.change) == (None,) * 5
    assert (shown.tracks, shown.steps) == ((), ())
    assert not any(line.own for each in shown.portraits for line in (*each.pros, *each.challenges))
    assert not any(each.leads or each.best_as for each in shown.ranking)
    steps = [each.text for path in year_off.paths for each in path.next_steps]
    tracks = [track.summary for path in year_off.paths for track in path.tracks]
    claims = ["fits you", "set it apart", "clearly", "likely", "best as", "touches", "matters to you.", "you want much"]
    for name, text in texts(result, sheet, call).items():
        assert [each for each in (*steps, *tracks, *claims) if each in text] == [], name


def test_a_clear_wish_is_not_drawn_where_there_is_none(year_off: Pack) -> None:
    """Without a preference no path has a rank or a match; with every path refused the answers still say something."""
    assert {(each.rank, each.match) for each in outline(found(year_off, "middle")).ranking} == {("", None)}
    assert all(each.match is not None and each.reason for each in outline(found(year_off, "all-ruled-out")).ranking)


def test_one_path_left_is_compared_with_nothing(year_off: Pack) -> None:
    """What it offers is told; what would put another first is not, for none is left."""
    shown = outline(found(year_off, "one-left"))
    assert shown.said.sentence == "A room above the harbour is the only path that you did not rule out."
    assert (shown.against, shown.change) == (None, None)
    assert [name for name, _ in shown.sections] == ["why", "pros", "steps"]
    assert shown.remarks == ("A lighthouse on an island would have come first if you had not ruled it out.",)


def test_a_tie_names_both_alike(year_off: Pack) -> None:
    """Both share the rank and stand beside each other, and the reasons are for each."""
    shown = outline(found(year_off, "tie"))
    assert [each.rank for each in shown.ranking] == ["1=", "1=", "3"]
    assert shown.glance is not None
    assert shown.glance.titles == tuple(each.name for each in shown.ranking[:2])
    assert {group.path for group in shown.steps} == set(shown.glance.titles)


@pytest.mark.parametrize("sheet", ["clear", "likely", "leaning"])
def test_shares_add_up_to_a_hundred(sheet: str, year_off: Pack) -> None:
    """What is told and everything else are the whole of it."""
    shown = outline(found(year_off, sheet))
    for why in (shown.fits, shown.against):
        assert why is not None
        shares = [*(part.share for part in why.parts), why.rest or "0%"]
        assert sum(int(each.removesuffix("%").replace("\u2212", "-").replace(",", "")) for each in shares) == 100


def test_what_is_wanted_comes_first_and_its_contrary_last(year_off: Pack) -> None:
    """A pro that the person does not want is not theirs; a challenge to what they want is."""
    clear = found(year_off, "clear")
    assert clear.verdict is Verdict.CLEAR
    island, hut = outline(clear).portraits
    assert [line.own for line in island.pros] == [("Bustle and new faces", False), ("Spending little", True)]
    # Nobody comes in a storm: no harm to somebody who wants few faces, where the path has few.
    assert [line.own for line in island.challenges] == [None]
    assert [line.own for line in hut.challenges] == [("Living by the sea", True)]


def test_a_middle_sheet_is_no_fault_of_the_person(year_off: Pack) -> None:
    """Undecided is a result: how often the middle was chosen, and which questions would tell most."""
    helped = outline(found(year_off, "middle")).help
    assert helped is not None
    assert helped.text == "You chose the middle on 10 of 10 statements, so little is decided here."
    assert helped.topics == ("Nine in the evening", "What you live on")


def test_contradictory_answers_are_named_in_pairs(year_off: Pack) -> None:
    """Which answers pull against each other, with what was answered."""
    helped = outline(found(year_off, "contradictory")).help
    assert helped is not None
    assert helped.topics[0] == "New faces / Your own company"
    assert "Strongly agree" in helped.questions[0]


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("sheet", EVERY)
def test_the_first_screen_leaves_room_for_the_menu(
    sheet: str, columns: int, year_off: Pack, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a window of 24 lines the first screen and its menu stand together, the verdict on top."""
    from pathfinder.show.terminal.result import first_screen

    monkeypatch.setenv("COLUMNS", str(columns))
    result = found(year_off, sheet)
    room = 24 - BESIDE - len(outline(result).sections)
    first_screen(result, lines=room)
    lines = capsys.readouterr().out.splitlines()
    assert outline(result).said.head in lines[0]
    assert len(lines) <= room


@pytest.mark.parametrize("columns", [80, 120])
def test_every_portrait_fits_on_a_screen(
    columns: int, bundled: Pack, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the real pack too: verdict, wishes, ranking, headlines, what would change it, the hunch."""
    from pathfinder.show.terminal.result import first_screen

    monkeypatch.setenv("COLUMNS", str(columns))
    for portrait in sorted((ROOT / "tests" / "portraits").glob("[0-9]*.yaml")):
        result = evaluate(bundled, read_sheet(portrait, bundled))
        room = 24 - BESIDE - len(outline(result).sections)
        first_screen(result, lines=room)
        shown = capsys.readouterr().out
        assert len(shown.splitlines()) <= room, (portrait.stem, shown)
        assert "You want" in shown or "You could" in shown or not result.recommended, (portrait.stem, shown)


@pytest.mark.parametrize("sheet", EVERY)
def test_the_menu_has_the_sections_there_are(sheet: str, year_off: Pack) -> None:
    """No entry leads to nothing."""
    names = [name for name, _ in outline(found(year_off, sheet)).sections]
    assert names == [each for each in ("why", "pros", "change", "tracks", "steps") if each in names]
    assert "pros" in names or sheet == "all-ruled-out"


def test_entries_that_fit_are_about_the_paths_named(bundled: Pack) -> None:
    """After a result come the questions about its path, the most particular ones first."""
    portrait = min((ROOT / "tests" / "portraits").glob("0*.yaml"))
    result = evaluate(bundled, read_sheet(portrait, bundled))
    fitting = fitting_entries(result)
    named = {each.path.id for each in result.recommended}
    assert fitting
    assert all(named & set(each.paths) for each in fitting)
