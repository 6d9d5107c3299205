"""A whole quiz with a person: the questions, the review, what matters, dealbreakers, the lean."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pathfinder.ask.asker import Back, Left
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pathfinder.answers.interview import AnswerSheet, Interview
    from pathfinder.ask.asker import Asker

# What reading and drawing give when the terminal has been closed: every answer is saved, and nobody is there to tell.
_GONE: Final = frozenset({errno.EIO, errno.EBADF, errno.ENXIO, errno.EPIPE})


@value
class Taken:
    """What came of a quiz: the sheet as last given to `save`.

    `left` says that the person went away before the end; `notice` is what the last `save` had to say.
    """

    sheet: AnswerSheet
    left: bool = False
    notice: str | None = None


def take_quiz(
    interview: Interview,
    *,
    asker: Asker,
    save: Callable[[AnswerSheet], str | None],
    offer: Callable[[Interview], str | None] = lambda _interview: None,
    sheet: AnswerSheet | None = None,
) -> Taken:
    """Take a person through the quiz, from the interview's current question to the end.

    `save` gets the sheet after every answer, before the next question is shown, and after every later step; it
    returns None, or a line that is shown at once while the quiz goes on. `offer` is asked after each answer
    whether to offer to stop, until it has said so once: it returns what the result would be worth now, or None.
    `sheet` holds the later answers of a resumed quiz. Leaving at any point keeps everything.
    """
    run = _Run(interview, sheet or interview.sheet(), save, offer, asker)
    left = False
    try:
        with asker.stage():
            run.questions()
            run.later_steps()
    except (KeyboardInterrupt, EOFError):
        left = True
    except OSError as error:
        if error.errno not in _GONE:
            raise
        left = True
    return Taken(sheet=run.sheet, left=left, notice=asker.notice)


class _Run:
    """The state of one quiz; the only thing in it that changes is what the person has said so far."""

    def __init__(
        self,
        interview: Interview,
        sheet: AnswerSheet,
        save: Callable[[AnswerSheet], str | None],
        offer: Callable[[Interview], str | None],
        asker: Asker,
    ) -> None:
        self.interview, self.asker = interview, asker
        self.sheet = replace(sheet, answers=dict(interview.answers))
        self._save, self._offer = save, offer
        self._worth: str | None = None

    def questions(self) -> None:
        while not self.interview.finished:
            self.interview = self.asker.questions(self.interview, record=self._record, pause=self._pause)
            if not self.interview.finished and self.asker.stop_early(self._open(), self._worth or ""):
                return

    def later_steps(self) -> None:
        steps = (self._review, self._matters_most, self._dealbreakers, self._lean)
        place = 0
        while place < len(steps):
            try:
                steps[place]()
            except Back:
                place -= 1
            else:
                place += 1

    def _open(self) -> int:
        return sum(question.id not in self.interview.answers for question in self.interview.order)

    def _pause(self, interview: Interview) -> bool:
        if self._worth is not None or interview.finished:
            return False
        self._worth = self._offer(interview)
        return self._worth is not None

    def _record(self, interview: Interview) -> None:
        self.interview = interview
        self._keep(replace(self.sheet, answers=dict(interview.answers)))

    def _keep(self, sheet: AnswerSheet) -> None:
        self.sheet = sheet
        self.asker.notice = self._save(sheet)

    def _review(self) -> None:
        end, question = len(self.interview.order), ""
        while (picked := self.asker.review(self.interview, question)) is not None:
            question = picked
            self.asker.change(
                self.interview.at(question), record=lambda changed: self._record(replace(changed, place=end))
            )

    def _matters_most(self) -> None:
        sheet = self.sheet
        with self._leaving(lambda marked: replace(sheet, matters_most=marked)):
            chosen = self.asker.matters_most(self.interview.pack, sheet.matters_most)
        self._keep(replace(sheet, matters_most=chosen))

    def _dealbreakers(self) -> None:
        sheet = self.sheet
        with self._leaving(lambda marked: replace(sheet, rule_out=marked)):
            chosen = self.asker.dealbreakers(self.interview.pack, sheet.rule_out)
        self._keep(replace(sheet, rule_out=chosen))

    @contextmanager
    def _leaving(self, changed: Callable[[tuple[str, ...]], AnswerSheet]) -> Iterator[None]:
        """Keep what is marked when the person leaves in the middle of a list."""
        try:
            yield
        except Left as left:
            self._keep(changed(left.marked))
            raise

    def _lean(self) -> None:
        chosen = self.asker.lean(self.interview.pack, self.sheet.rule_out, self.sheet.lean)
        self._keep(replace(self.sheet, lean=chosen))
