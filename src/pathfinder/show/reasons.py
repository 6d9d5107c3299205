"""Why a path fits, and what set it apart from the second: shares that add up, priorities marked."""

from __future__ import annotations

from math import floor, fsum
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
    found, whole = _worth_a_line(speaking[:FITTING], speaking), fsum(part.amount for part in speaking)
    if not found:
        return None
    leader = leaders[0]
    return Why(
        title=f"Why {leader.path.name} fits you",
        note="in percent of all that speaks for it",
        first=leader.path.name,
        other="",
        parts=_parts(result, found, _shares(found, whole), middle=0),
        rest=_shares(found, whole)[-1],
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
    shares = _shares(shown, lead) if lead else ("",) * (len(shown) + 1)
    return Why(
        title=f"What set it apart from {other}" if lead else f"What speaks for {first}, and what for {other}",
        note="in percent of the lead" if lead else "",
        first=first,
        other=other,
        parts=_parts(result, shown, shares, middle=50),
        rest=shares[-1],
    )


def _worth_a_line(told: Sequence[Contribution], among: Sequence[Contribution]) -> list[Contribution]:
    least = SMALL * max((abs(part.amount) for part in among), default=0.0)
    return [part for part in told if abs(part.amount) > least]


def _parts(result: Result, shown: Sequence[Contribution], shares: Sequence[str], *, middle: int) -> tuple[Part, ...]:
    """Return parts as they are drawn from a line at `middle`, the widest to the edge."""
    widest = max(abs(part.amount) for part in shown)
    widths = [(100 - middle) * abs(part.amount) / widest for part in shown]
    # There is one share more, of everything else.
    rows = zip(shown, shares[:-1], widths, strict=True)
    return tuple(_part(result, each, share, middle, width) for each, share, width in rows)


def _part(result: Result, part: Contribution, share: str, middle: int, width: float) -> Part:
    pack = result.pack
    name = pack.dimension_by_id[part.dimension].name
    behind = [reason for reason in part.named if reason.amount * part.amount > 0][:ANSWERS]
    return Part(
        name=name if result.wishes[part.dimension].value >= 0 else f"{name}, which you could do without",
        priority=part.dimension in result.sheet.matters_most,
        share=share,
        speaks_for=part.amount > 0,
        start=middle if part.amount > 0 else middle - width,
        width=width,
        answers=tuple(
            (topic(pack.question_by_id[reason.question]), option_words(pack, reason.question, reason.option))
            for reason in behind
        ),
    )


def _shares(shown: Sequence[Contribution], whole: float) -> tuple[str, ...]:
    """Return the parts and everything else in whole percent that add up to 100; nothing at all is ""."""
    exact = [100 * part.amount / whole for part in shown]
    exact.append(100 - fsum(exact))
    rounded = [floor(each) for each in exact]
    for place in sorted(range(len(exact)), key=lambda each: rounded[each] - exact[each])[: 100 - sum(rounded)]:
        rounded[place] += 1
    said = [f"{each:,}%".replace("-", "\u2212") for each in rounded]
    return (*said[:-1], said[-1] if rounded[-1] else "")
