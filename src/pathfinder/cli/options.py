"""Options and arguments that several commands share."""

# Typer reads the annotations at run time, so nothing here may be a string.
from pathlib import Path
from typing import Annotated

import typer

from pathfinder.cli.group import complete


def _path_ids(pack: str | None) -> list[str]:
    from pathfinder.cli.common import open_pack

    return list(open_pack(pack).path_by_id)


def _faq_ids(pack: str | None) -> list[str]:
    from pathfinder import pack as packfile

    return [each.id for each in packfile.load_faq(packfile.find(pack))[0]]


def _topics(pack: str | None) -> list[str]:
    from pathfinder import pack as packfile
    from pathfinder.pack.faq import topics

    return list(topics(packfile.load_faq(packfile.find(pack))[0]))


def _session_ids(pack: str | None) -> list[str]:  # noqa: ARG001
    from pathfinder.cli.saved import session_ids

    return session_ids()


Pack = Annotated[
    str | None,
    typer.Option(
        "--pack", metavar="DIR", help="Use the pack in this folder.", envvar="PATHFINDER_PACK", show_envvar=True
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON, and nothing else.")]
Plain = Annotated[
    bool, typer.Option("--plain", help="Typed numbers, nothing redrawn: for screen readers and simple terminals.")
]
Answers = Annotated[
    Path | None,
    typer.Option("--answers", metavar="FILE", help="Use this answer sheet (YAML or JSON) instead of asking."),
]
Report = Annotated[
    Path | None, typer.Option("--report", metavar="FILE", help="Also write a report: FILE.html or FILE.md.")
]
WhatIf = Annotated[
    str | None,
    typer.Option(
        "--what-if",
        metavar="PATH",
        help="Also show what would put this path first.",
        autocompletion=complete(_path_ids),
    ),
]
PathId = Annotated[str, typer.Argument(metavar="PATH", help="The path's id.", autocompletion=complete(_path_ids))]
PathIds = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH]...", help="Ids of paths; all when none is named.", autocompletion=complete(_path_ids)
    ),
]
Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="[WORDS]...", help="What to look for, or an entry's id.", autocompletion=complete(_faq_ids)),
]
Topic = Annotated[
    str | None,
    typer.Option("--topic", metavar="TOPIC", help="Only entries on this topic.", autocompletion=complete(_topics)),
]
SessionId = Annotated[
    str,
    typer.Argument(metavar="SESSION", help="The session's id, or “last”.", autocompletion=complete(_session_ids)),
]
