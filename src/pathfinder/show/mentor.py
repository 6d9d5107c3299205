"""What to take to a mentor: reasons, the week that the wishes come to, and what to ask."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Final

from pathfinder.pack import SKIP
from pathfinder.result.scoring import rank_by
from pathfinder.show.page_parts import Mentor
from pathfinder.show.sentences import capital, option_words, topic
from pathfinder.text import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pathfinder.result import Result
    from pathfinder.show.parts import Portrait

REASONS: Final = 3
QUESTIONS: Final = 5
SEVERAL: Final = 2


def mentor(result: Result, portraits: Sequence[Portrait]) -> Mentor:
    """Return the sheet for a talk; where nothing is decided it asks more and claims less."""
    told = [statement.short for statement in portraits[0].pros][:REASONS] if portraits and result.decided else []
    return Mentor(
        reasons_title=f"{capital(counted(len(told)))} reason{'' if len(told) == 1 else 's'}" if told else "",
        reasons=tuple(told),
        wanted=wanted_week(result) if result.recommended else {},
        chosen=_chosen(result),
        questions=tuple(_questions(result, portraits))[:QUESTIONS],
    )


def _questions(result: Result, portraits: Sequence[Portrait]) -> list[str]:
    standing = [match.path.name for match in result.ranking.standing] or [path.name for path in result.pack.paths]
    first, second = standing[0], standing[1] if len(standing) > 1 else ""
    worries = [statement for statement in portraits[0].challenges if result.recommended] if portraits else []
    asked = [f"\u201c{each.short}\u201d: how is that for you, and what helps?" for each in worries[:2]]
    if second and result.recommended:
        asked.append(f"Knowing me, would you have expected {first} rather than {second}? What would change your mind?")
    elif second:
        asked.append(f"What did you not know about {first} or {second} before you chose?")
        asked.append("Which of these paths can you see me in, and which not?")
    asked += [
        "What does an ordinary week of yours look like, and which part of it would you give away?",
        "Whom should I shadow for a day before I decide?",
        "What would you ask about a job offer that you did not ask back then?",
        "What do people usually get wrong about this path?",
    ]
    return asked


def wanted_week(result: Result) -> Mapping[str, float]:
    """Return the mix of weeks that fits the answers best: each path's or track's as likely as it is to be wanted most.

    Empty where fewer than two weeks can be mixed.
    """
    standing = {match.path.id for match in result.ranking.standing}
    kinds = [
        each
        for path in result.pack.paths
        if path.id in standing
        for each in [track for track in path.tracks if track.week] or [path]
        if each.week
    ]
    if len({tuple(sorted(kind.week.items())) for kind in kinds}) < SEVERAL:
        return {}
    found = rank_by(result.ranking.evidence.wishes, tuple(kinds)).matches
    activities = dict.fromkeys(activity for path in result.pack.paths for activity in path.week)
    mixed = {each: fsum(match.first * match.path.week.get(each, 0.0) for match in found) for each in activities}
    return _in_halves(mixed, max(sum(kind.week.values()) for kind in kinds))


def _in_halves(amounts: Mapping[str, float], total: float) -> Mapping[str, float]:
    """Return amounts as multiples of a half that add up to the total, each as near to its share as that allows."""
    whole = sum(amounts.values())
    if not whole:
        return {}
    shares = {name: 2 * total * each / whole for name, each in amounts.items()}
    halves = {name: int(each) for name, each in shares.items()}
    missing = round(2 * total) - sum(halves.values())
    for name in sorted(shares, key=lambda each: halves[each] - shares[each])[:missing]:
        halves[name] += 1
    return {name: each / 2 for name, each in halves.items()}


def _chosen(result: Result) -> str:
    """Return the answer about the week itself: to the question that reads most of what a week is made of."""
    activities = {activity for path in result.pack.paths for activity in path.week}
    best, words = 1, ""
    for question in result.pack.questions:
        read = {d for option in question.options for d, effect in option.effects.items() if effect} & activities
        given = result.sheet.answers.get(question.id, SKIP)
        if given != SKIP and not question.scale and len(read) > best:
            best, words = len(read), f"{topic(question)}: {option_words(result.pack, question.id, given)}"
    return words
