"""`pathfinder compare`, `show` and `faq`: reading the pack without taking the quiz."""

# Typer reads the annotations at run time, so nothing here may be a string.
import os
from typing import Annotated

import typer

from pathfinder.cli import options
from pathfinder.cli.group import finish, group

app = group(add_completion=False)


@app.command()
def compare(
    paths: options.PathIds = None,
    mine: Annotated[bool, typer.Option("--mine", help="Add what you want, from your last quiz.")] = False,
    answers: options.Answers = None,
    differences: Annotated[bool, typer.Option("--differences", help="Only rows that differ in what they say.")] = False,
    as_json: options.Json = False,
    pack: options.Pack = None,
) -> None:
    """Put paths or tracks side by side, as tables.

    A typical week, the profile, facts, pros and challenges; all paths when none is named.

    \b
    Example:   pathfinder compare academic clinical --differences
    """
    from pathfinder.cli.common import choose_several, open_pack, own_sheet, pack_folder, same_pack
    from pathfinder.result import comparison

    opened = open_pack(pack)
    chosen = choose_several(opened, paths or [])
    own = None
    if mine or answers is not None:
        from pathfinder.result.wishes import listen, named

        wanted = named(listen(opened, own_sheet(opened, pack_folder(pack), answers)))
        own = {name: wish.value for name, wish in wanted.items()}
    rows = comparison.compare(opened, chosen, mine=own, differences=differences)
    if as_json:
        from pathfinder.show.streams import emit_json

        emit_json(comparison.to_json(opened, chosen, rows))
        return
    from pathfinder.show.terminal.comparing import compare as draw
    from pathfinder.show.terminal.pager import show_page
    from pathfinder.text import command

    further = f"{command('show', chosen[0].id)}{same_pack(pack)}"
    show_page(lambda page: draw(page, opened, chosen, rows, further))


@app.command()
def show(path: options.PathOrTrack, pack: options.Pack = None) -> None:
    """Show one path or track in full, with next steps and sources.

    \b
    Example:   pathfinder show hybrid
    """
    from pathfinder.cli.common import choose, open_pack
    from pathfinder.show.terminal.pager import show_page
    from pathfinder.show.terminal.paths import show as draw

    opened = open_pack(pack)
    chosen = choose(opened, path)
    show_page(lambda page: draw(page, opened, chosen))


@app.command()
def faq(
    words: options.Words = None, topic: options.Topic = None, as_json: options.Json = False, pack: options.Pack = None
) -> None:
    """Browse frequent questions by topic, or find answers by words.

    \b
    Example:   pathfinder faq can I switch later
               pathfinder faq --topic money
    """
    from pathfinder import ask
    from pathfinder.cli.common import same_pack, unknown
    from pathfinder.cli.menu import browse_topics, is_watched
    from pathfinder.errors import UsageError
    from pathfinder.pack import faq as finder
    from pathfinder.pack import find, load_faq

    entries, sources = load_faq(find(pack))
    if topic is not None:
        known = finder.topics(entries)
        if topic not in known:
            raise UsageError(unknown("topic", topic, known))
        entries = tuple(entry for entry in entries if topic in entry.topics)
    asked = _asked(words or [])
    found = finder.search(entries, asked) if asked else entries
    if as_json:
        from pathfinder.show.as_json import faq_json
        from pathfinder.show.streams import emit_json

        emit_json(faq_json(asked, topic, found, () if found else finder.nearest_topics(entries, asked)))
        finish(0 if found else 1)
        return
    from pathfinder.show.terminal import faqs
    from pathfinder.show.terminal.pager import show_page

    by_id = {source.id: source for source in sources}
    if not found:
        near = finder.nearest_topics(entries, asked)
        show_page(lambda page: faqs.nothing(page, asked, near, same_pack(pack)))
    elif asked:
        show_page(lambda page: faqs.answer(page, found[0], found[1:], by_id))
    else:
        grouped = finder.by_topic(found) if topic is None else {topic: found}
        if entries and is_watched():
            spoken = ask.wants_plain(False, os.environ)  # noqa: FBT003 - no flag of its own
            browse_topics(grouped, by_id, ask.choose(plain=spoken), spoken=spoken)
        else:
            show_page(lambda page: faqs.overview(page, grouped, same_pack(pack)))
    finish(0 if found else 1)


def _asked(words: list[str]) -> str:
    from pathfinder.errors import UsageError
    from pathfinder.text import one_line

    asked = one_line(" ".join(words)).strip()
    if words and not asked:
        raise UsageError("an empty text to look for was given; is a variable of the shell unset?")
    return asked
