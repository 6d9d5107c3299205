"""Options and arguments that several commands share."""

# Typer reads the annotations at run time, so nothing here may be a string.
from pathlib import Path
from typing import Annotated

import typer

from pathfinder.cli.common import open_faq, open_pack, session_ids
from pathfinder.cli.group import complete
from pathfinder.errors import UsageError
from pathfinder.files import expanded


def path_of(text: str) -> Path:
    """Return the path that a person typed, with "~" as their home; raises UsageError when it is empty."""
    if not text:
        raise UsageError("an empty name of a file or folder was given; is a variable of the shell unset?")
    return expanded(text)


def folder_of(text: str) -> str:
    """Return the folder that a person typed, as `path_of` does."""
    return str(path_of(text))


def _topics(pack: str | None) -> list[str]:
    return list(dict.fromkeys(topic for entry in open_faq(pack)[0] for topic in entry.topics))


PackDir = Annotated[
    str | None,
    typer.Option(
        "--pack",
        metavar="DIR",
        help="Use the pack in this folder.",
        envvar="PATHFINDER_PACK",
        show_envvar=True,
        parser=folder_of,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON, and nothing else.")]
Plain = Annotated[
    bool, typer.Option("--plain", help="Typed numbers, nothing redrawn: for screen readers and simple terminals.")
]
Full = Annotated[bool, typer.Option("--full", help="Print every section of the result.")]
Brief = Annotated[bool, typer.Option("--brief", help="Print the first screen of the result, and no menu.")]
Open = Annotated[bool, typer.Option("--open", help="Open the report when it is written.")]
Answers = Annotated[
    Path | None,
    typer.Option(
        "--answers", metavar="FILE", help="Use these answers (YAML or JSON) instead of asking.", parser=path_of
    ),
]
Report = Annotated[
    Path | None,
    typer.Option("--report", metavar="FILE", help="Also write a report: FILE.html or FILE.md.", parser=path_of),
]
WhatIf = Annotated[
    str | None,
    typer.Option(
        "--what-if",
        metavar="PATH",
        help="Also show what would put this path first.",
        autocompletion=complete(lambda pack: list(open_pack(pack).path_by_id)),
    ),
]
PathOrTrack = Annotated[
    str,
    typer.Argument(
        metavar="PATH",
        help="The id of a path or track.",
        autocompletion=complete(lambda pack: list(open_pack(pack).track_by_id)),
    ),
]
PathIds = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH]...",
        help="Ids of paths or tracks; all paths when none is named.",
        autocompletion=complete(lambda pack: list(open_pack(pack).track_by_id)),
    ),
]
Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[WORDS]...",
        help="What to look for, or an entry's id.",
        autocompletion=complete(lambda pack: [entry.id for entry in open_faq(pack)[0]]),
    ),
]
FaqTopic = Annotated[
    str | None,
    typer.Option("--topic", metavar="TOPIC", help="Only entries on this topic.", autocompletion=complete(_topics)),
]
SessionId = Annotated[
    str,
    typer.Argument(
        metavar="SESSION", help="The quiz's id, or “last”.", autocompletion=complete(lambda _pack: session_ids())
    ),
]
SessionOrFile = Annotated[
    str,
    typer.Argument(
        metavar="SESSION|FILE",
        help="A quiz's id, “last”, or a file of answers.",
        autocompletion=complete(lambda _pack: session_ids()),
    ),
]
