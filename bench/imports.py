"""What importing each runtime dependency costs, as a ratio to bare Python taken in the same run.

    .venv/bin/python bench/imports.py [RUNS]

Processor time of the whole process (user and system), medians of interleaved runs: other work on the machine hardly
counts. What several dependencies share counts for each of them.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from typing import Final

IMPORTS: Final = {
    "bare Python": "pass",
    "typer": "import typer",
    "pyyaml": "import yaml",
    "rich": "from rich.console import Console; from rich.table import Table; from rich.text import Text",
    "questionary": "import questionary",
    "prompt-toolkit": "from prompt_toolkit.application import Application; from prompt_toolkit.layout import Layout",
    "jinja2": "from jinja2 import Environment, FileSystemLoader",
    "platformdirs": "from platformdirs import user_data_path",
}


def once(code: str) -> float:
    """Return the seconds of processor time that a Python process takes for this code."""
    process = subprocess.Popen([sys.executable, "-c", code])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"failed: {code}")
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    times: dict[str, list[float]] = {name: [] for name in IMPORTS}
    for _ in range(runs + 1):
        for name, code in IMPORTS.items():
            times[name].append(once(code))
    medians = {name: statistics.median(taken[1:]) for name, taken in times.items()}
    bare = medians["bare Python"]
    print("| import | ms | times bare Python | more |\n|---|---:|---:|---:|")
    for name, median in medians.items():
        print(f"| {name} | {median * 1000:.0f} | {median / bare:.1f} | {median / bare - 1:+.1f} |")


if __name__ == "__main__":
    main()
