"""Who asks a person; `screen_asker` does it on a screen, `plain_asker` in lines of text.

Every method raises KeyboardInterrupt or EOFError when the person leaves. Those marked "step" raise Back
when the person wants the step before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pathfinder.pack import SKIP

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from pathfinder.answers.interview import Interview
    from pathfinder.pack import Pack


class Back(Exception):  # noqa: N818 - a wish, not an error
    """The person wants to return to the step before this one."""


class Left(KeyboardInterrupt):
    """The person leaves a list with marks, and this is what is marked."""

    def __init__(self, marked: tuple[str, ...]) -> None:
        super().__init__()
        self.marked = marked


def advance(interview: Interview, answer: str) -> Interview:
    """Record an option's id, or SKIP, and move on.

    Someone who returned to a question meets the ones after it again; an open question leads to the next
    open one, so that nobody who resumes is asked twice.
    """
    after = interview.skip() if answer == SKIP else interview.answer(answer)
    return after.at_first_open() if interview.given is None else after


class Asker(Protocol):
    """Asks a person. `notice` is a line to show until it is None again, such as a failure to save."""

    notice: str | None

    def stage(self) -> AbstractContextManager[None]:
        """Hold the terminal for a whole quiz, and give it back as it was."""

    def questions(
        self, interview: Interview, *, record: Callable[[Interview], None], pause: Callable[[Interview], bool]
    ) -> Interview:
        """Ask from the current question on, until all has been asked or `pause` says so after an answer.

        `record` is called after every answer and skip, before the next question is shown.
        """

    def change(self, interview: Interview, *, record: Callable[[Interview], None]) -> None:
        """Ask the current question alone; going back leaves its answer as it is."""

    def stop_early(self, left: int, worth: str) -> bool:
        """Offer to leave out the `left` remaining questions; `worth` says what the result would be worth now."""

    def review(self, interview: Interview, at: str) -> str | None:
        """Show all answers by theme, the question `at` first ("" for none); return the id to change, None to go on."""

    def matters_most(self, pack: Pack, chosen: Sequence[str]) -> tuple[str, ...]:
        """Ask for up to three dimensions, by id (step)."""

    def dealbreakers(self, pack: Pack, chosen: Sequence[str]) -> tuple[str, ...]:
        """Ask which paths the person would refuse, by id (step)."""

    def lean(self, pack: Pack, refused: Sequence[str], chosen: str | None) -> str | None:
        """Ask for the path the person leans to now, by id, or None for no idea (step)."""

    # What follows is asked outside a quiz too, where leaving raises InterruptionError.

    def resume(self, found: str) -> bool:
        """Ask whether to go on with what `found` describes (True) or to start over (False)."""

    def confirm(self, question: str) -> bool:
        """Ask a yes-or-no question whose harmless answer, and that of Esc, is no."""

    def line(
        self, question: str, check: Callable[[str], str | None], default: str = "", back: str | None = None
    ) -> str:
        """Ask for one line of text; `check` returns what is wrong with it, or None. Esc returns `back`, if there is one."""

    def pick_one(self, title: str, choices: Sequence[tuple[str, str]], at: str | None = None) -> str | None:
        """Ask for one of the choices, each a key and a label; return its key, None when the person is done here.

        `at` is the key that the pointer starts at.
        """

    def pick_filtered(self, title: str, choices: Sequence[tuple[str, str]]) -> str | None:
        """Ask as `pick_one` does, in a list that typing narrows down to the labels with all words typed."""

    def pick_many(
        self, title: str, choices: Sequence[tuple[str, str]], chosen: Sequence[str] = ()
    ) -> tuple[str, ...] | None:
        """Ask which of the choices to mark, `chosen` marked already; return their keys, None when the person goes back."""
