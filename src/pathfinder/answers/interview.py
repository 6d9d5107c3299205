"""The questions and the answers given so far, as immutable values; who asks, and on what, is not known here."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING, Any, Final

from pathfinder.pack import SKIP
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pathfinder.pack import Pack, Question

FORMAT: Final = 1

MOST_IMPORTANT: Final = 3
"""So many dimensions can matter most."""

ROUND: Final = 8
"""So many questions are asked theme by theme before the next round begins."""

STEPS: Final = ("1", "2", "3", "4", "5")
"""The options of a scale."""


@value
class AnswerSheet:
    """Everything that scoring reads about a person.

    `answers` maps a question's id to an option's id ("1" to "5" for a scale) or to SKIP; a question not
    yet asked is absent. `lean` is the path the person felt drawn to before seeing the result: it is
    shown beside the result and never scored.
    """

    pack: str
    answers: Mapping[str, str] = field(default_factory=dict)
    matters_most: tuple[str, ...] = ()
    does_not_matter: tuple[str, ...] = ()
    rule_out: tuple[str, ...] = ()
    lean: str | None = None


def sheet_to_data(sheet: AnswerSheet) -> dict[str, Any]:
    """Return the sheet as the contract's mapping, for JSON or YAML; steps of a scale are numbers 1 to 5.

    What the person said nothing about is left out.
    """
    answers = {question: int(answer) if answer in STEPS else answer for question, answer in sheet.answers.items()}
    data: dict[str, Any] = {"format": FORMAT, "pack": sheet.pack, "answers": answers}
    for key in ("matters_most", "does_not_matter", "rule_out"):
        if getattr(sheet, key):
            data[key] = list(getattr(sheet, key))
    if sheet.lean is not None:
        data["lean"] = sheet.lean
    return data


def answer_words(question: Question, answer: str | None) -> str:
    """Return an answer in words: the option's text, "skipped" or "not asked"."""
    if answer is None:
        return "not asked"
    return "skipped" if answer == SKIP else question.option(answer).text


@value
class Interview:
    """A run through some questions of a pack: `order` is what is asked, `place` where the person stands.

    Every step returns a new interview. `place` equals `len(order)` when all has been asked.
    """

    pack: Pack
    order: tuple[Question, ...]
    answers: Mapping[str, str] = field(default_factory=dict)
    place: int = 0

    @property
    def finished(self) -> bool:
        """Whether no question is left to ask."""
        return self.place >= len(self.order)

    @property
    def current(self) -> Question:
        """The question to ask now; raises IndexError when finished."""
        return self.order[self.place]

    @property
    def given(self) -> str | None:
        """The earlier answer to the current question: an option's id, SKIP, or None when there is none."""
        return self.answers.get(self.current.id)

    def answer(self, option: str) -> Interview:
        """Answer the current question and move on; raises KeyError when it has no such option."""
        self.current.index(option)
        return self._record(option)

    def skip(self) -> Interview:
        """Record that the current question gets no answer, and move on."""
        return self._record(SKIP)

    def back(self) -> Interview:
        """Return to the question before this one; on the first, stay."""
        return replace(self, place=max(0, self.place - 1))

    def at(self, question: str) -> Interview:
        """Move to a question by its id; raises KeyError when it is not in the order."""
        for place, each in enumerate(self.order):
            if each.id == question:
                return replace(self, place=place)
        raise KeyError(question)

    def at_first_open(self) -> Interview:
        """Move to the first question that has neither an answer nor a skip, or to the end."""
        for place, each in enumerate(self.order):
            if each.id not in self.answers:
                return replace(self, place=place)
        return replace(self, place=len(self.order))

    def sheet(self) -> AnswerSheet:
        """Return the answers so far as an answer sheet."""
        return AnswerSheet(pack=self.pack.id, answers=self.answers)

    def _record(self, answer: str) -> Interview:
        return replace(self, answers={**self.answers, self.current.id: answer}, place=self.place + 1)


def start(pack: Pack, order: tuple[Question, ...] | None = None, sheet: AnswerSheet | None = None) -> Interview:
    """Begin (or take up again) an interview at its first open question; `order` defaults to the pack's."""
    answers = dict(sheet.answers) if sheet else {}
    return Interview(pack=pack, order=pack.in_order if order is None else order, answers=answers).at_first_open()
