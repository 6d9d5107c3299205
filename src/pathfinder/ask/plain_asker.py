"""The same quiz in lines of text: for screen readers, simple terminals and anyone who likes it better.

Nothing is redrawn, no control sequence is written, and no sign or colour carries a meaning.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from pathfinder.ask import words
from pathfinder.ask.asker import Back, advance
from pathfinder.ask.layout import WIDEST
from pathfinder.ask.marks import marks_for
from pathfinder.ask.raw_terminal import drawing_stream, leaving_signals
from pathfinder.ask.wrapping import wrap
from pathfinder.errors import InterruptionError
from pathfinder.pack import SKIP

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from contextlib import AbstractContextManager
    from typing import TextIO

    from pathfinder.answers.interview import Interview
    from pathfinder.pack import Pack, Question

_LEAVE: Final = frozenset({"q", "quit", "exit"})
_BACK: Final = frozenset({"b", "back"})
_KEEPS_LEFT: Final = "Left; nothing was changed."


class PlainAsker:
    """Asks in lines, on the terminal or on the streams given; the end of the input means leaving."""

    def __init__(self, source: TextIO | None = None, output: TextIO | None = None, width: int | None = None) -> None:
        self._source, self._output = source or sys.stdin, output or drawing_stream()
        self._marks = marks_for(getattr(self._output, "encoding", None) or "utf-8", os.environ)
        self._width = width or min(WIDEST, shutil.get_terminal_size().columns)
        self._notice: str | None = None
        self._opened = False

    @property
    def notice(self) -> str | None:
        """The line to show, such as a failure to save; setting it shows it at once."""
        return self._notice

    @notice.setter
    def notice(self, line: str | None) -> None:
        self._notice = line
        if line:
            self._say(f"Warning: {line}")

    def stage(self) -> AbstractContextManager[None]:
        """Let SIGTERM and SIGHUP end the quiz in good order."""
        return leaving_signals()

    def questions(
        self, interview: Interview, *, record: Callable[[Interview], None], pause: Callable[[Interview], bool]
    ) -> Interview:
        """Ask from the current question on; see `Asker`."""
        if not self._opened:
            self._say(words.opening(interview), "", _HELP)
            self._opened = True
        while not interview.finished:
            try:
                interview = advance(interview, self._question(interview))
            except Back:
                if not interview.place:
                    self._say("This is the first question.")
                interview = interview.back()
                continue
            record(interview)
            if pause(interview):
                break
        return interview

    def change(self, interview: Interview, *, record: Callable[[Interview], None]) -> None:
        """Ask the current question alone; see `Asker`."""
        try:
            record(advance(interview, self._question(interview)))
        except Back:
            self._say("Left as it was.")

    def stop_early(self, left: int) -> bool:
        """Offer to leave out the rest; see `Asker`."""
        return self._pick(words.stop_early(left), [words.go_on(left), words.STOP], "Number") == 1

    def review(self, interview: Interview) -> str | None:
        """Show all answers by theme; see `Asker`."""
        listed: list[Question] = []
        self._say("", words.REVIEW)
        for theme, questions in words.by_theme(interview):
            self._say("", f"{words.title(theme)}:")
            for question in questions:
                listed.append(question)
                answer = words.given(question, interview.answers.get(question.id))
                self._item(len(listed), f"{question.text} Answer: {answer}")
        self._say("")
        chosen = self._number("Number of an answer to change, or Enter to go on", len(listed), empty=0)
        return listed[chosen - 1].id if chosen else None

    def matters_most(self, pack: Pack, chosen: Sequence[str]) -> tuple[str, ...]:
        """Ask for up to three dimensions; see `Asker`."""
        listed = [each for theme in pack.themes for each in pack.dimensions if each.theme == theme]
        names = [(each.id, each.name) for each in listed]
        return self._some(words.MATTERS_MOST, names, chosen, words.MOST)

    def dealbreakers(self, pack: Pack, chosen: Sequence[str]) -> tuple[str, ...]:
        """Ask which paths are refused; see `Asker`."""
        names = [(each.id, each.name) for each in pack.paths]
        return self._some(words.DEALBREAKERS, names, chosen, len(names))

    def lean(self, pack: Pack, refused: Sequence[str], chosen: str | None) -> str | None:
        """Ask for the path the person leans to; see `Asker`."""
        paths = [each for each in pack.paths if each.id not in refused] or list(pack.paths)
        before = next((place for place, each in enumerate(paths) if each.id == chosen), len(paths))
        titles = [*(each.name for each in paths), words.NO_IDEA]
        place = self._pick(words.LEAN, titles, f"Number, b for back, or Enter for {before + 1}", before)
        return paths[place].id if place < len(paths) else None

    def resume(self, found: str) -> bool:
        """Ask whether to go on with an earlier quiz; raises InterruptionError when the person leaves."""
        with self._outside():
            return self._pick(found, [words.RESUME, words.AFRESH], "Number") == 0

    def confirm(self, question: str) -> bool:
        """Ask for a yes or no; raises InterruptionError when the person leaves."""
        with self._outside():
            return self._pick(question, ["No", "Yes"], "Number, or Enter for no", 0) == 1

    def line(self, question: str, check: Callable[[str], str | None], default: str = "") -> str:
        """Ask for one line; raises InterruptionError when the person leaves."""
        with self._outside():
            while True:
                said = self._read(question + (f" (Enter for {default})" if default else "")) or default
                wrong = check(said)
                if wrong is None:
                    return said
                self._say(wrong)

    def _question(self, interview: Interview) -> str:
        """Return an option's id or SKIP; raises Back."""
        question, (place, total) = interview.current, words.position(interview)
        self._say("", f"Question {place} of {total}. {words.title(question.theme)}.", question.text)
        for place, option in enumerate(question.options, start=1):
            self._item(place, option.text)
        if interview.given is not None:
            self._say(f"Your answer so far: {words.given(question, interview.given)}. Enter keeps it.")
        while True:
            said = self._command("Answer", question.options)
            if said == "?":
                self._why(interview)
            elif said in {"s", "skip"} or (not said and interview.given == SKIP):
                self._say("Skipped.")
                return SKIP
            elif not said and interview.given is not None:
                self._say(f"Kept: {words.given(question, interview.given)}")
                return interview.given
            elif (number := _typed(said)) and number <= len(question.options):
                option = question.options[number - 1]
                self._say(f"You answered: {option.text}")
                return option.id
            else:
                self._say(f"Type a number from 1 to {len(question.options)}. {_HELP}")

    def _why(self, interview: Interview) -> None:
        question = interview.current
        self._say(f"Why this is asked: {question.why or 'the author gives no reason.'}")
        for source in words.sources(interview.pack, question):
            self._say(f"Source: {source.reference}.", *([source.url] if source.url else []))

    def _pick(self, message: str, titles: Sequence[str], told: str, empty: int | None = None) -> int:
        """Return the place of the title chosen; `empty` is what Enter alone chooses."""
        self._say("", message)
        for number, title in enumerate(titles, start=1):
            self._item(number, title)
        return self._number(told, len(titles), None if empty is None else empty + 1) - 1

    def _number(self, told: str, last: int, empty: int | None) -> int:
        while True:
            said = self._command(told)
            if not said and empty is not None:
                return empty
            if (number := _typed(said)) and number <= last:
                return number
            self._say(f"Type a number from 1 to {last}, or q to leave.")

    def _some(
        self, message: str, names: Sequence[tuple[str, str]], chosen: Collection[str], most: int
    ) -> tuple[str, ...]:
        self._say("", message)
        for number, (_, name) in enumerate(names, start=1):
            self._item(number, name)
        before = [str(number) for number, (each, _) in enumerate(names, start=1) if each in chosen]
        kept = f"Enter keeps {', '.join(before)}, 0 for none" if before else "or Enter for none"
        while True:
            said = self._command(f"Numbers with spaces between, b for back, {kept}").replace(",", " ").split() or before
            typed = [_typed(each) for each in said]
            numbers = sorted({each for each in typed if each})
            if None in typed or (numbers and numbers[-1] > len(names)):
                self._say(f"Type numbers from 1 to {len(names)}.")
            elif len(numbers) > most:
                self._say(f"{most} at most.")
            else:
                picked = [names[each - 1] for each in numbers]
                self._say(f"You chose: {', '.join(name for _, name in picked) or 'none'}.")
                return tuple(each for each, _ in picked)

    def _command(self, told: str, options: Sequence[object] = ()) -> str:
        """Read a line; raises KeyboardInterrupt on q, Back on b, EOFError at Ctrl-C and at the end of the input."""
        said = self._read(f"{told} (1-{len(options)}, b, s, ?, q)" if options else told).lower()
        if said in _LEAVE:
            raise KeyboardInterrupt
        if said in _BACK:
            raise Back
        return said

    def _read(self, told: str) -> str:
        told = told if told.endswith(("?", ":")) else f"{told}:"
        try:
            print(self._broken(told), end=" ", file=self._output, flush=True)
            line = self._source.readline()
        except KeyboardInterrupt:
            line = ""
        if not line:
            self._say("")
            raise EOFError
        return line.strip()

    def _item(self, number: int, text: str) -> None:
        lead = f"{number}. "
        print(lead + self._broken(text, len(lead)), file=self._output)

    def _say(self, *lines: str) -> None:
        for line in lines:
            print(self._broken(line), file=self._output)

    def _broken(self, text: str, hang: int = 0) -> str:
        return ("\n" + " " * hang).join(wrap(self._marks.clean(text), max(8, self._width - hang - 1)))

    @contextmanager
    def _outside(self) -> Iterator[None]:
        try:
            with leaving_signals():
                yield
        except (KeyboardInterrupt, EOFError, Back):
            raise InterruptionError(_KEEPS_LEFT) from None


_DIGITS: Final = 9


def _typed(said: str) -> int | None:
    """Return the number that was typed, None when it is none or far too long to be meant."""
    return int(said) if said.isdecimal() and len(said) <= _DIGITS else None


_HELP: Final = (
    "Type the number of your answer and press Enter. Instead of a number: b goes back, s skips, "
    "? says why the question is asked, q saves and leaves."
)
