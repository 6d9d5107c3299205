"""Makes the pictures and the sample page of docs/ from what the program really shows.

    .venv/bin/python docs/make_pictures.py [--check]

With --check nothing is written; the exit code is 1 when a file is not what the program shows now.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.style import Style
from rich.text import Text

DOCS: Final = Path(__file__).resolve().parent
ROOT: Final = DOCS.parent
SHEET: Final = ROOT / "tests" / "portraits" / "07-internist-who-runs-the-program.yaml"
COLUMNS: Final = 88
DAY: Final = date(2026, 11, 25)
"""The day that stands on the sample page."""

sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from whole.terminal.driver import Terminal, python  # noqa: E402 - found in the checkout

if TYPE_CHECKING:
    from collections.abc import Callable


def question() -> str:
    """Return the picture of the fourth question, after three answers."""
    with tempfile.TemporaryDirectory() as home, _program(home, "quiz", rows=24) as terminal:
        for number, digit in enumerate("425", start=1):
            terminal.wait_for(f"{number} of ")
            terminal.settle()
            terminal.send(digit)
        terminal.wait_for("4 of ")
        terminal.settle()
        return _drawn(_seen(terminal), "pathfinder quiz")


def result() -> str:
    """Return the picture of the screen that a result ends with."""
    with (
        tempfile.TemporaryDirectory() as home,
        _program(home, "quiz", "--answers", str(SHEET), rows=30) as terminal,
    ):
        terminal.wait_for("Done")
        terminal.settle()
        return _drawn(_seen(terminal), "pathfinder quiz")


def compared() -> str:
    """Return the picture of the first lines of two paths side by side."""
    return _part("Academic medicine", "Facts", "compare", "academic", "clinical", "--differences")


def why() -> str:
    """Return the picture of what carries a result."""
    return _part("Why Academic", "Academic medicine", "quiz", "--answers", str(SHEET), "--full")


def audited() -> str:
    """Return the picture of an audit."""
    return _part("Getting to work", "0 errors", "pack", "audit", str(ROOT / "examples" / "getting-to-work"))


def grouped() -> str:
    """Return the picture of what a group is like."""
    return _part("Who comes first", "What they want", "cohort", str(ROOT / "examples" / "class.csv"))


def sample_page() -> str:
    """Return the page that `--report` writes for the sample answers."""
    from pathfinder.answers.sheetfile import read_sheet
    from pathfinder.pack import bundled, load_pack
    from pathfinder.result import evaluate
    from pathfinder.show.report import to_html

    pack = load_pack(bundled())
    return to_html(evaluate(pack, read_sheet(SHEET, pack)), DAY)


FILES: Final[dict[str, Callable[[], str]]] = {
    "question.svg": question,
    "result.svg": result,
    "compare.svg": compared,
    "why.svg": why,
    "audit.svg": audited,
    "cohort.svg": grouped,
    "sample-result.html": sample_page,
}


def _program(home: str, *arguments: str, rows: int) -> Terminal:
    command = python("-m", "pathfinder", *arguments)
    return Terminal(command, columns=COLUMNS, rows=rows, env={"PATHFINDER_HOME": home, "PATHFINDER_AS": ""})


def _part(first: str, after: str, *arguments: str) -> str:
    """Return the picture of what a command prints, from the line that begins with some words up to one with others."""
    lines = list(Text.from_ansi(_printed(*arguments)).split("\n"))
    plain = [line.plain for line in lines]
    begin = next(number for number, line in enumerate(plain) if line.startswith(first))
    end = next(number for number, line in enumerate(plain) if number > begin and line.startswith(after))
    while not plain[end - 1].strip():
        end -= 1
    return _drawn(Text("\n").join(lines[begin:end]), f"pathfinder {arguments[0]}")


def _printed(*arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    environment |= {"FORCE_COLOR": "1", "COLUMNS": str(COLUMNS), "TERM": "xterm-256color", "COLORTERM": ""}
    environment |= {"PYTHONPATH": str(ROOT / "src")}
    command = python("-m", "pathfinder", *arguments)
    return subprocess.run(command, env=environment, capture_output=True, check=True, encoding="utf-8").stdout


def _seen(terminal: Terminal) -> Text:
    """Return what stands on the screen, with its colors and its bold words."""
    lines = []
    for row, line in enumerate(terminal.lines):
        text = Text(line)
        for (color, bold), columns in groupby(range(len(line)), key=partial(terminal.style, row)):
            first, *more = columns
            text.stylize(Style(color=_rich_color(color), bold=bold), first, first + len(more) + 1)
        lines.append(text)
    while not lines[-1].plain:
        lines.pop()
    return Text("\n").join(lines)


def _rich_color(name: str) -> str | None:
    """Return the name that Rich has for a color that the terminal emulator names."""
    if name == "default":
        return None
    if re.fullmatch("[0-9a-f]{6}", name):
        return f"#{name}"
    return name.replace("brown", "yellow").replace("bright", "bright_")


def _drawn(text: Text, title: str) -> str:
    """Return the text as SVG, without the web fonts that would be fetched from elsewhere."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(text)
    picture = console.export_svg(title=title, unique_id="pathfinder")
    return re.sub(r"\s*@font-face \{[^}]*\}", "", picture)


def main() -> int:
    """Write the files, or compare them with --check."""
    stale = []
    for name, make in FILES.items():
        made, file = make(), DOCS / name
        if "--check" not in sys.argv[1:]:
            file.write_text(made, encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != made:
            stale.append(name)
    if stale:
        command = ".venv/bin/python docs/make_pictures.py"
        sys.stderr.write(f"out of date in docs/: {', '.join(stale)}; make them anew with: {command}\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
