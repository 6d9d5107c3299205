"""Lists to pick from: Questionary's list with the keys, the signs and the layout of the running quiz.

Imported when the first of these prompts is needed: loading Questionary takes as long as all else together.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from prompt_toolkit.application import Application, get_app_session
from prompt_toolkit.formatted_text import fragment_list_width, split_lines
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import (
    Dimension,
    FormattedTextControl,
    HSplit,
    Layout,
    ScrollOffsets,
    VerticalAlign,
    Window,
)
from questionary import Choice, Separator
from questionary.prompts.common import InquirerControl

from pathfinder.ask import toolkit, words
from pathfinder.ask.folding import left_column, rows
from pathfinder.ask.layout import WIDEST, key_lines, more
from pathfinder.ask.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyPressEvent

    from pathfinder.ask.marks import Marks

POINTER: Final = 3
"""Columns before a title."""

BOX: Final = 5
"""Columns before the title of something that can be marked."""

NOWHERE: Final = object()
"""What is behind a list that Esc and b do not leave."""

Key = tuple[str, str]


class PickList:
    """A list in which one choice is picked, or any number of them are marked.

    `shortcuts` are keys that give a value at once. `back` is what Esc and b give: an exception to raise, a value to
    return, or NOWHERE. `check`, of a list with marks, says what is wrong with the marked values, or returns None.
    `searched`, the text of each value, makes it a list that typing narrows down; letters are no keys then.
    `titles` are the bare ones of a list that may take two columns where the window is low.
    """

    def __init__(  # noqa: PLR0913 - all but two are ways in which lists differ
        self,
        message: str,
        choices: Sequence[Choice | Separator],
        told: Sequence[Key],
        *,
        at: Any = None,
        back: Any = NOWHERE,
        shortcuts: Mapping[str, Any] | None = None,
        check: Callable[[list[Any]], str | None] | None = None,
        searched: Mapping[Any, str] | None = None,
        titles: Sequence[str] = (),
    ) -> None:
        self._message, self._told, self._back, self._check = message, told, back, check
        self._shortcuts, self._searched = shortcuts or {}, searched
        self._marks = marks()
        self._list = _Narrowed(
            choices,
            pointer=self._marks.pointer,
            initial_choice=at,
            use_indicator=check is not None,
            show_description=False,
            focusable=True,
            show_cursor=False,
        )
        self._list.texts, self._list.titles = searched, titles
        self._window = Window(
            self._list,
            height=Dimension(min=1),
            wrap_lines=True,
            dont_extend_height=True,
            always_hide_cursor=True,
            scroll_offsets=ScrollOffsets(top=1, bottom=2),
        )

    @property
    def marked(self) -> list[Any]:
        """The values that are marked, in the order of the list."""
        return [choice.value for choice in self._list.get_selected_values()]

    @property
    def problem(self) -> str | None:
        """What is wrong with what is marked."""
        return self._check(self.marked) if self._check else None

    def run(self) -> Any:
        """Return the value picked, or all that are marked; raises KeyboardInterrupt when the person leaves."""
        output = get_app_session().output
        app: Application[Any] = Application(
            layout=Layout(self._layout(), focused_element=self._window),
            style=toolkit.QUESTIONARY,
            include_default_pygments_style=False,
            full_screen=toolkit.over_all(output),
            erase_when_done=True,
        )
        toolkit.answer_only(app, self._bindings())
        return app.run(handle_sigint=False)

    def _layout(self) -> HSplit:
        # Outside a quiz the rows are shared with what stands above.
        gap = "\n" if toolkit.over_all(get_app_session().output) else ""
        message = FormattedTextControl([("class:question", f" {broken(self._message, 1)}{gap}")])
        # Drawn after the list, and so of what is on the screen.
        signs = FormattedTextControl(self._signs)
        windows = [
            Window(message, wrap_lines=True, dont_extend_height=True),
            self._window,
            Window(signs, height=Dimension(min=0, preferred=1, max=1)),
            Window(FormattedTextControl(self._footer), wrap_lines=True, dont_extend_height=True),
        ]
        return HSplit(windows, align=VerticalAlign.TOP)

    def _signs(self) -> StyleAndTextTuples:
        info = self._window.render_info
        if info is None:
            return []
        below = info.content_height - 1 - info.last_visible_line()
        return [("", " "), *more(info.first_visible_line(), below, self._marks)]

    def _footer(self) -> StyleAndTextTuples:
        text: StyleAndTextTuples = []
        if self._searched is not None:
            text.append(("", f" Search: {self._list.search_filter or ''}_\n"))
        if self.problem:
            text.append(("class:warning", f" ! {broken(self.problem, 3)}\n"))
        for number, row in enumerate(key_lines(self._told, width() - 2)):
            text += [("", "\n " if number else " "), *row]
        return text

    def _bindings(self) -> KeyBindings:
        keys = KeyBindings()

        def add(names: Sequence[str], do: Callable[[KeyPressEvent], None]) -> None:
            # In a list to be narrowed down letters, digits and the space are what is searched for.
            toolkit.bind(keys, [name for name in names if self._searched is None or len(name) > 1], do)

        if self._searched is not None:
            toolkit.bind(keys, [Keys.Any], self._narrow)
            toolkit.bind(keys, ["backspace"], lambda _event: self._list.widen())
        add(["up", "k", "c-p"], lambda _event: self._move(-1))
        add(["down", "j", "c-n"], lambda _event: self._move(1))
        add(["pageup"], lambda _event: self._move(-self._page()))
        add(["pagedown"], lambda _event: self._move(self._page()))
        add(["home"], lambda _event: self._move(-len(self._list.choices)))
        add(["end"], lambda _event: self._move(len(self._list.choices)))
        add(["enter", "c-j"], self._enter)
        add(["q"], lambda event: toolkit.leave(event.app))
        add(["b", "left"], self._leave_for_what_is_before)
        add(["escape"], self._escape)
        if self._check:
            add([" "], lambda _event: self._mark())
        for key, value in self._shortcuts.items():
            add([key], partial(_give, value))
        return keys

    def _page(self) -> int:
        return max(1, get_app_session().output.get_size().rows // 3)

    def _move(self, step: int) -> None:
        """Move the pointer by so many choices, and no further than the first or the last."""
        places = [n for n, choice in enumerate(self._list.filtered_choices) if not isinstance(choice, Separator)]
        if places:
            at = places.index(self._list.pointed_at) + step
            self._list.pointed_at = places[min(max(at, 0), len(places) - 1)]

    def _mark(self) -> None:
        value, marked = self._list.get_pointed_at().value, self._list.selected_options
        (marked.remove if value in marked else marked.append)(value)

    def _enter(self, event: KeyPressEvent) -> None:
        picked = self._list.get_pointed_at()
        if self._check is None and not isinstance(picked, Separator):
            event.app.exit(result=picked.value)
        elif self._check is not None and not self.problem:
            event.app.exit(result=self.marked)

    def _narrow(self, event: KeyPressEvent) -> None:
        if len(event.data) == 1 and event.data.isprintable():
            self._list.narrow(event.data)

    def _escape(self, event: KeyPressEvent) -> None:
        if self._list.search_filter:
            self._list.search_filter, self._list.pointed_at = None, 0
        else:
            self._leave_for_what_is_before(event)

    def _leave_for_what_is_before(self, event: KeyPressEvent) -> None:
        if isinstance(self._back, BaseException):
            event.app.exit(exception=self._back)
        elif self._back is not NOWHERE:
            event.app.exit(result=self._back)


class _Narrowed(InquirerControl):
    """Questionary's list; when `texts` holds the text of each value, it shows those that have all words typed."""

    texts: Mapping[Any, str] | None = None
    titles: Sequence[str] = ()

    def _get_choice_tokens(self) -> StyleAndTextTuples:
        tokens: StyleAndTextTuples = super()._get_choice_tokens()  # type: ignore[no-untyped-call]
        output = get_app_session().output
        if not self.titles or toolkit.over_all(output):
            return tokens
        left = left_column(self.titles, width(), output.get_size().rows)
        return _folded(tokens, left) if left else tokens

    @property
    def filtered_choices(self) -> list[Choice]:
        """The choices that fit, or a line that says that none does."""
        typed = (self.search_filter or "").casefold().split()
        if self.texts is None or not typed:
            return self.choices
        texts = {value: text.casefold() for value, text in self.texts.items()}
        fitting = [choice for choice in self.choices if all(word in texts[choice.value] for word in typed)]
        return fitting or [Separator(words.NOTHING_FITS)]

    def narrow(self, letter: str) -> None:
        """Search for one letter more."""
        self.search_filter, self.pointed_at = (self.search_filter or "") + letter, 0

    def widen(self) -> None:
        """Search for one letter less."""
        self.search_filter, self.pointed_at = (self.search_filter or "")[:-1] or None, 0


def _folded(tokens: StyleAndTextTuples, left: int) -> StyleAndTextTuples:
    """Return lines, one a choice, in two columns, the first so wide as `left`."""
    lines = list(split_lines(tokens))
    half = rows(len(lines))
    found: StyleAndTextTuples = []
    for place, line in enumerate(lines[:half]):
        found += [("", "\n")] if place else []
        found += line
        if half + place < len(lines):
            found += [("", " " * (left - fragment_list_width(line))), *lines[half + place]]
    return found


def _give(value: Any, event: KeyPressEvent) -> None:
    event.app.exit(result=value)


def marks() -> Marks:
    """Return the signs that the output of the session can show."""
    return toolkit.marks_of(get_app_session().output)


def width() -> int:
    """Return the columns that text may fill."""
    return min(get_app_session().output.get_size().columns, WIDEST)


def broken(text: str, hang: int) -> str:
    """Break text to the terminal's width when `hang` columns stand before it, and let later lines hang by them."""
    return ("\n" + " " * hang).join(wrap(marks().clean(text), max(8, width() - hang - 1)))
