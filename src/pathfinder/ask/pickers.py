"""What is asked in lists and in a line of text, made of `lists` and of Questionary's text prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import questionary
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.keys import Keys
from questionary import Choice, Separator

from pathfinder.answers.interview import MOST_IMPORTANT, answer_words
from pathfinder.ask import toolkit, words
from pathfinder.ask.asker import Back, Left
from pathfinder.ask.lists import BOX, NOWHERE, POINTER, PickList, broken, marks, width
from pathfinder.ask.wrapping import shorten
from pathfinder.pack import SKIP
from pathfinder.text import one_line, title

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from pathfinder.answers.interview import Interview
    from pathfinder.ask.lists import Key
    from pathfinder.pack import Pack

_DIGITS: Final = 9

LEAVE: Final[Key] = ("q", "leave")
DONE: Final[tuple[Key, ...]] = (("q", "done"),)
SAVE_AND_LEAVE: Final[tuple[Key, ...]] = (("q", "save and leave"),)
BACK: Final[tuple[Key, ...]] = (("b", "back"), *SAVE_AND_LEAVE)


def pick(
    message: str,
    pairs: Sequence[tuple[str, Any]],
    ways: Sequence[Key],
    *,
    at: Any = None,
    back: Any = NOWHERE,
    done: Any = NOWHERE,
    letters: Mapping[str, Any] | None = None,
) -> Any:
    """Return the value of the pair picked, by its digit or by Enter. `ways` are the keys that go elsewhere.

    Esc and b give `back`, and q gives `done` where there is one; else q raises KeyboardInterrupt. `letters` pick too.
    """
    choices = [
        Choice(f"{number}  {broken(title, 2 * POINTER)}", value=value)
        for number, (title, value) in enumerate(pairs, start=1)
    ]
    shortcuts = {str(number): value for number, (_, value) in enumerate(pairs[:_DIGITS], start=1)}
    keys = ", ".join([f"1-{len(shortcuts)}", *(letters or {})])
    told = [(f"{keys} or {marks().arrows} Enter", "choose"), *ways]
    quits = {} if done is NOWHERE else {"q": done}
    at = at if at in {value for _, value in pairs} else None
    titles = [marks().clean(title) for title, _ in pairs]
    return PickList(
        message, choices, told, at=at, back=back, shortcuts={**shortcuts, **quits, **(letters or {})}, titles=titles
    ).run()


def stop_early(message: str, go_on: str) -> bool:
    """Return whether to leave out the rest. A digit answers nothing here: it was meant for the next question."""
    choices = [
        Choice(f"{words.GO_ON}  {broken(go_on, 2 * POINTER)}", value=False),
        Choice(f"{words.STOP_HERE}  {broken(words.STOP, 2 * POINTER)}", value=True),
    ]
    told = [(f"{words.GO_ON}, {words.STOP_HERE} or {marks().arrows} Enter", "choose"), *SAVE_AND_LEAVE]
    shortcuts = {words.GO_ON: False, words.STOP_HERE: True}
    return bool(PickList(message, choices, told, back=False, shortcuts=shortcuts).run())


def narrow_down(message: str, pairs: Sequence[tuple[str, str]]) -> str | None:
    """Return the key of the pair picked from a list that typing narrows down, None when the person goes back."""
    choices = [Choice(broken(title, POINTER), value=key) for key, title in pairs]
    told = [("type", "to search"), (f"{marks().arrows} Enter", "choose"), ("Esc", "back")]
    picked = PickList(message, choices, told, back=None, searched=dict(pairs)).run()
    return None if picked is None else str(picked)


def several_of(message: str, pairs: Sequence[tuple[str, str]], chosen: Collection[str]) -> tuple[str, ...] | None:
    """Return the keys of the pairs that are marked at Enter, None when the person goes back."""
    choices = [_box(title, key, checked=key in chosen) for key, title in pairs]
    told = [(marks().arrows, "move"), ("Space", "mark"), ("Enter", "done"), ("b", "back"), LEAVE]
    marked = PickList(message, choices, told, back=None, check=lambda _marked: None).run()
    return None if marked is None else tuple(marked)


def review(message: str, interview: Interview, at: str) -> str | None:
    """Return the id of the question whose answer to change, None to go on; the pointer starts at the question `at`."""
    signs = marks()
    room = width() - POINTER - 1
    choices: list[Choice | Separator] = [Choice(words.REVIEWED, value="")]
    for theme, questions in words.by_theme(interview):
        choices.append(Separator(f"\n{' ' * POINTER}{signs.clean(title(theme))}"))
        for question in questions:
            answer = interview.answers.get(question.id)
            mark = "! " if answer == SKIP else ""
            rows = (
                shorten(signs.clean(question.text), room, signs.ellipsis),
                " " * (POINTER + 2)
                + shorten(mark + signs.clean(answer_words(question, answer)), room - 2, signs.ellipsis),
            )
            choices.append(Choice("\n".join(rows), value=question.id))
    told = [(f"{signs.arrows} Enter", "change an answer"), ("c", "continue"), *SAVE_AND_LEAVE]
    return PickList(message, choices, told, at=at, shortcuts={"c": ""}).run() or None


def dimensions(message: str, pack: Pack, chosen: Collection[str]) -> tuple[str, ...]:
    """Return the ids of up to three dimensions; raises KeyboardInterrupt or Back."""
    choices: list[Choice | Separator] = []
    for theme in pack.themes:
        of_theme = [dimension for dimension in pack.dimensions if dimension.theme == theme]
        if of_theme:
            choices.append(Separator(broken(title(theme), POINTER)))
            choices += [_box(dimension.name, dimension.id, checked=dimension.id in chosen) for dimension in of_theme]
    return _marked(message, choices, lambda ids: words.TOO_MANY if len(ids) > MOST_IMPORTANT else None)


def paths(message: str, pack: Pack, chosen: Collection[str]) -> tuple[str, ...]:
    """Return the ids of any number of paths; raises KeyboardInterrupt or Back."""
    choices = [_box(path.name, path.id, checked=path.id in chosen) for path in pack.paths]
    return _marked(message, choices, lambda _ids: None)


def line(message: str, check: Callable[[str], str | None], default: str, back: str | None) -> str:
    """Return a line that `check` finds nothing wrong with, or `back` at Esc; raises KeyboardInterrupt on leaving."""
    prompt = questionary.text(
        broken(message if back is not None or message.endswith(":") else f"{message}:", 1),
        default=default,
        validate=lambda text: check(text) or True,
        qmark="",
        instruction=None if back is None else "(Esc goes back): ",
        style=toolkit.QUESTIONARY,
    )
    app = prompt.application
    app.ttimeoutlen = toolkit.ESCAPE_SECONDS
    app.erase_when_done = True
    keys = toolkit.terminal_keys()
    # Typing is what prompt_toolkit's own keys are for; but these lead into modes of their own, some without Ctrl-C.
    toolkit.bind(keys, ["escape", *(f"c-{key}" for key in "@gnopqrsvx\\]^_")], lambda _event: None)
    if back is not None:
        toolkit.bind(keys, ["escape"], lambda event: event.app.exit(result=back))
    toolkit.bind(
        keys, [Keys.BracketedPaste], lambda event: event.current_buffer.insert_text(one_line(event.data).strip())
    )
    app.key_bindings = merge_key_bindings([app.key_bindings or KeyBindings(), keys])
    return str(prompt.application.run(handle_sigint=False))


def _marked(
    message: str, choices: Sequence[Choice | Separator], check: Callable[[list[str]], str | None]
) -> tuple[str, ...]:
    told = [(marks().arrows, "move"), ("Space", "mark"), ("Enter", "continue"), *BACK]
    asked = PickList(message, choices, told, back=Back(), check=check)
    try:
        return tuple(asked.run())
    except (KeyboardInterrupt, EOFError) as left:
        if asked.problem:
            raise left from None
        raise Left(tuple(asked.marked)) from None


def _box(title: str, value: str, *, checked: bool) -> Choice:
    return Choice(broken(title, BOX), value=value, checked=checked)
