"""What is said about a result never says more than the result does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from conftest import ROOT
from pathfinder.confidence import Verdict
from pathfinder.interview import AnswerSheet
from pathfinder.packfile import load_pack
from pathfinder.result import evaluate
from pathfinder.sheetfile import read_sheet
from pathfinder.wording import TALK, lean_sentence

if TYPE_CHECKING:
    from pathfinder.pack import Pack

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


def test_lean_towards_a_runner_up_that_is_too_close(year_off: Pack) -> None:
    """Where the two best are too close to call, leaning towards the second is not leaning against the answers."""
    answers = {each.id: "3" for each in year_off.questions if each.scale}
    answers |= {"faces": "4", "alone": "1", "evening": "asleep", "lavish": "2", "savings": "little"}
    found = evaluate(year_off, AnswerSheet(pack=year_off.id, answers=answers, lean="island"))
    assert found.verdict == Verdict.TOO_CLOSE
    assert [each.path.id for each in found.ranking.standing] == ["hut", "island", "harbour"]
    assert len(found.ranking.leaders) == 1
    assert lean_sentence(found) == (
        f"Your answers cannot tell {HUT} and {ISLAND} apart; you lean towards {ISLAND} yourself, {TIP}"
    )
