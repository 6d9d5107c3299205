"""The running quiz: one application that stays on screen from the first question to the last."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.data_structures import Point
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, Layout, Window

from pathfinder.ask import words
from pathfinder.ask.asker import advance
from pathfinder.ask.layout import REASONS, SOURCES, TOP, QuestionPage, View, lay_out, typed, view_of
from pathfinder.ask.toolkit import STYLE, answer_only, bind, leave, marks_of
from pathfinder.pack import SKIP

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.data_structures import Size
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyPressEvent

    from pathfinder.answers.interview import Interview

_PASTED: Final = {"\n": Keys.ControlM, "\r": Keys.ControlM}
_KEYS: Final = frozenset("0123456789bsjkqBSJKQ?") | _PASTED.keys()


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
        self._drawn: tuple[View, Size | None, QuestionPage | None] = (view, None, None)
        self._cursor_at = 0
        self._show(view.interview)

    def run(self) -> Interview:
        """Ask until done; raises KeyboardInterrupt when the person leaves and EOFError when the terminal is gone."""
        control = FormattedTextControl(self._text, focusable=True, show_cursor=False, get_cursor_position=self._cursor)
        app: Application[Interview] = Application(
            layout=Layout(Window(control, always_hide_cursor=True)),
            style=STYLE,
            include_default_pygments_style=False,
            full_screen=True,
            erase_when_done=True,
        )
        answer_only(app, self._bindings())
        self._marks = marks_of(app.output)
        # Signals are handled for the whole quiz, by `hold`.
        return app.run(handle_sigint=False)

    def _page(self) -> QuestionPage:
        size = get_app().output.get_size()
        # Keys ask for it, too.
        view, of, drawn = self._drawn
        if drawn is None or view is not self._view or of != size:
            drawn = lay_out(self._view, size.columns, size.rows, self._marks)
            self._drawn = (self._view, size, drawn)
        return drawn

    def _text(self) -> StyleAndTextTuples:
        text: StyleAndTextTuples = []
        drawn = self._page()
        self._cursor_at = drawn.cursor
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
        self._view = view_of(self._view, interview, self._notice())

    def _now(self, **changes: Any) -> None:
        """Change the view; what was being asked or typed is over, unless a change says otherwise."""
        self._view = replace(self._view, **{"typed": "", "clearing": False, "hint": "", **changes})

    def _move(self, step: int) -> None:
        drawn, chosen = self._page(), self._view.selected
        last = len(self._view.interview.current.options) - 1
        if chosen is None:
            # What is being read stays where it is.
            self._now(selected=0 if step > 0 else last, lift=TOP if step > 0 and not drawn.room else 0)
        elif drawn.lift or not 0 <= chosen + step <= last:
            lift = drawn.lift - step if step > 0 or drawn.room else drawn.lift
            self._now(lift=max(0, lift))
        else:
            self._now(selected=chosen + step, lift=0)

    def _move_a_page(self, step: int) -> None:
        for _ in range(max(1, get_app().output.get_size().rows // 2)):
            self._move(step)

    def _digit(self, event: KeyPressEvent) -> None:
        options = self._view.interview.current.options
        waiting, place = typed(self._view.typed, event.data, len(options))
        if place is not None:
            self._after(event, options[place].id)
        elif waiting:
            self._now(typed=waiting, selected=int(waiting) - 1, lift=0)

    def _enter(self, event: KeyPressEvent) -> None:
        if self._view.selected is None and self._view.interview.given == SKIP:
            self._after(event, SKIP)
        elif self._view.selected is None:
            self._now(hint=words.CHOOSE)
        elif not self._page().in_sight:  # Nobody answers what is out of sight.
            self._now(lift=0)
        else:
            self._after(event, self._view.interview.current.options[self._view.selected].id)

    def _skip(self, event: KeyPressEvent) -> None:
        if self._view.interview.given in {None, SKIP}:
            self._after(event, SKIP)
        else:
            self._now(clearing=True)

    def _clear(self, event: KeyPressEvent) -> None:
        if self._view.clearing:
            self._after(event, SKIP)

    def _after(self, event: KeyPressEvent, answer: str) -> None:
        question, kept = self._view.interview.current, self._view.interview.given == answer
        interview = advance(self._view.interview, answer)
        # An exception in a key's handler would only be printed by the event loop: it ends the run instead.
        try:
            self._record(interview)
            done = self._view.alone or interview.finished or self._pause(interview)
        except BaseException as error:  # noqa: BLE001
            event.app.exit(exception=error)
            return
        self._now(opening=None, echo=words.taken(question, answer, kept=kept))
        if done:
            event.app.exit(result=interview)
        else:
            self._show(interview)

    def _back(self, event: KeyPressEvent) -> None:
        if self._view.alone:
            event.app.exit(result=self._view.interview)
        elif self._view.interview.place:
            self._now(echo="")
            self._show(self._view.interview.back())

    def _why(self) -> None:
        sources = words.sources(self._view.interview.pack, self._view.interview.current)
        deeper = (self._view.why + 1) % (SOURCES + 1 if sources else SOURCES)
        self._now(why=deeper, lift=REASONS if deeper else 0)

    def _escape(self, event: KeyPressEvent) -> None:
        if self._view.why or self._view.typed or self._view.clearing:
            self._now(why=0, lift=0)
        else:
            self._back(event)

    def _paste(self, event: KeyPressEvent) -> None:
        # Text that is not made of keys was pasted by mistake and must not answer anything.
        if _KEYS.issuperset(event.data):
            presses = [KeyPress(_PASTED.get(key, key), key) for key in event.data.replace("\r\n", "\n")]
            event.app.key_processor.feed_multiple(presses, first=True)

    def _bindings(self) -> KeyBindings:
        keys = KeyBindings()
        bind(keys, ["up", "k", "c-p"], lambda _event: self._move(-1))
        bind(keys, ["down", "j", "c-n"], lambda _event: self._move(1))
        bind(keys, ["pageup"], lambda _event: self._move_a_page(-1))
        bind(keys, ["pagedown"], lambda _event: self._move_a_page(1))
        bind(keys, ["home"], lambda _event: self._now(selected=0, lift=0))
        bind(keys, ["end"], lambda _event: self._now(selected=len(self._view.interview.current.options) - 1, lift=0))
        bind(keys, list("0123456789"), self._digit)
        bind(keys, ["enter", "c-j"], self._enter)
        bind(keys, ["b", "left"], self._back)
        bind(keys, ["s"], self._skip)
        bind(keys, ["y"], self._clear)
        bind(keys, ["?"], lambda _event: self._why())
        bind(keys, ["n", "backspace"], lambda _event: self._now())
        bind(keys, ["q"], lambda event: leave(event.app))
        bind(keys, ["escape"], self._escape)
        bind(keys, [Keys.BracketedPaste], self._paste)
        return keys
