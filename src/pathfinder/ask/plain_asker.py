"""The same quiz in lines of text: for screen readers, simple terminals and anyone who likes it better."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from pathfinder.answers.interview import MOST_IMPORTANT, answer_words
from pathfinder.ask import words
from pathfinder.ask.asker import Back, advance
from pathfinder.ask.plain_lines import Lines, number_in
from pathfinder.ask.raw_terminal import leaving_signals
from pathfinder.errors import InterruptionError
from pathfinder.pack import SKIP
from pathfinder.text import title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from typing import TextIO

    from pathfinder.answers.interview import Interview
    from pathfinder.pack import Pack, Question

_HELP: Final = (
    "Type the number of your answer and press Enter. You can also type b to go back, s to skip, "
    "? to see why we ask (twice for the sources), or q to save and leave."
)
_OPTIONAL: Final = "Number, or Enter when you are done"


class PlainAsker:
    """Asks in lines, on the terminal or on the streams given; the end of the input means leaving."""

    def __init__(self, source: TextIO | None = None, output: TextIO | None = None, width: int | None = None) -> None:
        self._lines = Lines(source, output, width)
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
            self._lines.say(f"Warning: {line}")

    def stage(self) -> AbstractContextManager[None]:
        """Let SIGTERM and SIGHUP end the quiz in good order."""
        return leaving_signals()

    def questions(
        self, interview: Interview, *, record: Callable[[Interview], None], pause: Callable[[Interview], bool]
    ) -> Interview:
        """Ask from the current question on; see `Asker`."""
        if not self._opened:
            self._lines.say(words.opening(interview), "", _HELP)
            self._opened = True
        while not interview.finished:
            if milestone := words.milestone(interview):
                self._lines.say("", f"{milestone}.")
            try:
                interview = advance(interview, self._question(interview))
            except Back:
                if not interview.place:
                    self._lines.say("This is the first question.")
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
            self._lines.say("Left as it was.")

    def stop_early(self, left: int, worth: str) -> bool:
        """Offer to leave out the rest; see `Asker`."""
        go_on, stop = f"{words.GO_ON}: {words.go_on(left)}", f"{words.STOP_HERE}: {words.STOP}"
        self._lines.say("", worth, go_on, stop)
        while True:
            try:
                typed = self._lines.command(f"Letter, or Enter for {words.GO_ON}")
            except Back:
                return False
            if typed in {"", words.GO_ON, words.STOP_HERE}:
                return typed == words.STOP_HERE
            self._lines.say(f"Type {words.GO_ON} or {words.STOP_HERE}, or q to save and leave.")

    def review(self, interview: Interview, at: str) -> str | None:  # noqa: ARG002 - there is no pointer
        """Show all answers by theme; see `Asker`."""
        listed: list[Question] = []
        self._lines.say("", words.review_title(interview, sign=""))
        for theme, questions in words.by_theme(interview):
            self._lines.say("", f"{title(theme)}:")
            for question in questions:
                listed.append(question)
                answer = interview.answers.get(question.id)
                self._lines.item(len(listed), f"{question.text} Answer: {answer_words(question, answer)}")
        self._lines.say("")
        while True:
            try:
                chosen = self._lines.number("Number of an answer to change, or Enter to continue", len(listed), empty=0)
            except Back:  # The questions are behind it, and each has a number here.
                continue
            return listed[chosen - 1].id if chosen else None

    def matters_most(self, pack: Pack, chosen: Sequence[str]) -> tuple[str, ...]:
        """Ask for up to three dimensions; see `Asker`."""
        pairs = [(dimension.id, dimension.name) for dimension in pack.dimensions_in_order]
        return self._lines.some(words.MATTERS_MOST, pairs, chosen, MOST_IMPORTANT)

    def dealbreakers(self, pack: Pack, chosen: Sequence[str]) -> tuple[str, ...]:
        """Ask which paths are refused; see `Asker`."""
        return self._lines.some(words.DEALBREAKERS, [(path.id, path.name) for path in pack.paths], chosen)

    def lean(self, pack: Pack, refused: Sequence[str], chosen: str | None) -> str | None:
        """Ask for the path the person leans to; see `Asker`."""
        paths = [path for path in pack.paths if path.id not in refused] or list(pack.paths)
        before = next((place for place, path in enumerate(paths) if path.id == chosen), len(paths))
        titles = [*(path.name for path in paths), words.NO_IDEA]
        place = self._lines.pick(words.LEAN, titles, f"Number, b for back, or Enter for {before + 1}", before)
        return paths[place].id if place < len(paths) else None

    def resume(self, found: str) -> bool:
        """Ask whether to go on with an earlier quiz; see `Asker`."""
        with self._outside():
            return self._lines.pick(found, [words.RESUME, words.START_OVER], "Number, or Enter for 1", 0) == 0

    def confirm(self, question: str) -> bool:
        """Ask for a yes or no; see `Asker`."""
        with self._outside():
            try:
                return self._lines.pick(question, ["No", "Yes"], "Number, or Enter for no", 0) == 1
            except Back:
                return False

    def line(
        self, question: str, check: Callable[[str], str | None], default: str = "", back: str | None = None
    ) -> str:
        """Ask for one line; see `Asker`."""
        with self._outside():
            while True:
                told = f"Enter for {default}" if default else ""
                told = ", ".join(filter(None, [told, "b for back" if back is not None else ""]))
                typed = self._lines.read(f"{question} ({told})" if told else question) or default
                if back is not None and typed.lower() == "b":
                    return back
                wrong = check(typed)
                if wrong is None:
                    return typed
                self._lines.say(wrong)

    def pick_one(self, title: str, choices: Sequence[tuple[str, str]], at: str | None = None) -> str | None:  # noqa: ARG002
        """Ask for one of the choices; see `Asker`."""
        with self._outside():
            try:
                place = self._lines.pick(title, [label for _, label in choices], _OPTIONAL, -1)
            except (Back, KeyboardInterrupt):
                return None
            return choices[place][0] if place >= 0 else None

    def pick_filtered(self, title: str, choices: Sequence[tuple[str, str]]) -> str | None:
        """Ask for one of the choices, which typed words narrow down; see `Asker`."""
        with self._outside():
            shown = list(choices)
            while True:
                self._lines.say("", title)
                for number, (_, label) in enumerate(shown, start=1):
                    self._lines.item(number, label)
                try:
                    typed = self._lines.command("Number, words to search for, or Enter to go back")
                except (Back, KeyboardInterrupt):
                    return None
                if not typed:
                    return None
                picked = number_in(typed)
                if picked and picked <= len(shown):
                    return shown[picked - 1][0]
                shown = [pair for pair in choices if all(word in pair[1].lower() for word in typed.split())]
                if not shown:
                    self._lines.say("Nothing fits.")
                    shown = list(choices)

    def pick_many(
        self, title: str, choices: Sequence[tuple[str, str]], chosen: Sequence[str] = ()
    ) -> tuple[str, ...] | None:
        """Ask which of the choices to mark; see `Asker`."""
        with self._outside():
            try:
                return self._lines.some(title, choices, chosen)
            except Back:
                return None

    def _question(self, interview: Interview) -> str:
        """Return an option's id or SKIP; raises Back."""
        question, (place, total) = interview.current, words.position(interview)
        self._lines.say("", f"Question {place} of {total}. {title(question.theme)}.", question.text)
        for place, option in enumerate(question.options, start=1):
            self._lines.item(place, option.text)
        if interview.given == SKIP:
            self._lines.say(f"{words.SKIPPED_BEFORE} Enter leaves it skipped.")
        elif interview.given is not None:
            self._lines.say(f"Your answer so far: {answer_words(question, interview.given)}. Enter keeps it.")
        told = 0
        while True:
            typed = self._lines.command(f"Answer (1-{len(question.options)}, b, s, ?, q)")
            if typed == "?":
                told = self._why(interview, told)
            elif (answer := self._meant(interview, typed)) is not None:
                self._lines.say(words.taken(question, answer, kept=not typed))
                return answer

    def _meant(self, interview: Interview, typed: str) -> str | None:
        """Return the answer that a line means, or None when it means none, after saying why."""
        options = interview.current.options
        if not typed and interview.given is not None:
            return interview.given
        if typed in {"s", "skip"}:
            if interview.given in {None, SKIP} or self._clears():
                return SKIP
            self._lines.say("Not cleared.")
        elif (number := number_in(typed)) and number <= len(options):
            return options[number - 1].id
        else:
            self._lines.say(f"Choose one first: type a number from 1 to {len(options)}. {_HELP}")
        return None

    def _clears(self) -> bool:
        return self._lines.command(f"{words.CLEAR} y clears it, Enter keeps it") in {"y", "yes"}

    def _why(self, interview: Interview, told: int) -> int:
        """Say why a question is asked, and the second time the sources; return how often that was asked."""
        sources = words.sources(interview.pack, interview.current)
        if told % 2 == 0 or not sources:
            self._lines.say(words.why(interview.current))
        else:
            for source in sources:
                self._lines.say(f"Source: {source.reference}.", *([source.url] if source.url else []))
        return told + 1

    @contextmanager
    def _outside(self) -> Iterator[None]:
        try:
            with leaving_signals():
                yield
        except (KeyboardInterrupt, EOFError, Back):
            raise InterruptionError(words.LEFT) from None
