"""The sentences that the screen and the plain prompts share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pathfinder.pack import SKIP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathfinder.answers.interview import Interview
    from pathfinder.pack import Pack, Question, Source

MOST: Final = 3
"""How many dimensions may matter most."""

MATTERS_MOST: Final = "What matters most to you? Choose up to three; they count half as much again."
TOO_MANY: Final = "Three at most: take one away first."
DEALBREAKERS: Final = "Is there a path you would refuse? It will be shown, but not ranked."
LEAN: Final = "Before you see the result: which path do you lean to now? It does not change the result."
NO_IDEA: Final = "No idea yet"
NONE: Final = "None of them"

_WORDS_PER_MINUTE: Final = 200
_SECONDS_TO_DECIDE: Final = 5


def title(theme: str) -> str:
    """Return a theme as people read it: "work-life" becomes "Work life"."""
    spaced = theme.replace("-", " ").replace("_", " ").strip()
    return spaced[:1].upper() + spaced[1:]


def position(interview: Interview) -> tuple[int, int]:
    """Return the number of the current question, from 1, and how many there are."""
    return interview.place + 1, len(interview.order)


def minutes(questions: tuple[Question, ...]) -> int:
    """Return about how long these questions take: reading at 200 words a minute, five seconds to decide."""
    words = sum(
        len(f"{each.text} {' '.join(o.text for o in each.options if each.scale is None)}".split()) for each in questions
    )
    return max(1, round(words / _WORDS_PER_MINUTE + len(questions) * _SECONDS_TO_DECIDE / 60))


def as_sentence(title: str) -> str:
    """Return a pack's title with a stop behind it, unless it ends in one: many ask a question."""
    return title if title.endswith(("?", "!", ".")) else f"{title}."


def length(questions: tuple[Question, ...], to_go: str = "") -> str:
    """Return how many questions there are (`to_go`) and about how long they take."""
    many, time = len(questions), minutes(questions)
    return f"{many} question{'' if many == 1 else 's'}{to_go}, about {time} minute{'' if time == 1 else 's'}"


def opening(interview: Interview) -> str:
    """Return what the quiz is, how long it takes and how to leave it."""
    open_ones = tuple(each for each in interview.order if each.id not in interview.answers)
    to_go = " to go" if len(open_ones) < len(interview.order) else ""
    return (
        f"{as_sentence(interview.pack.title)} {length(open_ones, to_go)}. "
        "No answer is right or wrong. Each is saved as you give it; q leaves, and you can come back."
    )


def stop_early(left: int) -> str:
    """Return the offer to leave out the remaining questions."""
    rest = "The last question" if left == 1 else f"The {left} questions left"
    return f"Your answers already lean clearly one way. {rest} would probably not change it, but would make it surer."


def go_on(left: int) -> str:
    """Return the choice to answer the remaining questions."""
    return f"Go on with the {left} question{'' if left == 1 else 's'} left"


STOP: Final = "Stop here and review my answers"


def given(question: Question, answer: str | None) -> str:
    """Return an answer in words: the option's text, "skipped" or "not asked"."""
    if answer is None:
        return "not asked"
    return "skipped" if answer == SKIP else question.option(answer).text


def by_theme(interview: Interview) -> Iterator[tuple[str, list[Question]]]:
    """Yield each theme of the pack that has questions in this interview, with these in their order."""
    for theme in interview.pack.themes:
        of_theme = [each for each in interview.order if each.theme == theme]
        if of_theme:
            yield theme, of_theme


def sources(pack: Pack, question: Question) -> list[Source]:
    """Return the sources of a question that the pack lists."""
    return [pack.source_by_id[each] for each in question.sources if each in pack.source_by_id]


REVIEW: Final = "Your answers. Change any, then go on."
REVIEWED: Final = "All right: go on"
RESUME: Final = "Go on where I left off"
AFRESH: Final = "Start afresh"
