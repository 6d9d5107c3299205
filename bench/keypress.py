"""How long a person waits between a key and the next question, in a real pseudo-terminal, saving included.

    python bench/keypress.py [RUNS]

Runs the program's own quiz on the bundled pack, 80x24, with its sessions on the disk (each answer is written
and fsynced before the next question is drawn), and prints the median and the 95th percentile in
milliseconds: from the key's write to the arrival of the last byte of the next question. The first question
is timed from the start of the process, and given as a ratio to `python -c pass` in the same run.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from pathfinder.pack import load_pack  # noqa: E402
from whole.terminal.driver import Terminal, python  # noqa: E402

TARGET = 30.0


def main(runs: int = 10) -> int:
    """Measure, print, and return 1 when the median is over the target."""
    questions = len(load_pack(ROOT / "data").questions)
    keys: list[float] = []
    firsts: list[float] = []
    bare: list[float] = []
    for _ in range(runs):
        bare.append(_bare())
        with tempfile.TemporaryDirectory() as home:
            first, waits = _quiz(questions, home)
        firsts.append(first)
        keys += waits
    median, high = statistics.median(keys), statistics.quantiles(keys, n=20)[-1]
    ratio = statistics.median(firsts) / statistics.median(bare)
    print(
        f"key to next question: median {median:.1f} ms, p95 {high:.1f} ms over {len(keys)} keys (target {TARGET:.0f})"
    )
    print(f"first question: median {statistics.median(firsts):.0f} ms, {ratio:.1f} times bare Python (target 18)")
    return int(median > TARGET)


def _bare() -> float:
    start = time.perf_counter()
    subprocess.run(python("-c", "pass"), check=True)
    return (time.perf_counter() - start) * 1000


def _quiz(questions: int, home: str) -> tuple[float, list[float]]:
    """Return the milliseconds to the first question, and from each key to the question after it."""
    start = time.perf_counter()
    with Terminal(python("-m", "pathfinder", "quiz", "--fresh"), env={"PATHFINDER_HOME": home}) as terminal:
        first = _arrival(terminal, "1 of ", start)
        waits = []
        for number in range(2, questions + 1):
            start = time.perf_counter()
            terminal.send("1")
            arrived = _arrival(terminal, f"· {number} of {questions}", start)
            if "2  Stop here" in terminal.text:
                terminal.send("1")
                terminal.wait_for(f"· {number} of {questions}")
            else:
                waits.append(arrived)
        terminal.send("q")
        terminal.wait_end()
    return first, waits


def _arrival(terminal: Terminal, wanted: str, start: float) -> float:
    """Return the milliseconds until the screen with these words is complete: nothing follows for a while."""
    arrived = start
    while True:
        before = len(terminal.output)
        if not terminal.read(0.05):
            raise SystemExit(f"the quiz ended before {wanted!r}:\n{terminal.text}")
        if len(terminal.output) > before:
            arrived = time.perf_counter()
        elif wanted in terminal.text or "2  Stop here" in terminal.text:
            return (arrived - start) * 1000


if __name__ == "__main__":
    sys.exit(main(*(int(each) for each in sys.argv[1:2])))
