"""What results are called in plain words: the sentences that the terminal, the reports and JSON share.

A probability is always one of what a person with a result like this wants most, never one of success.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from pathfinder.result.certainty import Code, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathfinder.answers.interview import AnswerSheet
    from pathfinder.pack import Pack
    from pathfinder.result import Result
    from pathfinder.result.answer_changes import Turn
    from pathfinder.result.certainty import Note
    from pathfinder.result.explain import Comparison, Contribution, Divider, Threshold

TWENTY: Final = 20
"""For people a probability is so many of twenty people."""

TOUCHES: Final = 1 / 3

FOR, AGAINST = 3, 2
"""So many reasons are told that speak for the first path and for the second."""

SMALL: Final = 0.005
"""A contribution under this would be printed as nothing."""

IMAGINABLE: Final = 3
"""Twice what "matters most" counts: nobody can be asked to imagine a larger importance."""

THRESHOLDS: Final = 3
"""So many importances at which the result would turn are told."""

WEIGHTS: Final = "Or other weights (1 is ordinary, 1.5 is \u201cmatters most\u201d, 0 is \u201cdoes not matter\u201d):"

TALK: Final = "worth a talk with somebody who knows you and the work."

LIMITS: Final = (
    "This is a statement about how your answers read, not about success in a career: the quiz has been checked on "
    "simulated people only, and none of its numbers is a validated prediction."
)


def people(probability: float) -> str:
    """Return a probability as a number of twenty people, such as "about 17" or "more than 19"."""
    if probability > 1 - 1 / (2 * TWENTY):
        return f"more than {TWENTY - 1}"
    if probability < 1 / (2 * TWENTY):
        return "fewer than 1"
    # Halves go down: the number claims less, not more.
    return f"about {max(1, ceil(TWENTY * probability - 0.5))}"


def about(probability: float) -> str:
    """Return a probability of coming first in words, such as "about 17 of 20"."""
    return f"{people(probability)} of {TWENTY}"


def joined(names: Sequence[str]) -> str:
    """Return names as a phrase: "A", "A and B", "A, B and C"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def verdict_sentence(result: Result) -> str:
    """Return the verdict with its honest certainty; it names no winner where there is none."""
    standing = result.ranking.standing
    if not standing:
        return "You ruled out every path, so there is nothing to recommend; the table shows what your answers say."
    if result.verdict is Verdict.NO_PREFERENCE:
        return "Your answers show no clear wish, so nothing in them sets one path before another."
    names = [each.path.name for each in standing]
    if result.verdict is Verdict.PROVISIONAL:
        return _provisional(result)
    if len(standing) == 1:
        return f"{names[0]} is the only path that you did not rule out."
    if result.verdict is Verdict.TOO_CLOSE:
        return _too_close(result)
    opening = {
        Verdict.CLEAR: f"{names[0]}, clearly:",
        Verdict.LIKELY: f"{names[0]}, likely:",
        Verdict.LEANING: f"Your answers lean toward {names[0]}:",
    }[result.verdict]
    return f"{opening} in our simulations {about(standing[0].first)} people with a result like yours want it most."


def _provisional(result: Result) -> str:
    leaders = result.ranking.leaders
    ahead = joined([each.path.name for each in leaders]) + (" is" if len(leaders) == 1 else " are")
    if result.contradictory:
        return (
            "Provisional: your answers contradict each other about as much as answers picked at random. "
            f"{ahead} ahead, but read the questions once more."
        )
    asked = f"{result.answered} of {len(result.pack.questions)} questions"
    return f"Provisional: you answered {asked}. So far {ahead} ahead."


def _too_close(result: Result) -> str:
    found = result.recommended
    names = joined([each.path.name for each in found])
    if len(result.ranking.leaders) > 1:
        return f"Too close to call: {names} share first place."
    sure = joined([f"{people(each.first)} want {each.path.name} most" for each in found])
    return (
        f"Too close to call between {names}: of {TWENTY} people with a result like yours, in our simulations, {sure}."
    )


def divider_sentence(result: Result) -> str | None:
    """Return which question would separate the two best paths, for a result that is too close to call."""
    divider = result.explanation.divider
    if result.verdict not in {Verdict.TOO_CLOSE, Verdict.NO_PREFERENCE, Verdict.PROVISIONAL} or divider is None:
        return None
    text = question_text(result.pack, divider)
    if divider.answer is None:
        return f"The open question that would separate the two best: \u201c{text}\u201d"
    given = option_words(result.pack, divider.question, divider.answer)
    return f"The question that separates the two best most: \u201c{text}\u201d You answered \u201c{given}\u201d."


def question_text(pack: Pack, divider: Divider) -> str:
    """Return the text of a dividing question."""
    return pack.question_by_id[divider.question].text


def option_words(pack: Pack, question: str, option: str) -> str:
    """Return the text of an option."""
    return pack.question_by_id[question].option(option).text


def percent(share: float) -> str:
    """Return a share in 0..1 as a whole percentage."""
    return f"{share * 100:.0f} %"


def reason_words(pack: Pack, sheet: AnswerSheet, reasons: Sequence[str]) -> str:
    """Return why a path is ruled out; empty when it is not."""
    words = []
    for each in reasons:
        if each:
            words.append(f"your answer \u201c{option_words(pack, each, sheet.answers[each])}\u201d")
        else:
            words.append("you would refuse it")
    return "; ".join(words)


def note_sentence(pack: Pack, note: Note) -> str:
    """Return a note as a sentence."""
    names = joined([pack.path_by_id[each].name for each in note.about if each in pack.path_by_id] or [""])
    return {
        Code.CONTRADICTORY: "Your answers contradict each other about as much as answers picked at random.",
        Code.ALL_RULED_OUT: "Every path is ruled out.",
        Code.ONE_LEFT: f"Only {names} is left; the others are ruled out, so nothing was compared.",
        Code.WOULD_HAVE_COME_FIRST: f"{names} would have come first, had you not ruled it out.",
        Code.FIRST_MORE_OFTEN: f"{names} is more likely than the leader to be what you want most; the order is that of the scores.",
    }[note.code]


def turn_sentences(pack: Pack, turn: Turn) -> list[str]:
    """Return each change of an answer in words."""
    return [
        f"\u201c{pack.question_by_id[each.question].text}\u201d: from "
        f"\u201c{option_words(pack, each.question, each.before)}\u201d to "
        f"\u201c{option_words(pack, each.question, each.after)}\u201d"
        for each in turn.changes
    ]


def turn_heading(pack: Pack, turn: Turn, *, by_steps: bool = False) -> str:
    """Return what a set of changes does; `by_steps` says that its steps are the fewest, not its answers."""
    count = len(turn.changes)
    name = pack.path_by_id[turn.makes_first].name
    does = f"draw {name} level with the first" if turn.tied else f"put {name} first"
    if by_steps:
        steps, answers = f"step{'' if turn.steps == 1 else 's'}", f"answer{'' if count == 1 else 's'}"
        return (
            f"Or in fewer steps: {turn.steps} {steps} in all, over {count} {answers}, would {does}; "
            "no fewer steps would do:"
        )
    if count == 1:
        return f"One other answer would {does}:"
    if turn.smallest:
        return f"{count} other answers together would {does}; no fewer would do:"
    return f"One way to {does}, with {count} other answers:"


def threshold_sentences(result: Result) -> list[str]:
    """Return the importances nearest to the stated ones at which the result would turn, as far as one can imagine them."""
    near = [each for each in result.explanation.critical if each.after <= IMAGINABLE]
    return [_threshold_sentence(result.pack, each) for each in near[:THRESHOLDS]]


def _threshold_sentence(pack: Pack, threshold: Threshold) -> str:
    """Return at which importance of a dimension another path draws level; 1 is ordinary, 1.5 "matters most"."""
    name = pack.dimension_by_id[threshold.dimension].name
    more = "more" if threshold.after > threshold.before else "less"
    return (
        f"{name} would have to matter {more}: {threshold.after:.1f} instead of {threshold.before:g} times; "
        f"then {pack.path_by_id[threshold.makes_first].name} draws level."
    )


def why_title(result: Result, comparison: Comparison) -> str:
    """Return what the reasons are reasons for: no path comes before another where the result does not say so."""
    first, other = (result.pack.path_by_id[each].name for each in (comparison.first, comparison.other))
    return f"Why {first} before {other}" if result.decided else f"What speaks for {first}, against {other}"


def reasons(comparison: Comparison) -> tuple[list[Contribution], list[Contribution]]:
    """Return the largest contributions for the first path and the largest for the other, the largest first."""
    return (
        [each for each in comparison.speaking_for[:FOR] if each.amount >= SMALL],
        [each for each in comparison.speaking_against[:AGAINST] if each.amount <= -SMALL],
    )


def subject(result: Result, contribution: Contribution) -> str:
    """Return the dimension behind a contribution, and that the person wants little of it where that is so."""
    name = result.pack.dimension_by_id[contribution.dimension].name
    return f"{name}, which you want little of" if result.wishes[contribution.dimension].value < 0 else name


def answers_behind(pack: Pack, contribution: Contribution, most: int = 2) -> str:
    """Return the answers that stand most behind a contribution, in words."""
    same = [each for each in contribution.named if each.amount * contribution.amount > 0][:most]
    return "; ".join(
        f"\u201c{pack.question_by_id[each.question].text}\u201d {option_words(pack, each.question, each.option)}"
        for each in same
    )


def lean_sentence(result: Result) -> str | None:
    """Return how the person's own lean stands to the result; None when there is none to compare."""
    lean, recommended = result.sheet.lean, result.recommended
    if lean is None or not recommended:
        return None
    name = result.pack.path_by_id[lean].name
    names = joined([each.path.name for each in recommended])
    if all(each.path.id != lean for each in recommended):
        return f"You lean towards {name}, your answers towards {names}: {TALK}"
    if len(recommended) > 1:
        return f"Your answers cannot tell {names} apart; you lean towards {name} yourself, and that may tip it."
    return f"You lean towards {name} yourself, and so do your answers."


def touched(result: Result) -> frozenset[str]:
    """Return the dimensions on which the person's answers, times their importance, say a third or more."""
    said = result.ranking.evidence.wishes
    rows = zip(said.dimensions, said.importance, said.value, strict=True)
    return frozenset(dimension.id for dimension, m, theta in rows if abs(m * theta) >= TOUCHES)
