"""Two results side by side: what each difference does between two paths, where both agree, and what costs both least.

The margin is S_P - S_Q. What an answer adds to it depends on the importances, and what an importance adds on the
answers; each difference counts as the mean of what it does before and after the other kind has changed. By that the
effects add up to the change of the margin, and come out the same, with the opposite sign, the other way round.
"""

from __future__ import annotations

from dataclasses import replace
from math import fsum
from typing import TYPE_CHECKING, Final, Literal

from pathfinder.answers import difference_between
from pathfinder.pack import SKIP
from pathfinder.result.scoring import rank
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pathfinder.answers.interview import AnswerSheet
    from pathfinder.result import Result
    from pathfinder.result.scoring import Ranking

WANTED: Final = 0.25
"""A wish from here on counts as one where two people are asked whether they agree."""

TO_TALK_ABOUT: Final = 3


@value
class Effect:
    """A difference, by the id of its question or dimension, and what it adds to the margin from one result to the other."""

    kind: Literal["answer", "importance"]
    what: str
    amount: float


@value
class Beside:
    """Two results of one pack.

    `pair` are the ids of the paths P and Q, `margins` S_P - S_Q in each result; `effects`, the largest first, and `rest`
    add up to the second margin less the first. `rest` is what the same answers add because more or fewer others stand
    beside them. `both_want` and `neither_wants` are dimensions, the strongest first; `alike` of `both_answered` questions
    have the same answer; `least` is the path on which the one who loses more loses least, None where each is refused, and
    `losses` how far it is below each one's best, in points of match; `talk` holds up to three questions.
    """

    pair: tuple[str, str]
    margins: tuple[float, float]
    effects: tuple[Effect, ...]
    rest: float
    both_want: tuple[str, ...]
    neither_wants: tuple[str, ...]
    alike: int
    both_answered: int
    least: str | None
    losses: tuple[float, float]
    talk: tuple[str, ...]

    @property
    def change(self) -> float:
        """What all differences together do to the margin."""
        return self.margins[1] - self.margins[0]


def lay_beside(first: Result, second: Result) -> Beside:
    """Return what two results of the same pack have in common and what not."""
    pair = _pair(first, second)
    by_question, by_dimension = _parts(first, second, pair)
    changed = difference_between(first.sheet, second.sheet)
    effects = [
        Effect(kind="answer", what=change.what, amount=by_question.pop(change.what, 0.0)) for change in changed.answers
    ]
    effects += [
        Effect(kind="importance", what=change.what, amount=by_dimension.pop(change.what, 0.0))
        for change in changed.importance
    ]
    effects.sort(key=lambda effect: (-round(abs(effect.amount), 12), effect.what))
    given, others = _given(first), _given(second)
    both = given.keys() & others.keys()
    apart = {question for question in both if given[question] != others[question]}
    least, losses = _least(first, second)
    return Beside(
        pair=pair,
        margins=(_margin(first.ranking, pair), _margin(second.ranking, pair)),
        effects=tuple(effects),
        rest=fsum((*by_question.values(), *by_dimension.values())),
        both_want=_wanted(first, second, 1),
        neither_wants=_wanted(first, second, -1),
        alike=len(both) - len(apart),
        both_answered=len(both),
        least=least,
        losses=losses,
        talk=tuple(effect.what for effect in effects if effect.kind == "answer" and effect.what in apart)[
            :TO_TALK_ABOUT
        ],
    )


def _pair(first: Result, second: Result) -> tuple[str, str]:
    """Return the two paths that come first, in the pack's order; where it is one, it and the best of the others by both."""
    order = [path.id for path in first.pack.paths]
    leaders = {(found.ranking.standing or found.ranking.matches)[0].path.id for found in (first, second)}
    if len(leaders) == 1:
        sides = [found.ranking.by_path for found in (first, second)]
        others = [path for path in order if path not in leaders]
        leaders |= {max(others, key=lambda path: fsum(side[path].match for side in sides))} if others else set()
    ordered = sorted(leaders, key=order.index)
    return ordered[0], ordered[-1]


def _parts(first: Result, second: Result, pair: tuple[str, str]) -> tuple[dict[str, float], dict[str, float]]:
    """Return what the change of each answer, and of each importance, adds to the margin."""
    sheets = (first.sheet, second.sheet)
    # By whose answers (outer) and whose importances (inner).
    found = [[rank(first.pack, _mixed(answers, other)) for other in sheets] for answers in sheets]
    answers = [[_differences(each, pair, "answers") for each in row] for row in found]
    wishes = [[_differences(each, pair, "contributions") for each in row] for row in found]
    questions = dict.fromkeys(q for row in answers for each in row for q in each)
    by_question = {
        q: fsum(half * answers[who][other].get(q, 0.0) for who, half in ((0, -0.5), (1, 0.5)) for other in (0, 1))
        for q in questions
    }
    by_dimension = {
        d: fsum(half * wishes[who][other][d] for other, half in ((0, -0.5), (1, 0.5)) for who in (0, 1))
        for d in wishes[0][0]
    }
    return by_question, by_dimension


def _mixed(answers: AnswerSheet, importances: AnswerSheet) -> AnswerSheet:
    return replace(answers, matters_most=importances.matters_most, does_not_matter=importances.does_not_matter)


def _differences(ranking: Ranking, pair: tuple[str, str], kind: str) -> dict[str, float]:
    sides: list[Mapping[str, float]] = [getattr(ranking.by_path[path], kind) for path in pair]
    return {name: amount - sides[1][name] for name, amount in sides[0].items()}


def _margin(ranking: Ranking, pair: tuple[str, str]) -> float:
    return ranking.by_path[pair[0]].score - ranking.by_path[pair[1]].score


def _given(found: Result) -> dict[str, str]:
    return {question: answer for question, answer in found.sheet.answers.items() if answer != SKIP}


def _wanted(first: Result, second: Result, sign: int) -> tuple[str, ...]:
    both = {name: min(sign * wish.value, sign * second.wishes[name].value) for name, wish in first.wishes.items()}
    return tuple(sorted((name for name, least in both.items() if least >= WANTED), key=lambda name: -both[name]))


def _least(first: Result, second: Result) -> tuple[str | None, tuple[float, float]]:
    """Return the path with the smallest larger loss, each loss in points of match below the best of that person.

    Of match and not of S, which is larger for those who want anything strongly: nobody should weigh more for that.
    """
    sides = [found.ranking.by_path for found in (first, second)]
    best = [max((match.match for match in side.values() if not match.ruled_out), default=0.0) for side in sides]
    open_to_both = [path.id for path in first.pack.paths if not any(side[path.id].ruled_out for side in sides)]
    losses = {
        path: tuple(top - side[path].match for top, side in zip(best, sides, strict=True)) for path in open_to_both
    }
    if not losses:
        return None, (0.0, 0.0)
    least = min(losses, key=lambda path: (round(max(losses[path]), 9), round(sum(losses[path]), 9)))
    return least, (losses[least][0], losses[least][1])
