"""What results are called in plain words: the sentences that the terminal, the reports and JSON share.

A share of simulated people is one of those whose result carries the same chance, never one of success.
"""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING, Final

from pathfinder.result.certainty import Code, Verdict
from pathfinder.show.parts import Said
from pathfinder.text import several

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathfinder.answers.interview import AnswerSheet
    from pathfinder.pack import Pack, Question
    from pathfinder.result import Result
    from pathfinder.result.certainty import Note

OF: Final = 20
ALMOST_ALL, ALMOST_NONE = 1 - 1 / (2 * OF), 1 / (2 * OF)

LIMITS: Final = (
    "This says what you want, not how well a career will go. The quiz has been tested on simulated people only, and "
    "none of its numbers is a prediction."
)

VERDICTS: Final = {
    "clear": "Clear",
    "likely": "Likely",
    "leaning": "Leaning",
    "too-close": "Too close to call",
    "provisional": "Provisional",
    "no-preference": "No clear wish",
}
"""What a verdict is called in lists."""


def twentieths(probability: float) -> str:
    """Return a probability as so many of twenty, such as "about 17"."""
    if probability > ALMOST_ALL:
        return f"over {OF - 1}"
    # Halves go down: the number claims less, not more.
    return "fewer than 1" if probability < ALMOST_NONE else f"about {max(1, ceil(OF * probability - 0.5))}"


def joined(names: Sequence[str]) -> str:
    """Return names as a phrase: "A", "A and B", "A, B, and C"."""
    several = 2
    if len(names) > several:
        return f"{', '.join(names[:-1])}, and {names[-1]}"
    return " and ".join(names)


def within(text: str) -> str:
    """Return a title as it stands within a sentence: without its capital, unless that is the first of several."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def capital(text: str) -> str:
    """Return an id or a phrase as a title."""
    # A hyphen behind capitals, as in PGY-2, is no id's.
    return re.sub(r"(?<![A-Z])-", " ", text[:1].upper() + text[1:])


def verdict_words(result: Result) -> Said:
    """Return the verdict with its honest certainty; it names no winner where there is none."""
    standing = result.ranking.standing
    if not standing:
        rest = "You ruled out every path. The table still shows what your answers say."
        return _said("Nothing to recommend", rest)
    if result.verdict is Verdict.NO_PREFERENCE:
        sentence = "Your answers show no clear wish, so nothing in them sets one path before another."
        rest = "So far nothing in your answers sets one path before another."
        return Said(head="No clear wish yet", rest=rest, sentence=sentence)
    if result.verdict is Verdict.PROVISIONAL:
        return _said("Provisional", _provisional(result))
    name = standing[0].path.name
    if len(standing) == 1:
        rest = "It is the only path that you did not rule out, so nothing was compared."
        return Said(head=name, rest=rest, sentence=f"{name} is the only path that you did not rule out.")
    if result.verdict is Verdict.TOO_CLOSE:
        return _too_close(result)
    head = {
        Verdict.CLEAR: f"{name}, clearly",
        Verdict.LIKELY: f"{name}, likely",
        Verdict.LEANING: f"Your answers lean toward {name}",
    }[result.verdict]
    return _said(
        head, f"In simulations, {twentieths(standing[0].first)} of {OF} people with a result like yours want it most."
    )


def _said(head: str, rest: str) -> Said:
    return Said(head=head, rest=rest, sentence=f"{head}: {within(rest)}")


def _provisional(result: Result) -> str:
    leaders = result.ranking.leaders
    ahead = f"{joined([match.path.name for match in leaders])} {'is' if len(leaders) == 1 else 'are'} ahead"
    if result.contradictory:
        return (
            "Your answers contradict each other about as much as answers picked at random. "
            f"{ahead}, but read the questions once more."
        )
    return f"You answered {result.answered} of {several(len(result.pack.questions), 'question')}. So far {ahead}."


def _too_close(result: Result) -> Said:
    found, head = result.recommended, "Too close to call"
    names = joined([each.path.name for each in found])
    if len(result.ranking.leaders) > 1:
        rest = f"{names} share first place."
        return Said(head=head, rest=rest, sentence=f"{head}: {rest}")
    first, *others = found
    shares = [f"{twentieths(each.first).removeprefix('about ')} {each.path.name}" for each in others]
    rest = (
        f"In simulations, of {OF} people with a result like yours {twentieths(first.first)} want {first.path.name} most"
        f"{', ' if others[1:] else ' and '}{_listed(shares)}."
    )
    return Said(head=head, rest=rest, sentence=f"{head} between {names}: {within(rest)}")


def _listed(shares: Sequence[str]) -> str:
    return f"{', '.join(shares[:-1])}, and {shares[-1]}" if len(shares) > 1 else shares[0]


def topic(question: Question) -> str:
    """Return what a question is called: its topic, or else its text in quotes."""
    return question.topic or f"\u201c{question.text}\u201d"


def ended(text: str) -> str:
    """Return a text with a full stop, unless a quotation ends it with a stop of its own."""
    return text if text.endswith((".\u201d", "?\u201d", "!\u201d")) else f"{text}."


def option_words(pack: Pack, question: str, option: str) -> str:
    """Return the text of an option."""
    return pack.question_by_id[question].option(option).text


def reason_words(pack: Pack, sheet: AnswerSheet, reasons: Sequence[str]) -> str:
    """Return why a path is ruled out; empty when it is not."""
    return "; ".join(
        f"your answer \u201c{option_words(pack, each, sheet.answers[each])}\u201d" if each else "your own choice"
        for each in reasons
    )


def remarks(result: Result) -> tuple[str, ...]:
    """Return the notes that the verdict does not say already, and that the result bears."""
    told = {Code.ALL_RULED_OUT}
    if result.verdict is Verdict.PROVISIONAL:
        told |= {Code.CONTRADICTORY, Code.FIRST_MORE_OFTEN}
    elif result.verdict is Verdict.NO_PREFERENCE:
        told |= {Code.WOULD_HAVE_COME_FIRST, Code.FIRST_MORE_OFTEN}
    else:
        told |= {Code.ONE_LEFT}
    if result.verdict is Verdict.TOO_CLOSE:
        told |= {Code.FIRST_MORE_OFTEN}
    return tuple(_note(result.pack, note) for note in result.notes if note.code not in told)


def _note(pack: Pack, note: Note) -> str:
    names = joined([pack.path_by_id[each].name for each in note.about])
    return {
        Code.CONTRADICTORY: "Your answers contradict each other about as much as answers picked at random.",
        Code.ALL_RULED_OUT: "You ruled out every path.",
        Code.ONE_LEFT: f"Only {names} is left: you ruled out the others, so nothing was compared.",
        Code.WOULD_HAVE_COME_FIRST: f"{names} would have come first if you had not ruled it out.",
        Code.FIRST_MORE_OFTEN: (
            f"In simulations, more people with a result like yours want {names} most. The order here is that of the match."
        ),
    }[note.code]


def hunch(result: Result) -> str | None:
    """Return how the person's own hunch stands to the result; None when none was given."""
    if result.sheet.lean is None:
        return None
    name = result.pack.path_by_id[result.sheet.lean].name
    if any(match.ruled_out and match.path.id == result.sheet.lean for match in result.ranking.matches):
        return f"Your hunch was {name}, and yet you ruled it out."
    recommended = [match.path.id for match in result.recommended]
    if not recommended:
        return f"Your hunch was {name}. Your answers neither back it nor speak against it."
    if result.sheet.lean not in recommended:
        return f"Your hunch was {name}. Talk that over with someone who knows you."
    if len(recommended) > 1:
        return f"Your hunch was {name}, and that may tip it."
    return "Your own hunch points the same way."
