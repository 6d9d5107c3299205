"""The running quiz: one application that stays on screen from the first question to the last."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.data_structures import Point
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, Layout, Window

from pathfinder.ask.asker import advance
from pathfinder.ask.layout import REASONS, Page, View, opened, page, typed
from pathfinder.ask.toolkit import ESCAPE_SECONDS, STYLE, leave, marks_of
from pathfinder.pack import SKIP

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.data_structures import Size
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyPressEvent

    from pathfinder.answers.interview import Interview

_PASTED: Final = {"\n": Keys.ControlM, "\r": Keys.ControlM}
_KEYS: Final = frozenset("0123456789bsjkq?") | _PASTED.keys()


class Screen:
    """Asks the questions of the view's interview, from the current one on, and ends with the interview after them.

    `record` hears of every answer before the next question is drawn; `notice` gives the line to show then;
    `pause` may end the run after an answer. A view that is `alone` asks its current question only.
    """

    def __init__(
        self,
        view: View,
        *,
        record: Callable[[Interview], None],
        pause: Callable[[Interview], bool],
        notice: Callable[[], str | None],
    ) -> None:
        self._record, self._pause, self._notice = record, pause, notice
        self._view = view
        self._drawn: tuple[View, Size | None, Page | None] = (view, None, None)
        self._cursor_at = 0
        self._show(view.interview)

    def run(self) -> Interview:
        """Ask until done; raises KeyboardInterrupt when the person leaves and EOFError when the terminal is gone."""
        control = FormattedTextControl(self._text, focusable=True, show_cursor=False, get_cursor_position=self._cursor)
        app: Application[Interview] = Application(
            layout=Layout(Window(control, always_hide_cursor=True)),
            key_bindings=self._bindings(),
            style=STYLE,
            include_default_pygments_style=False,
            full_screen=True,
            erase_when_done=True,
        )
        app.ttimeoutlen = ESCAPE_SECONDS
        self._marks = marks_of(app.output)
        # Signals are handled for the whole quiz, by `hold`.
        return app.run(handle_sigint=False)

    def _page(self) -> Page:
        size = get_app().output.get_size()
        # Keys ask for it, too.
        view, of, drawn = self._drawn
        if drawn is None or view is not self._view or of != size:
            drawn = page(self._view, size.columns, size.rows, self._marks)
            self._drawn = (self._view, size, drawn)
        return drawn

    def _text(self) -> StyleAndTextTuples:
        text: StyleAndTextTuples = []
        drawn = self._page()
        self._cursor_at = drawn.cursor or 0
        for number, line in enumerate(drawn.lines):
            if number:
                text.append(("", "\n"))
            text.extend(line)
        return text

    def _cursor(self) -> Point:
        # Hidden, but magnifiers and braille displays follow it. Of the text that is being drawn: since it was asked
        # for, the terminal may have got another size.
        return Point(0, self._cursor_at)

    def _show(self, interview: Interview) -> None:
        self._view = opened(self._view, interview, self._notice())

    def _move(self, step: int) -> None:
        drawn = self._page()
        chosen = self._view.selected + step
        if drawn.lift or not 0 <= chosen < len(self._view.interview.current.options):
            lift = drawn.lift - step if step > 0 or drawn.room else drawn.lift
            self._view = replace(self._view, lift=max(0, lift), typed="")
        else:
            self._view = replace(self._view, selected=chosen, lift=0, typed="")

    def _select(self, place: int) -> None:
        self._view = replace(self._view, selected=place, lift=0, typed="")

    def _digit(self, event: KeyPressEvent) -> None:
        options = self._view.interview.current.options
        waiting, place = typed(self._view.typed, event.data, len(options))
        if place is None:
            self._view = replace(self._view, typed=waiting)
            if waiting:
                self._view = replace(self._view, selected=int(waiting) - 1, lift=0)
        else:
            self._after(event, options[place].id)

    def _enter(self, event: KeyPressEvent) -> None:
        if self._page().cursor is None:  # Nobody answers what is out of sight.
            self._view = replace(self._view, lift=0)
            return
        self._after(event, self._view.interview.current.options[self._view.selected].id)

    def _skip(self, event: KeyPressEvent) -> None:
        self._after(event, SKIP)

    def _after(self, event: KeyPressEvent, answer: str) -> None:
        interview = advance(self._view.interview, answer)
        # An exception in a key's handler would only be printed by the event loop: it ends the run instead.
        try:
            self._record(interview)
            done = self._view.alone or interview.finished or self._pause(interview)
        except BaseException as error:  # noqa: BLE001
            event.app.exit(exception=error)
            return
        self._view = replace(self._view, opening=None)
        if done:
            event.app.exit(result=interview)
        else:
            self._show(interview)

    def _back(self, event: KeyPressEvent) -> None:
        if self._view.alone:
            event.app.exit(result=self._view.interview)
        elif self._view.interview.place:
            self._show(self._view.interview.back())

    def _why(self) -> None:
        shown = not self._view.why
        self._view = replace(self._view, why=shown, lift=REASONS if shown else 0, typed="")

    def _escape(self, event: KeyPressEvent) -> None:
        if self._view.why:
            self._why()
        elif self._view.typed:
            self._view = replace(self._view, typed="")
        else:
            leave(event.app)

    def _paste(self, event: KeyPressEvent) -> None:
        # Text that is not made of keys was pasted by mistake and must not answer anything.
        if _KEYS.issuperset(event.data):
            presses = [KeyPress(_PASTED.get(each, each), each) for each in event.data.replace("\r\n", "\n")]
            event.app.key_processor.feed_multiple(presses, first=True)

    def _bindings(self) -> KeyBindings:
        keys = KeyBindings()
        for name in ("up", "k", "c-p"):
            keys.add(name)(lambda _event: self._move(-1))
        for name in ("down", "j", "c-n"):
            keys.add(name)(lambda _event: self._move(1))
        keys.add("home")(lambda _event: self._select(0))
        keys.add("end")(lambda _event: self._select(len(self._view.interview.current.options) - 1))
        for digit in "0123456789":
            keys.add(digit)(self._digit)
        for name in ("enter", "c-j"):
            keys.add(name)(self._enter)
        for name in ("b", "left"):
            keys.add(name)(self._back)
        keys.add("s")(self._skip)
        keys.add("?")(lambda _event: self._why())
        keys.add("backspace")(lambda _event: self._view_untyped())
        for name in ("q", "c-c", "c-d", "c-q", "<sigint>"):
            keys.add(name)(lambda event: leave(event.app))
        keys.add("escape")(self._escape)
        keys.add(Keys.BracketedPaste)(self._paste)
        return keys

    def _view_untyped(self) -> None:
        self._view = replace(self._view, typed="")
