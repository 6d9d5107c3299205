"""Why a path fits, and what set it apart from the second: shares that add up, priorities marked."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Final

from pathfinder.show.parts import Part, Why
from pathfinder.show.sentences import option_words, topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathfinder.result import Result
    from pathfinder.result.explain import Contribution

FITTING, FOR, AGAINST = 4, 3, 2
"""So many parts are told: of a path's own score, and for it and against it beside another."""

ANSWERS: Final = 2
"""So many answers are named behind each part."""

SMALL: Final = 0.05
"""A part under this share of the largest is not worth a line."""


def fits(result: Result) -> Why | None:
    """Return what makes the first path fit; None where no single path is first."""
    leaders = result.ranking.leaders
    if not result.decided or len(leaders) != 1:
        return None
    speaking = [each for each in result.explanation.fits if each.amount > 0]
    found, whole = _worth_a_line(speaking[:FITTING], speaking), fsum(each.amount for each in speaking)
    if not found:
        return None
    leader = leaders[0]
    return Why(
        title=f"Why {leader.path.name} fits you",
        note="in percent of all that speaks for it",
        first=leader.path.name,
        other="",
        parts=_parts(result, found, whole, middle=0),
        rest=_rest(found, whole),
    )


def against(result: Result) -> Why | None:
    """Return what set the first path apart from the second, or what speaks for each where it is too close to call."""
    compared = result.explanation.against_runner_up
    if compared is None or not result.recommended:
        return None
    told = (*compared.speaking_for[:FOR], *compared.speaking_against[:AGAINST])
    shown = _worth_a_line(told, compared.contributions)
    if not shown:
        return None
    first, other = (result.pack.path_by_id[each].name for each in (compared.first, compared.other))
    lead = compared.margin if result.decided else 0.0
    return Why(
        title=f"What set it apart from {other}" if lead else f"What speaks for {first}, and what for {other}",
        note="in percent of the lead" if lead else "",
        first=first,
        other=other,
        parts=_parts(result, shown, lead, middle=50),
        rest=_rest(shown, lead) if lead else "",
    )


def _worth_a_line(told: Sequence[Contribution], among: Sequence[Contribution]) -> list[Contribution]:
    least = SMALL * max((abs(each.amount) for each in among), default=0.0)
    return [each for each in told if abs(each.amount) > least]


def _parts(result: Result, shown: Sequence[Contribution], whole: float, *, middle: int) -> tuple[Part, ...]:
    """Return parts as they are drawn from a line at `middle`, the widest to the edge."""
    widest = max(abs(each.amount) for each in shown)
    return tuple(_part(result, each, whole, middle, (100 - middle) * abs(each.amount) / widest) for each in shown)


def _part(result: Result, part: Contribution, whole: float, middle: int, width: float) -> Part:
    pack = result.pack
    name = pack.dimension_by_id[part.dimension].name
    behind = [each for each in part.named if each.amount * part.amount > 0][:ANSWERS]
    return Part(
        name=name if result.wishes[part.dimension].value >= 0 else f"{name}, which you could do without",
        priority=part.dimension in result.sheet.matters_most,
        share=percent(_share(part, whole)) if whole else "",
        speaks_for=part.amount > 0,
        start=middle if part.amount > 0 else middle - width,
        width=width,
        answers=tuple(
            (topic(pack.question_by_id[each.question]), option_words(pack, each.question, each.option))
            for each in behind
        ),
    )


def _share(part: Contribution, whole: float) -> int:
    return round(100 * part.amount / whole)


def _rest(shown: Sequence[Contribution], whole: float) -> str:
    # Of the rounded ones, so that what people add up in their heads adds up.
    rest = 100 - sum(_share(each, whole) for each in shown)
    return percent(rest) if rest else ""


def percent(share: int) -> str:
    """Return a whole percentage, a minus before it where it is less than nothing."""
    return f"{share:,}%".replace("-", "\u2212")
