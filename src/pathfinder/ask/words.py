"""The sentences that the screen and the plain prompts share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pathfinder.answers.interview import ROUND
from pathfinder.pack import SKIP
from pathfinder.text import counted, several

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathfinder.answers.interview import Interview
    from pathfinder.pack import Pack, Question, Source

MATTERS_MOST: Final = "What matters most to you? Pick up to three. They count half again as much."
TOO_MANY: Final = "Three is the most you can pick. Take one away first."
DEALBREAKERS: Final = "Is there any path you would turn down no matter what? You will still see it, just not ranked."
LEAN: Final = "Before you see the result: which path are you leaning toward right now? This does not change the result."
NO_IDEA: Final = "I don't know yet"
REVIEWED: Final = "Looks right, continue"
RESUME: Final = "Pick up where I left off"
START_OVER: Final = "Start over"
GO_ON, STOP_HERE = "g", "e"
"""Letters that mean nothing in a question: what answers the offer to stop cannot have been meant for one."""

STOP: Final = "End here and look over my answers"
CHOOSE: Final = "Choose one first: press its number, or move to it with the arrows."
CLEAR: Final = "Clear your answer?"
SKIPPED: Final = "Skipped."
SKIPPED_BEFORE: Final = "You skipped this one."
NOTHING_FITS: Final = "Nothing fits. Backspace takes a letter away."
LEFT: Final = "Left. Nothing was changed."

_WORDS_PER_MINUTE: Final = 200
_SECONDS_TO_DECIDE: Final = 5
_NEARLY: Final = 0.95


def position(interview: Interview) -> tuple[int, int]:
    """Return the number of the current question, from 1, and how many there are."""
    return interview.place + 1, len(interview.order)


def milestone(interview: Interview) -> str:
    """Return, at the beginning of a round but the first, how far the person has come; else nothing."""
    done, total = interview.place, len(interview.order)
    if not done or done % ROUND or interview.finished:
        return ""
    left = total - done
    rounds, short = divmod(left, ROUND)
    ahead, noun = (rounds + bool(short), "round") if rounds else (left, "question")
    return f"{done} of {total}, {counted(ahead)} {noun}{'' if ahead == 1 else 's'} to go"


def minutes(questions: tuple[Question, ...]) -> int:
    """Return about how long these questions take: reading at 200 words a minute, five seconds to decide."""
    words = sum(len(question.text.split()) for question in questions) + sum(
        len(option.text.split()) for question in questions if question.scale is None for option in question.options
    )
    return max(1, round(words / _WORDS_PER_MINUTE + len(questions) * _SECONDS_TO_DECIDE / 60))


def as_sentence(title: str) -> str:
    """Return a pack's title with a stop behind it, unless it ends in one: many ask a question."""
    return title if title.endswith(("?", "!", ".")) else f"{title}."


def length(questions: tuple[Question, ...], to_go: str = "") -> str:
    """Return how many questions there are (`to_go`) and about how long they take."""
    return f"{several(len(questions), 'question')}{to_go}, about {several(minutes(questions), 'minute')}"


def opening(interview: Interview) -> str:
    """Return what the quiz is, how long it takes and how to leave it."""
    open_ones = tuple(question for question in interview.order if question.id not in interview.answers)
    to_go = " to go" if len(open_ones) < len(interview.order) else ""
    return (
        f"{as_sentence(interview.pack.title)} {length(open_ones, to_go)}. There are no wrong answers. "
        "Each answer is saved right away, so you can leave with q and come back later."
    )


def taken(question: Question, answer: str, *, kept: bool) -> str:
    """Return what was just taken for an answer, or that the earlier one was kept."""
    if answer == SKIP:
        return SKIPPED
    return f"{'Kept' if kept else 'Answered'}: {question.option(answer).text}"


def worth(path: str, first: float) -> str:
    """Return what a result would be worth now: the path that leads, and its probability of being first."""
    sure = "more than 95%" if first > _NEARLY else f"about {round(100 * first)}%"
    return (
        f"If you stop now, your result will most likely be {path} ({sure} sure). "
        "The questions left would probably not change that, but they would make it surer."
    )


def go_on(left: int) -> str:
    """Return the choice to answer the remaining questions."""
    return "Answer the last question" if left == 1 else f"Keep going with the {left} questions left"


def review_title(interview: Interview, *, sign: str = " (marked !)") -> str:
    """Return what stands above all answers, with how many were skipped and the sign that they bear."""
    skipped = sum(interview.answers.get(question.id) == SKIP for question in interview.order)
    marked = f" You skipped {counted(skipped)}{sign}." if skipped else ""
    return f"Your answers.{marked} Change any you like, then continue."


def by_theme(interview: Interview) -> Iterator[tuple[str, list[Question]]]:
    """Yield each theme of the pack that has questions in this interview, with these in their order."""
    for theme in interview.pack.themes:
        of_theme = [question for question in interview.order if question.theme == theme]
        if of_theme:
            yield theme, of_theme


def why(question: Question) -> str:
    """Return why a question is asked."""
    return f"Why we ask: {question.why or 'the author of this quiz gives no reason.'}"


def sources(pack: Pack, question: Question) -> list[Source]:
    """Return the sources of a question that the pack lists."""
    return [pack.source_by_id[source] for source in question.sources if source in pack.source_by_id]
