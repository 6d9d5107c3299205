"""Takes a quiz on one of the test packs: `program.py PACK [plain] [settled] [unsaved] [confirm] [journal=FILE]`.

Prints one line of JSON in the end: whether the person left or stopped early, and the sheet.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

import quizzes
from pathfinder.answers.interview import start
from pathfinder.ask import choose, require_terminal, wants_plain
from pathfinder.ask.flow import take_quiz
from pathfinder.errors import PathfinderError

if TYPE_CHECKING:
    from pathfinder.answers.interview import AnswerSheet


def main(name: str, *words: str) -> int:
    """Run, and return the exit code."""
    journal = next((each.removeprefix("journal=") for each in words if each.startswith("journal=")), None)

    def save(sheet: AnswerSheet, place: int) -> str | None:
        if "unsaved" in words and place == 1:
            return "This answer is not saved: no space left on device."
        if journal:
            with Path(journal).open("a", encoding="utf-8") as file:
                file.write(json.dumps([place, asdict(sheet)]) + "\n")
                file.flush()
                os.fsync(file.fileno())
        return None

    try:
        require_terminal()
        if "confirm" in words and not choose(plain="plain" in words).confirm("Begin?"):
            return 1
        taken = take_quiz(
            start(quizzes.named(name)),
            save=save,
            settled=lambda _: "settled" in words,
            plain=wants_plain("plain" in words, os.environ),
        )
    except PathfinderError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    result = {"left": taken.left, "early": taken.stopped_early, "sheet": asdict(taken.sheet)}
    with suppress(OSError):  # The terminal may have been closed.
        sys.stdout.write(f"RESULT {json.dumps(result)}\n")
        sys.stdout.flush()
    return 130 if taken.left else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
