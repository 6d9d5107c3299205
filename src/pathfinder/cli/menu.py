"""The menu beneath a result, and browsing the FAQ: a choice prints its text and comes back."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from pathfinder.ask.folding import height
from pathfinder.cli.options import path_of
from pathfinder.errors import InterruptionError, UsageError
from pathfinder.files import check_report
from pathfinder.pack.comparison import compare_paths
from pathfinder.show.outline import fitting_entries, outline
from pathfinder.show.terminal.comparing import print_comparison
from pathfinder.show.terminal.faqs import print_answer
from pathfinder.show.terminal.result import first_screen, show_section
from pathfinder.text import command, title
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pathfinder.ask.asker import Asker
    from pathfinder.pack import Faq, Source
    from pathfinder.result import Result

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


def result_menu(result: Result, after: AfterResult) -> None:
    """Show the first screen and then, until the person is done, what they choose."""
    choices = _choices(result, after)
    size = shutil.get_terminal_size()
    rows = size.lines - height([title for _, title in choices], size.columns, size.lines) - _ROOM
    first_screen(result, spoken=after.spoken, lines=None if after.spoken else rows)
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
    found = [
        (name, "Next steps and plan" if name == PLAN and after.plan is not None else title)
        for name, title in outline(result).sections
    ]
    found.append(("compare", "Compare the paths, with what you want"))
    if fitting_entries(result):
        found.append(("faq", "Questions people ask"))
    return [*found, ("report", "Save a report"), ("done", "Done")]


def _show(result: Result, chosen: str, after: AfterResult) -> None:
    if chosen == "compare":
        _compare(result, after)
    elif chosen == "faq":
        browse_questions(fitting_entries(result), result.pack.source_by_id, after.asker, spoken=after.spoken)
    elif chosen == "report":
        _report(after)
    else:
        show_section(result, chosen, spoken=after.spoken, option=after.option)
        if chosen == PLAN and after.plan is not None:
            after.plan()


def _compare(result: Result, after: AfterResult) -> None:
    pack = result.pack
    mine = {dimension: wish.value for dimension, wish in result.wishes.items()}
    rows = compare_paths(pack, pack.paths, mine=mine)
    further = f"{command('show', pack.paths[0].id)}{after.option}"
    print_comparison(pack, pack.paths, rows, further, spoken=after.spoken)


def _report(after: AfterResult) -> None:
    def wrong(typed: str) -> str | None:
        try:
            check_report(path_of(typed))
        except UsageError as error:
            return str(error)
        return None

    typed = after.asker.line("Where to? End the name in .html or .md", wrong, "my-result.html", back="")
    if typed:
        after.write(path_of(typed))


def browse_questions(entries: Sequence[Faq], sources: Mapping[str, Source], asker: Asker, *, spoken: bool) -> None:
    """Let the person read one entry after the other until they are done."""
    by_id = {entry.id: entry for entry in entries}
    choices = [(entry.id, entry.question) for entry in entries]
    while (chosen := asker.pick_filtered("Which question?", choices)) is not None:
        print_answer(by_id[chosen], (), sources, spoken=spoken)


def browse_topics(
    grouped: Mapping[str, Sequence[Faq]], sources: Mapping[str, Source], asker: Asker, *, spoken: bool
) -> None:
    """Let the person choose a topic, or all, and read its questions, until they are done."""
    choices = [("", f"All {sum(map(len, grouped.values()))} questions; type to search them")]
    choices += [(topic, f"{title(topic) or 'Other'} ({len(of)})") for topic, of in grouped.items()]
    topic: str | None = None
    try:
        while (topic := asker.pick_one("What is your question about?", choices, at=topic)) is not None:
            entries = grouped[topic] if topic else list(dict.fromkeys(e for of in grouped.values() for e in of))
            browse_questions(entries, sources, asker, spoken=spoken)
    except InterruptionError:
        return
