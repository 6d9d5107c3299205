"""The menu beneath a result, and browsing the FAQ: a choice prints its text and comes back."""

from __future__ import annotations

import shutil
import sys
from functools import partial
from typing import TYPE_CHECKING, Final

from pathfinder.errors import InterruptionError, UsageError
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pathfinder.ask.asker import Asker
    from pathfinder.pack import Faq, Source
    from pathfinder.result import Result
    from pathfinder.show.terminal.canvas import Canvas

PLAN: Final = "steps"
"""The section that the plan belongs to: where a plan can be kept, it is offered with it."""

_ROOM: Final = 3
"""Lines of the window that the menu takes beside its choices: its title, its keys and the cursor's line."""


@value
class AfterResult:
    """What the menu needs beside the result: how to ask, write a report, and plan where there is a saved quiz.

    `earlier` says what has changed since a quiz that was taken before.
    """

    asker: Asker
    spoken: bool
    option: str
    write: Callable[[Path], None]
    plan: Callable[[], None] | None = None
    earlier: Callable[[], None] | None = None


def is_watched() -> bool:
    """Whether a person sits at both ends: keys come from a terminal, and the text goes to one."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def result_menu(result: Result, after: AfterResult) -> None:
    """Show the first screen and then, until the person is done, what they choose."""
    from pathfinder.ask.folding import height
    from pathfinder.show.terminal import result as results

    choices = _choices(result, after)
    size = shutil.get_terminal_size()
    rows = size.lines - height([title for _, title in choices], size.columns, size.lines) - _ROOM
    results.first_screen(result, spoken=after.spoken, lines=None if after.spoken else rows)
    if after.earlier is not None:
        after.earlier()
    chosen: str | None = None
    while True:
        try:
            chosen = after.asker.pick_one("What would you like to see?", choices, at=chosen)
            if chosen is None or chosen == "done":
                return
            _show(result, chosen, after)
        except InterruptionError:
            # The result stands above and the answers are saved: leaving the menu is an ordinary end.
            return


def _choices(result: Result, after: AfterResult) -> list[tuple[str, str]]:
    from pathfinder.show.terminal.result import menu

    found = [
        (name, "Next steps and plan" if name == PLAN and after.plan is not None else title)
        for name, title in menu(result)
    ]
    found.append(("compare", "Compare the paths, with what you want"))
    if _fitting(result):
        found.append(("faq", "Questions people ask"))
    return [*found, ("report", "Save a report"), ("done", "Done")]


def _fitting(result: Result) -> tuple[Faq, ...]:
    from pathfinder.show.outline import fitting_entries

    return fitting_entries(result, result.pack.faq)


def _show(result: Result, chosen: str, after: AfterResult) -> None:
    if chosen == "compare":
        _compare(result, after)
    elif chosen == "faq":
        browse_questions(_fitting(result), result.pack.source_by_id, after.asker, spoken=after.spoken)
    elif chosen == "report":
        _report(after)
    else:
        from pathfinder.show.terminal.result import show_section

        show_section(result, chosen, spoken=after.spoken, option=after.option)
        if chosen == PLAN and after.plan is not None:
            after.plan()


def _compare(result: Result, after: AfterResult) -> None:
    from pathfinder.result import comparison
    from pathfinder.show.terminal.comparing import compare
    from pathfinder.show.terminal.pager import show_page
    from pathfinder.text import command

    pack = result.pack
    mine = {dimension: wish.value for dimension, wish in result.wishes.items()}
    rows = comparison.compare(pack, pack.paths, mine=mine)
    further = f"{command('show', pack.paths[0].id)}{after.option}"
    show_page(lambda page: compare(page, pack, pack.paths, rows, further), spoken=after.spoken)


def _report(after: AfterResult) -> None:
    from pathfinder.cli.options import path_of
    from pathfinder.show.report import check_path

    def wrong(typed: str) -> str | None:
        try:
            check_path(path_of(typed))
        except UsageError as error:
            return str(error)
        return None

    typed = after.asker.line("Where to? End the name in .html or .md:", wrong, "my-result.html", back="")
    if typed:
        after.write(path_of(typed))


def browse_questions(entries: Sequence[Faq], sources: Mapping[str, Source], asker: Asker, *, spoken: bool) -> None:
    """Let the person read one entry after the other until they are done."""
    from pathfinder.show.terminal import faqs
    from pathfinder.show.terminal.pager import show_page

    by_id = {entry.id: entry for entry in entries}
    choices = [(entry.id, entry.question) for entry in entries]
    while (chosen := asker.pick_filtered("Which question?", choices)) is not None:
        entry = by_id[chosen]
        show_page(partial(_draw_answer, faqs.answer, entry, sources), spoken=spoken)


def _draw_answer(draw: Callable[..., None], entry: Faq, sources: Mapping[str, Source], page: Canvas) -> None:
    draw(page, entry, (), sources)


def browse_topics(
    grouped: Mapping[str, Sequence[Faq]], sources: Mapping[str, Source], asker: Asker, *, spoken: bool
) -> None:
    """Let the person choose a topic, or all, and read its questions, until they are done."""
    choices = [("", f"All {sum(map(len, grouped.values()))} questions; type to search them")]
    choices += [
        (topic, f"{topic.replace('-', ' ').capitalize() or 'Other'} ({len(of)})") for topic, of in grouped.items()
    ]
    topic: str | None = None
    try:
        while (topic := asker.pick_one("What is your question about?", choices, at=topic)) is not None:
            entries = grouped[topic] if topic else list(dict.fromkeys(e for of in grouped.values() for e in of))
            browse_questions(entries, sources, asker, spoken=spoken)
    except InterruptionError:
        return
