"""Takes a quiz on one of the test packs: `program.py PACK [plain] [settled] [unsaved] [confirm] [menu] [journal=FILE]`.

Prints one line of JSON in the end: whether the person left, and the sheet; of the menu, what was picked.
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
    from pathfinder.answers.interview import AnswerSheet, Interview

MENU = [("why", "Why it fits"), ("tracks", "Tracks"), ("save", "Save a report")]


def main(name: str, *words: str) -> int:
    """Run, and return the exit code."""
    journal = next((each.removeprefix("journal=") for each in words if each.startswith("journal=")), None)

    saved = 0

    def save(sheet: AnswerSheet) -> str | None:
        nonlocal saved
        saved += 1
        if "unsaved" in words and saved == 1:
            return "This answer is not saved: no space left on device."
        if journal:
            with Path(journal).open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(sheet)) + "\n")
                file.flush()
                os.fsync(file.fileno())
        return None

    def offer(interview: Interview) -> str | None:
        settled = "settled" in words and len(interview.answers) == 6
        return "Your answers point to the Clinical path, about 8 in 10." if settled else None

    try:
        require_terminal()
        asker = choose(plain=wants_plain("plain" in words, os.environ))
        if "confirm" in words and not asker.confirm("Begin?"):
            return 1
        if "menu" in words:
            sys.stdout.write(f"RESULT {json.dumps(asker.pick_one('What next?', MENU))}\n")
            return 0
        taken = take_quiz(start(quizzes.named(name)), asker=asker, save=save, offer=offer)
    except PathfinderError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    result = {"left": taken.left, "sheet": asdict(taken.sheet)}
    with suppress(OSError):  # The terminal may have been closed.
        sys.stdout.write(f"RESULT {json.dumps(result)}\n")
        sys.stdout.flush()
    return 130 if taken.left else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
