"""The console, and the few shapes that every page is built of.

Text of packs and people goes in as `Text`, never as a string that Rich could read as markup.
"""

from __future__ import annotations

import os
import re
import sys
from typing import IO, TYPE_CHECKING, Final, TextIO, cast

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pathfinder.text import inert, is_accessible, is_unicode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from io import StringIO

    from rich.console import RenderableType

    from pathfinder.result.scoring import Match

_PIPED_WIDTH: Final = 80
_NARROWEST: Final = 20
_WIDEST: Final = 200
READING_WIDTH: Final = 100
"""Running text is not set wider than this."""

TABLE_FROM: Final = 64
"""Narrower terminals get the rows of a table one beneath the other."""

SIDE_BY_SIDE_FROM: Final = 80
"""Narrower terminals get pros and challenges one beneath the other."""

HEADING: Final = "bold"
QUIET: Final = "dim"
GOOD: Final = "bold blue"
BAD: Final = "bold yellow"
LABEL: Final = "cyan"

_SHELL_WORD: Final = r"""(?:'[^']*'|"[^"]*"|[^\s'"])+"""
_FILLING: Final = re.compile(r"(?: |\x1b\[[0-9;]*m)+(?=\n)")


class _Trimmed:
    """A stream that leaves out the spaces with which Rich fills lines: a narrowed window would break them in two."""

    def __init__(self, stream: TextIO, encoding: str) -> None:
        self._stream = stream
        self.encoding = encoding

    def write(self, text: str) -> int:
        return self._stream.write(inert(_FILLING.sub(lambda found: found[0].replace(" ", ""), text)))

    def flush(self) -> None:
        self._stream.flush()

    def isatty(self) -> bool:
        return self._stream.isatty()

    def fileno(self) -> int:
        return self._stream.fileno()


class Canvas(Console):
    """A console that knows whether its text will be heard instead of seen: then nothing is drawn, only said."""

    spoken = False
    links = False
    """Whether sources are links that open (OSC 8)."""


def console(*, spoken: bool = False, into: StringIO | None = None) -> Canvas:
    """Return a console on standard output that fits where the output goes, or one that draws the same into a text.

    Piped output is 80 columns wide unless COLUMNS says otherwise, and without colour unless FORCE_COLOR
    says so; FORCE_COLOR=0 and "false" mean no. `spoken` output, which ACCESSIBLE asks for too, has no
    escape codes at all.
    """
    if os.environ.get("FORCE_COLOR", "").lower() in {"0", "false", "no"}:
        os.environ.pop("FORCE_COLOR")
    spoken = spoken or is_accessible(os.environ)
    asked = os.environ.get("COLUMNS", "")
    width = int(asked) if asked.isdecimal() and int(asked) > 0 else None
    if width is None and not sys.stdout.isatty():
        width = _PIPED_WIDTH
    drawn = Canvas(
        file=cast("IO[str]", _Trimmed(into or sys.stdout, sys.stdout.encoding)),
        width=width,
        markup=False,
        highlight=False,
        emoji=False,
        force_terminal=False if spoken else True if into is not None else None,
    )
    drawn.width = max(_NARROWEST, min(_WIDEST, drawn.width))
    drawn.spoken = spoken
    return drawn


# Terminals that show links, by a variable that each of them sets; the rest could print the codes.
_LINKING: Final = (
    "VTE_VERSION",
    "WT_SESSION",
    "KITTY_WINDOW_ID",
    "KONSOLE_VERSION",
    "ALACRITTY_WINDOW_ID",
    "WEZTERM_PANE",
)
_LINKING_PROGRAMS: Final = frozenset({"iTerm.app", "WezTerm", "vscode", "Hyper", "ghostty", "rio", "Tabby"})


def takes_links(environ: Mapping[str, str]) -> bool:
    """Return whether the terminal takes links; NO_HYPERLINKS turns them off, FORCE_HYPERLINK on."""
    if environ.get("NO_HYPERLINKS") or environ.get("TERM", "dumb") in {"dumb", "linux"}:
        return False
    forced = environ.get("FORCE_HYPERLINK", "")
    known = any(environ.get(each) for each in _LINKING) or environ.get("TERM_PROGRAM") in _LINKING_PROGRAMS
    return forced != "0" and (bool(forced) or known or environ.get("TERM", "").startswith(("xterm-ghostty", "foot")))


def plain(drawn: Console) -> bool:
    """Return whether the output's encoding lacks line and block characters."""
    return not is_unicode(drawn.encoding)


def section(drawn: Console, title: str, note: str = "") -> None:
    """Print a section's title, with a quieter note behind it, or beneath it where the line is too short."""
    drawn.print()
    headline(drawn, title, note)


def headline(drawn: Console, title: str, note: str = "", colour: str = "") -> None:
    """Print a title and its note without the empty line that sets a section apart."""
    style = f"{HEADING} {colour}".strip()
    beside = cell_len(title) + 2 + cell_len(note) <= min(drawn.width, READING_WIDTH)
    if note and not beside:
        paragraph(drawn, Text(title, style=style))
        paragraph(drawn, Text(note, style=QUIET))
    else:
        paragraph(drawn, Text.assemble((title, style), (f"  {note}" if note else "", QUIET)))


def paragraph(drawn: Console, text: RenderableType | str, indent: int = 0) -> None:
    """Print running text at a width that reads well."""
    body = Text(text) if isinstance(text, str) else text
    drawn.print(Padding(body, (0, 0, 0, indent), expand=False), width=min(drawn.width, READING_WIDTH))


def suggestion(drawn: Console, why: str, command: str) -> None:
    """Print a command to type next; one that is too long goes on behind a backslash, so that it can be copied."""
    if cell_len(why) + 2 + cell_len(command) <= min(drawn.width, READING_WIDTH):
        drawn.print(Text(f"{why}: {command}", style=QUIET))
        return
    paragraph(drawn, Text(f"{why}:", style=QUIET))
    for line in continued(command, drawn.width):
        drawn.print(Text(line, style=QUIET, overflow="ignore", no_wrap=True))


def continued(command: str, width: int) -> list[str]:
    """Return a shell command as lines that go on behind a backslash, none wider than `width` where that can be.

    A shell joins quoted pieces that touch, so that a long quoted word is closed at the end of a line and opened again.
    """
    lines = [""]
    for word in re.findall(_SHELL_WORD, command):
        joined = f"{lines[-1]} {word}" if lines[-1].strip() else lines[-1] + word
        if cell_len(joined) + 2 <= width or not lines[-1].strip():
            lines[-1] = joined
        else:
            lines[-1] += " \\"
            lines.append(f"  {word}")
        while cell_len(lines[-1]) + 2 > width and re.fullmatch(r"\s*'[^']+'", lines[-1]):
            kept, lines[-1] = lines[-1][: width - 3], lines[-1][width - 3 :]
            lines[-1:] = [f"{kept}'\\", f"'{lines[-1]}"]
    return lines


def listing(drawn: Console, items: Iterable[tuple[str | Text, Text]], indent: int = 0) -> None:
    """Print items behind their marks, with a hanging indent."""
    drawn.print(Padding(hanging(items), (0, 0, 0, indent), expand=False), width=min(drawn.width, READING_WIDTH))


def hanging(items: Iterable[tuple[str | Text, Text]]) -> Table:
    """Return items behind their marks, with a hanging indent."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for mark, text in items:
        grid.add_row(Text(mark) if isinstance(mark, str) else mark, text)
    return grid


def table(*, ascii_only: bool, header: bool = True, lines: bool = False) -> Table:
    """Return an empty table in the house's style."""
    style = box.ASCII2 if ascii_only else box.ROUNDED if lines else box.SIMPLE_HEAD
    return Table(box=style, show_header=header, show_lines=lines, show_edge=lines, header_style=HEADING, pad_edge=lines)


def records(drawn: Canvas, titles: Sequence[str], rows: Iterable[Sequence[Text | str]]) -> None:
    """Print rows as a table, or one beneath the other where a table would crush them or be heard."""
    if drawn.width >= TABLE_FROM and not drawn.spoken:
        sheet = table(ascii_only=plain(drawn))
        for title in titles:
            sheet.add_column(title, overflow="fold")
        for row in rows:
            sheet.add_row(*(Text(each) if isinstance(each, str) else each for each in row))
        drawn.print(sheet)
        return
    for first, *others in rows:
        paragraph(drawn, Text.assemble(first, style=LABEL))
        for title, cell in zip(titles[1:], others, strict=True):
            if cell:
                paragraph(drawn, Text.assemble((f"{title}: " if title else "", QUIET), cell), indent=2)


def bar(share: float, width: int, *, ascii_only: bool) -> str:
    """Return a bar of `width` cells filled to a share in 0..1."""
    share = min(1.0, max(0.0, share))
    full, dot = ("#", ".") if ascii_only else ("\u2588", "\u2591")
    cells = round(share * width)
    return full * cells + dot * (width - cells)


def level(value: float, *, ascii_only: bool) -> str:
    """Return a level in -2..2 as a bar to the left or right of a middle line, and the number."""
    full, less, middle = ("#", "=", "|") if ascii_only else ("\u2588", "\u2592", "\u2502")
    if not value:
        return "     0"
    cells = min(2, round(abs(value) + 0.01))
    left = (less * cells).rjust(2) if value < 0 else "  "
    right = (full * cells).ljust(2) if value > 0 else "  "
    return f"{left}{middle}{right} {number(value)}"


def rank_mark(match: Match) -> str:
    """Return a rank as it is printed: a dash for a path that is ruled out."""
    return "-" if match.ruled_out else f"{match.rank}."


def number(value: float) -> str:
    """Return a level with its sign and no needless zeros; 0 as a plain 0."""
    return f"{value:+g}" if value else "0"
