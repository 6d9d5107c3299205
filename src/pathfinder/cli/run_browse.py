"""`compare`, `show` and `faq`: reading the pack without taking the quiz."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from pathfinder.cli.common import choose_path, choose_paths, open_pack, same_pack, unknown
from pathfinder.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pathfinder.pack import Faq

FAQ_SCHEMA: Final = "pathfinder.faq/1"
_FULL_ANSWERS: Final = 2


def welcome() -> int:
    """Say in four lines what this is and what to type."""
    from pathfinder.ask.words import as_sentence, length

    opened = open_pack(None)
    sys.stdout.write(
        f"pathfinder: {as_sentence(opened.title)} A quiz that explains its answer and says how sure it is.\n"
        f"  pathfinder quiz       {length(opened.questions)}; leave and resume at any time\n"
        f"  pathfinder compare    the {len(opened.paths)} paths side by side\n"
        "  pathfinder faq        questions and answers (pathfinder --help shows every command)\n"
    )
    return 0


def compare(
    paths: Sequence[str], *, pack: str | None, differences: bool, mine: str | None, answers: Path | None, as_json: bool
) -> int:
    """Put paths side by side, with the preferences of a saved session (`mine`) or of a sheet beside them."""
    from pathfinder.result import comparison

    opened = open_pack(pack)
    chosen = choose_paths(opened, paths)
    own = None
    if mine is not None or answers is not None:
        from pathfinder.cli.saved import own_sheet
        from pathfinder.result import scoring

        evidence = scoring.rank(opened, own_sheet(opened, mine, answers)).evidence
        own = dict(zip((each.id for each in evidence.dimensions), evidence.preference, strict=True))
    rows = comparison.compare(opened, chosen, mine=own, differences=differences)
    if as_json:
        from pathfinder.show.streams import emit_json

        emit_json(comparison.to_json(opened, chosen, rows))
        return 0
    from pathfinder.show.terminal.paths import compare as draw

    draw(chosen, rows, same_pack(pack))
    return 0


def show(path: str, *, pack: str | None) -> int:
    """Show one path in full."""
    opened = open_pack(pack)
    chosen = choose_path(opened, path)
    from pathfinder.show.terminal.paths import show as draw

    draw(opened, chosen)
    return 0


def faq(words: Sequence[str], *, pack: str | None, topic: str | None, as_json: bool) -> int:
    """Show all questions, those of a topic, or the answers to some words; 1 when nothing is found."""
    from pathfinder import pack as packfile
    from pathfinder.pack import faq as finder
    from pathfinder.spelling import similar
    from pathfinder.text import one_line

    entries, sources = packfile.load_faq(packfile.find(pack))
    if topic is not None:
        entries = _of_topic(entries, topic, finder.topics(entries))
    asked = one_line(" ".join(words)).strip()
    found = tuple(each.entry for each in finder.search(entries, asked, similar)) if asked else entries
    code = 0 if found else 1
    if as_json:
        from pathfinder.show.streams import emit_json

        emit_json(_faq_json(asked, topic, found, () if found else finder.nearest(entries, asked)))
        return code
    from pathfinder.show.terminal import faqs

    if not found:
        faqs.nearest(asked, finder.nearest(entries, asked))
    elif asked:
        faqs.answers(found[:_FULL_ANSWERS], found[_FULL_ANSWERS:], {each.id: each for each in sources})
    else:
        faqs.overview(finder.by_topic(found) if topic is None else {topic: found}, same_pack(pack))
    return code


def _of_topic(entries: Iterable[Faq], topic: str, topics: Sequence[str]) -> tuple[Faq, ...]:
    if topic not in topics:
        raise UsageError(unknown("topic", topic, topics))
    return tuple(each for each in entries if topic in each.topics)


def _faq_json(words: str, topic: str | None, found: Sequence[Faq], nearest: Sequence[Faq]) -> dict[str, Any]:
    return {
        "schema": FAQ_SCHEMA,
        "words": words,
        "topic": topic,
        "found": [_entry_json(each) for each in found],
        "nearest": [_entry_json(each) for each in nearest],
    }


def _entry_json(entry: Faq) -> dict[str, Any]:
    return {
        "id": entry.id,
        "question": entry.question,
        "answer": entry.answer,
        "topics": list(entry.topics),
        "paths": list(entry.paths),
        "sources": list(entry.sources),
    }
