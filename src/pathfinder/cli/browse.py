"""`pathfinder compare`, `show` and `faq`: reading the pack without taking the quiz."""

# Typer reads the annotations at run time, so nothing here may be a string.
from typing import Annotated

import typer

from pathfinder import ask
from pathfinder.cli import options
from pathfinder.cli.common import (
    choose_several,
    choose_track,
    is_watched,
    open_faq,
    open_pack,
    own_sheet,
    pack_folder,
    same_pack,
    unknown,
)
from pathfinder.cli.group import finish, group
from pathfinder.errors import UsageError
from pathfinder.show.streams import emit_json
from pathfinder.text import command, one_line

app = group()


@app.command()
def compare(
    paths: options.PathIds = None,
    mine: Annotated[bool, typer.Option("--mine", help="Add what you want, from your last quiz.")] = False,
    answers: options.Answers = None,
    differences: Annotated[bool, typer.Option("--differences", help="Only rows that differ in what they say.")] = False,
    as_json: options.Json = False,
    pack: options.PackDir = None,
) -> None:
    """Put paths or tracks side by side, as tables.

    A typical week, the profile, facts, pros and challenges; all paths when none is named.

    \b
    Example:   pathfinder compare academic clinical --differences
    """
    from pathfinder.pack.comparison import compare_paths, comparison_json

    opened = open_pack(pack)
    chosen = choose_several(opened, paths or [])
    own = None
    if mine or answers is not None:
        from pathfinder.result.wishes import listen, wishes_by_id

        wanted = wishes_by_id(listen(opened, own_sheet(opened, pack_folder(pack), answers)))
        own = {name: wish.value for name, wish in wanted.items()}
    rows = compare_paths(opened, chosen, mine=own, differences=differences)
    if as_json:
        emit_json(comparison_json(opened, chosen, rows))
        return
    from pathfinder.show.terminal.comparing import print_comparison

    print_comparison(opened, chosen, rows, f"{command('show', chosen[0].id)}{same_pack(pack)}")


@app.command()
def show(path: options.PathOrTrack, pack: options.PackDir = None) -> None:
    """Show one path or track in full, with next steps and sources.

    \b
    Example:   pathfinder show hybrid
    """
    from pathfinder.show.terminal.paths import print_path

    opened = open_pack(pack)
    print_path(opened, choose_track(opened, path))


@app.command()
def faq(
    words: options.Words = None,
    topic: options.FaqTopic = None,
    as_json: options.Json = False,
    pack: options.PackDir = None,
) -> None:
    """Browse frequent questions by topic, or find answers by words.

    \b
    Example:   pathfinder faq can I switch later
               pathfinder faq --topic money
    """
    from pathfinder.pack.faq import by_topic, nearest_topics, search, topics

    entries, sources = open_faq(pack)
    if topic is not None:
        known = topics(entries)
        if topic not in known:
            raise UsageError(unknown("topic", topic, known))
        entries = tuple(entry for entry in entries if topic in entry.topics)
    asked = _asked(words or [])
    found = search(entries, asked) if asked else entries
    nearest = () if found else nearest_topics(entries, asked)
    if as_json:
        from pathfinder.show.as_json import faq_json

        emit_json(faq_json(asked, topic, found, nearest))
        finish(0 if found else 1)
        return
    from pathfinder.show.terminal.faqs import print_answer, print_nothing, print_topics

    by_id = {source.id: source for source in sources}
    grouped = by_topic(found) if topic is None else {topic: found}
    if not found:
        print_nothing(asked, nearest, same_pack(pack))
    elif asked:
        print_answer(found[0], found[1:], by_id)
    elif is_watched():
        from pathfinder.cli.menu import browse_topics

        spoken = ask.wants_plain()
        browse_topics(grouped, by_id, ask.choose(plain=spoken), spoken=spoken)
    else:
        print_topics(grouped, same_pack(pack))
    finish(0 if found else 1)


def _asked(words: list[str]) -> str:
    asked = one_line(" ".join(words)).strip()
    if words and not asked:
        raise UsageError("an empty text to look for was given; is a variable of the shell unset?")
    return asked
