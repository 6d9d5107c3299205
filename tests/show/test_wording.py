"""What is said about a result never says more than the result does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from conftest import ROOT
from pathfinder.answers.interview import AnswerSheet
from pathfinder.answers.sheetfile import read_sheet
from pathfinder.pack import load_pack
from pathfinder.result import evaluate
from pathfinder.result.certainty import Verdict
from pathfinder.show.sentences import TALK, lean_sentence, turn_heading, verdict_sentence

if TYPE_CHECKING:
    from pathfinder.pack import Pack
    from pathfinder.result import Result

SHEETS: Final = ROOT / "tests" / "sheets" / "results"
ISLAND, HARBOUR, HUT = "A lighthouse on an island", "A room above the harbour", "A hut in the mountains"
TIP: Final = "and that may tip it."


@pytest.fixture(scope="module")
def year_off() -> Pack:
    """Return the small pack that the sheets are for."""
    return load_pack(ROOT / "tests" / "packs" / "golden")


@pytest.mark.parametrize(
    ("sheet", "lean", "said"),
    [
        ("clear", "island", f"You lean towards {ISLAND} yourself, and so do your answers."),
        ("clear", "hut", f"You lean towards {HUT}, your answers towards {ISLAND}: {TALK}"),
        (
            "tie",
            "harbour",
            f"Your answers cannot tell {HARBOUR} and {ISLAND} apart; you lean towards {HARBOUR} yourself, {TIP}",
        ),
        ("tie", "hut", f"You lean towards {HUT}, your answers towards {HARBOUR} and {ISLAND}: {TALK}"),
        ("neutral", "hut", None),
        ("provisional", "hut", None),
        ("all-ruled-out", "hut", None),
    ],
)
def test_lean_beside_the_result(sheet: str, lean: str, said: str | None, year_off: Pack) -> None:
    """A lean is held against what the answers really say: one of two that are level is not against it."""
    found = evaluate(year_off, replace(read_sheet(SHEETS / f"{sheet}.yaml", year_off), lean=lean))
    assert said == lean_sentence(found)


@pytest.fixture
def three_close(year_off: Pack) -> Result:
    """Return a result that is too close to call though one path scores highest; the person leans to the second."""
    answers = {each.id: "3" for each in year_off.questions if each.scale}
    answers |= {"faces": "4", "alone": "1", "evening": "asleep", "lavish": "2", "savings": "little"}
    found = evaluate(year_off, AnswerSheet(pack=year_off.id, answers=answers, lean="island"))
    assert found.verdict == Verdict.TOO_CLOSE
    assert [each.path.id for each in found.ranking.standing] == ["hut", "island", "harbour"]
    assert len(found.ranking.leaders) == 1
    return found


def test_lean_towards_a_runner_up_that_is_too_close(three_close: Result) -> None:
    """Where the two best are too close to call, leaning towards the second is not leaning against the answers."""
    assert lean_sentence(three_close) == (
        f"Your answers cannot tell {HUT}, {ISLAND} and {HARBOUR} apart; you lean towards {ISLAND} yourself, {TIP}"
    )


@pytest.mark.parametrize(
    ("sheet", "paths"),
    [
        ("clear", ["island"]),
        ("tie", ["harbour", "island"]),
        ("neutral", []),
        ("provisional", []),
        ("all-ruled-out", []),
    ],
)
def test_only_what_the_verdict_allows_is_recommended(sheet: str, paths: list[str], year_off: Pack) -> None:
    """A tie recommends both, and nobody is recommended without a preference or enough answers."""
    found = evaluate(year_off, read_sheet(SHEETS / f"{sheet}.yaml", year_off))
    assert paths == [each.path.id for each in found.recommended]


def test_all_that_are_too_close_are_recommended_alike(three_close: Result) -> None:
    """A higher score makes no winner, and does not hide a path that comes first more often than the runner-up."""
    first = {each.path.id: three_close.confidence.first[each.place] for each in three_close.recommended}
    assert list(first) == ["hut", "island", "harbour"]
    assert first["island"] < first["harbour"] < first["hut"] < 0.5
    assert verdict_sentence(three_close) == (
        f"Too close to call between {HUT}, {ISLAND} and {HARBOUR}: they come first in about 40 %, about 25 % and "
        "about 35 % of plausible re-readings of your answers."
    )


def test_fewest_answers_and_fewest_steps_say_what_they_are(year_off: Pack) -> None:
    """Only the set with the fewest answers claims that no fewer answers do; the other speaks of its steps."""
    found = evaluate(year_off, read_sheet(SHEETS / "clear.yaml", year_off))
    answers, steps = found.explanation.turns
    assert len(answers.changes) < len(steps.changes)
    assert steps.steps < answers.steps
    assert turn_heading(year_off, answers) == f"3 other answers together would put {HARBOUR} first; no fewer would do:"
    assert turn_heading(year_off, steps, by_steps=True) == (
        f"Or in fewer steps: 7 steps in all, over 4 answers, would draw {HARBOUR} level with the first; "
        "no fewer steps would do:"
    )
