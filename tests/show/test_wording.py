"""What is said about a result never says more than the result does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from conftest import ROOT
from pathfinder.answers.sheetfile import read_sheet
from pathfinder.pack import load_pack
from pathfinder.result import evaluate
from pathfinder.result.answer_changes import Turn
from pathfinder.result.certainty import Verdict
from pathfinder.show.changing import change, help_for, turning
from pathfinder.show.sentences import hunch, joined, twentieths, verdict_words, within
from pathfinder.text import counted

if TYPE_CHECKING:
    from pathfinder.pack import Pack
    from pathfinder.result import Result
    from pathfinder.show.parts import Change

SHEETS: Final = ROOT / "tests" / "sheets" / "results"
ISLAND, HARBOUR, HUT = "A lighthouse on an island", "A room above the harbour", "A hut in the mountains"
SAME: Final = "Your own hunch points the same way."


@pytest.fixture(scope="module")
def year_off() -> Pack:
    """Return the small pack that the sheets are for."""
    return load_pack(ROOT / "tests" / "packs" / "golden")


def found(pack: Pack, sheet: str, lean: str | None = None) -> Result:
    """Return the result of a sheet, with a hunch."""
    return evaluate(pack, replace(read_sheet(SHEETS / f"{sheet}.yaml", pack), lean=lean))


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        (0, "fewer than 1"),
        (0.03, "about 1"),
        (0.5, "about 10"),
        (0.875, "about 17"),
        (0.97, "about 19"),
        (1, "over 19"),
    ],
)
def test_certainty_is_told_in_twentieths_and_never_whole(probability: float, said: str) -> None:
    """Nothing is certain: the words stop at 19 of 20, and a half goes down."""
    assert twentieths(probability) == said


@pytest.mark.parametrize(
    ("sheet", "sentence"),
    [
        ("clear", f"{ISLAND}, clearly: in simulations, over 19 of 20 people with a result like yours want it most."),
        ("likely", f"{ISLAND}, likely: in simulations, about 16 of 20 people with a result like yours want it most."),
        (
            "leaning",
            (
                f"Your answers lean toward {ISLAND}: in simulations, about 13 of 20 people with a result like yours want it "
                "most."
            ),
        ),
        (
            "too-close",
            (
                f"Too close to call between {ISLAND} and {HARBOUR}: in simulations, of 20 people with a result like yours "
                f"about 9 want {ISLAND} most and 8 {HARBOUR}."
            ),
        ),
        ("tie", f"Too close to call: {HARBOUR} and {ISLAND} share first place."),
        ("middle", "Your answers show no clear wish, so nothing in them sets one path before another."),
        ("provisional", f"Provisional: you answered 3 of 12 questions. So far {HUT} is ahead."),
        (
            "contradictory",
            (
                "Provisional: your answers contradict each other about as much as answers picked at random. "
                f"{HARBOUR} is ahead, but read the questions once more."
            ),
        ),
        ("one-left", f"{HARBOUR} is the only path that you did not rule out."),
        (
            "all-ruled-out",
            "Nothing to recommend: you ruled out every path. The table still shows what your answers say.",
        ),
    ],
)
def test_every_verdict_in_a_sentence(sheet: str, sentence: str, year_off: Pack) -> None:
    """The words that every output shares."""
    assert verdict_words(found(year_off, sheet)).sentence == sentence


@pytest.mark.parametrize(
    ("sheet", "lean", "said"),
    [
        ("clear", None, None),
        ("clear", "island", SAME),
        ("clear", "hut", f"Your hunch was {HUT}. Talk that over with someone who knows you."),
        ("tie", "harbour", f"Your hunch was {HARBOUR}, and that may tip it."),
        ("tie", "hut", f"Your hunch was {HUT}. Talk that over with someone who knows you."),
        ("middle", "hut", f"Your hunch was {HUT}. Your answers neither back it nor speak against it."),
        ("provisional", "hut", f"Your hunch was {HUT}. Your answers neither back it nor speak against it."),
        ("one-left", "island", f"Your hunch was {ISLAND}, and yet you ruled it out."),
    ],
)
def test_the_hunch_beside_the_result(sheet: str, lean: str | None, said: str | None, year_off: Pack) -> None:
    """A hunch is held against what the answers really say: one of two that are level is not against it."""
    assert hunch(found(year_off, sheet, lean)) == said


@pytest.mark.parametrize(
    ("sheet", "lean", "begins"),
    [
        ("clear", None, None),
        ("clear", "island", None),
        ("clear", "hut", "Your hunch and your answers differ."),
        ("too-close", None, f"{ISLAND} and {HARBOUR} suit you about equally."),
        ("middle", None, "You chose the middle on 10 of 10 statements"),
        ("provisional", None, "Three more answers will make this a result."),
        ("contradictory", None, "Some answers pull against each other."),
        ("all-ruled-out", None, "Bring back the path"),
    ],
)
def test_each_kind_of_undecided_has_its_own_help(
    sheet: str, lean: str | None, begins: str | None, year_off: Pack
) -> None:
    """Too close, unclear, too few, contradictory, against the hunch, all refused: each is told apart."""
    helped = help_for(found(year_off, sheet, lean))
    assert (helped is None) == (begins is None)
    assert helped is None or helped.text.startswith(begins or "")


@pytest.mark.parametrize(
    ("sheet", "paths"),
    [
        ("clear", ["island"]),
        ("tie", ["harbour", "island"]),
        ("too-close", ["island", "harbour"]),
        ("middle", []),
        ("provisional", []),
        ("all-ruled-out", []),
    ],
)
def test_only_what_the_verdict_allows_is_recommended(sheet: str, paths: list[str], year_off: Pack) -> None:
    """A tie recommends both, and nobody is recommended without a preference or enough answers."""
    assert paths == [each.path.id for each in found(year_off, sheet).recommended]


def test_three_that_are_too_close_are_named_with_their_shares(year_off: Pack) -> None:
    """A higher score makes no winner, and hides no path that comes first as often as the runner-up."""
    close = found(year_off, "too-close")
    matches = tuple(
        replace(each, first=first) for each, first in zip(close.ranking.matches, (0.4, 0.25, 0.35), strict=True)
    )
    three = replace(close, ranking=replace(close.ranking, matches=matches))
    assert three.verdict == Verdict.TOO_CLOSE
    assert verdict_words(three).rest == (
        f"In simulations, of 20 people with a result like yours about 8 want {ISLAND} most, 5 {HARBOUR}, and 7 {HUT}."
    )


def test_fewest_answers_and_smaller_steps_say_what_they_are(year_off: Pack) -> None:
    """Only a set that is the smallest is called what it takes; the other is one way among others."""
    clear = found(year_off, "clear")
    told = change(clear)
    assert told is not None
    assert told.brief.startswith("Three other answers would change it: A window on the sea, ")
    fewest = clear.explanation.turns[0]
    assert turning(year_off, fewest).heading == f"Three other answers would put {HUT} first:"
    assert turning(year_off, replace(fewest, smallest=False)).heading.startswith(f"One way to put {HUT} first")
    assert turning(year_off, replace(fewest, tied=True), by_steps=True).heading == (
        f"Or in smaller steps, three other answers would put {HUT} level with it:"
    )


def test_a_result_that_is_hard_to_change_is_told_in_a_sentence(year_off: Pack) -> None:
    """From four answers on nobody reads a list; where no answer would do, that is said."""
    clear = found(year_off, "clear")
    one = clear.explanation.turns[0].changes[0]
    many = Turn(changes=(one,) * 5, makes_first="hut", tied=False)

    def tipped_by(turn: Turn | None) -> Change | None:
        other = replace(clear)
        vars(other)["explanation"] = replace(clear.explanation, tipping=turn, tipping_by_steps=None)
        return change(other)

    hard, none = tipped_by(many), tipped_by(None)
    assert hard is not None
    assert none is not None
    assert (hard.brief, hard.turnings) == ("Hard to change: at least five answers would have to differ.", ())
    assert none.brief == "No other answers of yours would put another path first."


def test_small_words() -> None:
    """Lists have their comma, titles lose their capital within a sentence unless it is a name, numbers are words."""
    assert [joined(each) for each in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A and B", "A, B, and C"]
    assert [within(each) for each in ("Patient care", "A quiet week", "NIH grants", "")] == [
        "patient care",
        "a quiet week",
        "NIH grants",
        "",
    ]
    assert [counted(each) for each in (0, 10, 1200)] == ["no", "ten", "1,200"]
