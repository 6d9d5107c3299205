"""The person at a screen: the running quiz, and Questionary for everything around it."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final

from pathfinder.ask import raw_terminal, words
from pathfinder.ask.asker import Back
from pathfinder.ask.layout import View, lay_out, view_of
from pathfinder.errors import InterruptionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output

    from pathfinder.answers.interview import Interview
    from pathfinder.ask.question import Screen
    from pathfinder.pack import Pack

YES_OR_NO: Final = {"y": True, "n": False}


class ScreenAsker:
    """Asks on the terminal, or on the input and output given (for tests)."""

    def __init__(self, source: Input | None = None, output: Output | None = None) -> None:
        self.notice: str | None = None
        self._source, self._output = source, output
        self._held: raw_terminal.Hold | None = None
        self._stage: ExitStack | None = None
        self._begun = self._entered = False

    @contextmanager
    def stage(self) -> Iterator[None]:
        """Hold the terminal for a whole quiz, and give it back as it was."""
        with ExitStack() as stack:
            stack.enter_context(raw_terminal.leaving_signals())
            if self._source is None and self._output is None:
                self._held = stack.enter_context(raw_terminal.held(raw_terminal.drawing_stream()))
            self._stage = stack
            try:
                yield
            finally:
                self._stage = self._held = None
                self._entered = False

    def questions(
        self, interview: Interview, *, record: Callable[[Interview], None], pause: Callable[[Interview], bool]
    ) -> Interview:
        """Ask from the current question on; see `Asker`."""
        view = View(interview=interview, opening=None if self._begun else words.opening(interview))
        if self._held and not self._begun:
            size = self._held.size
            first = view_of(view, interview, self.notice)
            self._held.draw(lay_out(first, size.columns, size.lines, self._held.marks))
        self._begun = True
        return self._screen(view, record, pause).run()

    def change(self, interview: Interview, *, record: Callable[[Interview], None]) -> None:
        """Ask the current question alone; see `Asker`."""
        self._screen(View(interview=interview, alone=True), record, lambda _: True).run()

    def stop_early(self, left: int, worth: str) -> bool:
        """Offer to leave out the rest; see `Asker`."""
        self._enter()
        from pathfinder.ask import pickers

        return pickers.stop_early(self._told(worth), words.go_on(left))

    def review(self, interview: Interview, at: str) -> str | None:
        """Show all answers by theme; see `Asker`."""
        self._enter()
        from pathfinder.ask import pickers

        return pickers.review(self._told(words.review_title(interview)), interview, at)

    def matters_most(self, pack: Pack, chosen: Sequence[str]) -> tuple[str, ...]:
        """Ask for up to three dimensions; see `Asker`."""
        self._enter()
        from pathfinder.ask import pickers

        return pickers.dimensions(self._told(words.MATTERS_MOST), pack, chosen)

    def dealbreakers(self, pack: Pack, chosen: Sequence[str]) -> tuple[str, ...]:
        """Ask which paths are refused; see `Asker`."""
        self._enter()
        from pathfinder.ask import pickers

        return pickers.paths(self._told(words.DEALBREAKERS), pack, chosen)

    def lean(self, pack: Pack, refused: Sequence[str], chosen: str | None) -> str | None:
        """Ask for the path the person leans to; see `Asker`."""
        self._enter()
        from pathfinder.ask import pickers

        paths = [path for path in pack.paths if path.id not in refused] or list(pack.paths)
        choices = [*((path.name, path.id) for path in paths), (words.NO_IDEA, "")]
        before = chosen if chosen in {path.id for path in paths} else ""
        return pickers.pick(self._told(words.LEAN), choices, pickers.BACK, at=before, back=Back()) or None

    def resume(self, found: str) -> bool:
        """Ask whether to go on with an earlier quiz; see `Asker`."""
        with self._inline():
            from pathfinder.ask import pickers

            choices = [(words.RESUME, True), (words.START_OVER, False)]
            return bool(pickers.pick(found, choices, [pickers.LEAVE]))

    def confirm(self, question: str) -> bool:
        """Ask for a yes or no; see `Asker`."""
        with self._inline():
            from pathfinder.ask import pickers

            return bool(
                pickers.pick(question, [("No", False), ("Yes", True)], [pickers.LEAVE], back=False, letters=YES_OR_NO)
            )

    def line(
        self, question: str, check: Callable[[str], str | None], default: str = "", back: str | None = None
    ) -> str:
        """Ask for one line; see `Asker`."""
        with self._inline():
            from pathfinder.ask import pickers

            return pickers.line(question, check, default, back)

    def pick_one(self, title: str, choices: Sequence[tuple[str, str]], at: str | None = None) -> str | None:
        """Ask for one of the choices; see `Asker`."""
        with self._inline():
            from pathfinder.ask import pickers

            pairs = [(label, key) for key, label in choices]
            picked = pickers.pick(title, pairs, pickers.DONE, at=at, back=None, done=None)
            return None if picked is None else str(picked)

    def pick_filtered(self, title: str, choices: Sequence[tuple[str, str]]) -> str | None:
        """Ask for one of the choices in a list that typing narrows down; see `Asker`."""
        with self._inline():
            from pathfinder.ask import pickers

            return pickers.narrow_down(title, choices)

    def pick_many(
        self, title: str, choices: Sequence[tuple[str, str]], chosen: Sequence[str] = ()
    ) -> tuple[str, ...] | None:
        """Ask which of the choices to mark; see `Asker`."""
        with self._inline():
            from pathfinder.ask import pickers

            return pickers.several_of(title, choices, chosen)

    def _told(self, message: str) -> str:
        return f"! {self.notice}\n\n{message}" if self.notice else message

    def _screen(self, view: View, record: Callable[[Interview], None], pause: Callable[[Interview], bool]) -> Screen:
        self._enter()
        from pathfinder.ask.question import Screen

        return Screen(view, record=record, pause=pause, notice=lambda: self.notice)

    def _enter(self) -> None:
        """Let prompt_toolkit have the terminal from now on, until the stage ends."""
        if self._stage is not None and not self._entered:
            self._stage.enter_context(_session(self._source, self._output, held=self._held is not None))
            self._entered = True

    @contextmanager
    def _inline(self) -> Iterator[None]:
        """Prompt outside a quiz: in the normal screen, and leaving is an error with its own exit code."""
        try:
            with raw_terminal.leaving_signals(), _session(self._source, self._output, held=False):
                yield
        except (KeyboardInterrupt, EOFError):
            raise InterruptionError(words.LEFT) from None


def _session(source: Input | None, output: Output | None, *, held: bool) -> AbstractContextManager[None]:
    from pathfinder.ask import toolkit

    return toolkit.session(source, output, held=held)
