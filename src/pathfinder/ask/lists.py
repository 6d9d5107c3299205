"""Questionary with the manners of the running quiz, for everything that is not one of its questions.

Imported when the first of these prompts is needed: loading Questionary takes as long as all else together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import questionary
from prompt_toolkit.application import get_app_session
from prompt_toolkit.filters import to_filter
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.layout import ScrollOffsets
from questionary import Choice, Separator
from questionary.prompts.common import InquirerControl

from pathfinder.ask import toolkit as terminal
from pathfinder.ask import words
from pathfinder.ask.asker import Back, Left
from pathfinder.ask.layout import WIDEST, key_lines
from pathfinder.ask.wrapping import shorten, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from questionary import Question

    from pathfinder.answers.interview import Interview
    from pathfinder.ask.marks import Marks
    from pathfinder.pack import Pack

_POINTER: Final = 3  # columns that Questionary puts before a title
_BOX: Final = 5  # and before the title of a checkbox
_DIGITS: Final = 9

Key = tuple[str, str]
LEAVE: Final[Key] = ("q", "leave")
SAVE_AND_LEAVE: Final[tuple[Key, ...]] = (("q", "save and leave"),)
BACK: Final[tuple[Key, ...]] = (("b", "back"), *SAVE_AND_LEAVE)


def pick(message: str, pairs: Sequence[tuple[str, Any]], ways: Sequence[Key], default: Any = None) -> Any:
    """Return the value of the pair chosen, by its digit or by Enter. `ways` are the keys that go elsewhere.

    Raises KeyboardInterrupt when the person leaves, and Back when `ways` offers it and they go back.
    """
    choices = [
        Choice(f"{number}  {_broken(title, 2 * _POINTER)}", value=value)
        for number, (title, value) in enumerate(pairs, start=1)
    ]
    keys = {str(number): value for number, (_, value) in enumerate(pairs[:_DIGITS], start=1)}
    told = [(f"1-{len(keys)}", "answer"), (f"{_marks().arrows} Enter", "choose"), *ways]
    return _select(message, choices, told, default, keys)


def review(message: str, interview: Interview) -> str | None:
    """Return the id of the question whose answer to change, None to go on."""
    marks = _marks()
    room = _width() - _POINTER - 1
    choices: list[Choice | Separator] = [Choice(words.REVIEWED, value="")]
    for theme, questions in words.by_theme(interview):
        choices.append(Separator(f"\n{' ' * _POINTER}{marks.clean(words.title(theme))}"))
        for question in questions:
            answer = words.given(question, interview.answers.get(question.id))
            rows = (
                shorten(marks.clean(question.text), room, marks.ellipsis),
                " " * (_POINTER + 2) + shorten(marks.clean(answer), room - 2, marks.ellipsis),
            )
            choices.append(Choice("\n".join(rows), value=question.id))
    told = [(f"{marks.arrows} Enter", "change an answer or go on"), *SAVE_AND_LEAVE]
    return _select(message, choices, told) or None


def dimensions(message: str, pack: Pack, chosen: Collection[str]) -> tuple[str, ...]:
    """Return the ids of up to three dimensions; raises KeyboardInterrupt or Back."""
    choices: list[Choice | Separator] = []
    for theme in pack.themes:
        of_theme = [each for each in pack.dimensions if each.theme == theme]
        if of_theme:
            choices.append(Separator(_broken(words.title(theme), _POINTER)))
            choices += [_box(each.name, each.id, checked=each.id in chosen) for each in of_theme]
    return _check(message, choices, lambda ids: len(ids) <= words.MOST or words.TOO_MANY)


def paths(message: str, pack: Pack, chosen: Collection[str]) -> tuple[str, ...]:
    """Return the ids of any number of paths; raises KeyboardInterrupt or Back."""
    choices = [_box(each.name, each.id, checked=each.id in chosen) for each in pack.paths]
    return _check(message, choices, lambda _ids: True)


def line(message: str, check: Callable[[str], str | None], default: str) -> str:
    """Return a line that `check` finds nothing wrong with; raises KeyboardInterrupt when the person leaves."""
    prompt = questionary.text(
        _broken(message, 1),
        default=default,
        validate=lambda text: check(text) or True,
        qmark="",
        style=terminal.QUESTIONARY,
    )
    return str(prompt.unsafe_ask())


def _select(
    message: str,
    choices: Sequence[Choice | Separator],
    told: Sequence[Key],
    default: Any = None,
    keys: Mapping[str, Any] | None = None,
) -> Any:
    prompt = questionary.select(
        _broken(message, 1),
        choices,
        default=default,
        instruction=_instruction(told),
        pointer=_marks().pointer,
        qmark="",
        style=terminal.QUESTIONARY,
    )
    return _ask(prompt, keys or {}, back=BACK[0] in told)


def _check(
    message: str, choices: Sequence[Choice | Separator], check: Callable[[list[str]], bool | str]
) -> tuple[str, ...]:
    marks = _marks()
    prompt = questionary.checkbox(
        _broken(message, 1),
        choices,
        validate=check,
        instruction=_instruction([(marks.arrows, "move"), ("Space", "mark"), ("Enter", "go on"), *BACK]),
        pointer=marks.pointer,
        qmark="",
        style=terminal.QUESTIONARY,
    )
    try:
        return tuple(_ask(prompt, {}, back=True))
    except (KeyboardInterrupt, EOFError) as left:
        controls = prompt.application.layout.find_all_controls()
        lists = [each for each in controls if isinstance(each, InquirerControl)]
        marked = [str(each.value) for control in lists for each in control.get_selected_values()]
        if check(marked) is not True:
            raise left from None
        raise Left(tuple(marked)) from None


def _ask(prompt: Question, keys: Mapping[str, Any], *, back: bool) -> Any:
    """Ask; digits, b, q, Esc and Ctrl-D do what they do in the running quiz, and no title is cut."""
    app = prompt.application
    app.ttimeoutlen = terminal.ESCAPE_SECONDS
    app.erase_when_done = True
    app.full_screen = app.renderer.full_screen = terminal.over_all(app.output)
    for window in app.layout.find_all_windows():
        window.wrap_lines = to_filter(True)  # noqa: FBT003 - as prompt_toolkit has it
        window.scroll_offsets = ScrollOffsets(top=1, bottom=2)
    extra = KeyBindings()
    for name in ("q", "escape", "c-d", "<sigint>"):
        extra.add(name)(lambda event: terminal.leave(event.app))
    if back:
        for name in ("b", "left"):
            extra.add(name)(lambda event: event.app.exit(exception=Back))
    for digit, value in keys.items():
        extra.add(digit)(lambda event, value=value: event.app.exit(result=value))
    app.key_bindings = merge_key_bindings([app.key_bindings or KeyBindings(), extra])
    return prompt.unsafe_ask()


def _marks() -> Marks:
    return terminal.marks_of(get_app_session().output)


def _width() -> int:
    return min(get_app_session().output.get_size().columns, WIDEST)


def _broken(text: str, hang: int) -> str:
    """Break text to the terminal's width when `hang` columns stand before it, and let later lines hang by them."""
    return ("\n" + " " * hang).join(wrap(_marks().clean(text), max(8, _width() - hang - 1)))


def _box(title: str, value: str, *, checked: bool) -> Choice:
    return Choice(_broken(title, _BOX), value=value, checked=checked)


def _instruction(pairs: Sequence[Key]) -> str:
    """Return the keys, to stand under the question and apart from the choices."""
    rows = ("".join(text for _, text in row) for row in key_lines(pairs, _width() - 2))
    return "".join(f"\n {row}" for row in rows) + "\n"
