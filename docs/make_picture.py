"""Draws docs/result.svg, the README's picture, from what the program really prints.

With --check nothing is written; the exit code is 1 when the file is not what the program prints now.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

HERE = Path(__file__).resolve().parent
SHEET = HERE.parent / "tests" / "portraits" / "07-internist-who-runs-the-program.yaml"
PICTURE = HERE / "result.svg"
COLUMNS = 88
LAST = "Pros"


def printed() -> str:
    """Return the first part of a result, with its colours."""
    command = [sys.executable, "-m", "pathfinder", "quiz", "--answers", str(SHEET)]
    environment = os.environ | {"FORCE_COLOR": "1", "COLUMNS": str(COLUMNS), "TERM": "xterm-256color", "COLORTERM": ""}
    environment.pop("NO_COLOR", None)
    ended = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, encoding="utf-8")
    lines = ended.stdout.splitlines()
    plain = [Text.from_ansi(line).plain for line in lines]
    return "\n".join(lines[: plain.index(LAST) - 1])


def drawn() -> str:
    """Return the picture as SVG, without the web fonts that would be fetched from elsewhere."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(printed()))
    picture = console.export_svg(title="pathfinder quiz", unique_id="pathfinder")
    return re.sub(r"\s*@font-face \{[^}]*\}", "", picture)


def main() -> int:
    """Write the picture, or compare it with --check."""
    picture = drawn()
    if "--check" in sys.argv[1:]:
        if PICTURE.read_text(encoding="utf-8") == picture:
            return 0
        sys.stderr.write("docs/result.svg is out of date; draw it again with: python docs/make_picture.py\n")
        return 1
    PICTURE.write_text(picture, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
