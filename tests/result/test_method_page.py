"""The page on the method: every table on it is written by a script, and every script still runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_table_of_the_scripts_is_on_the_page() -> None:
    """With few people the scripts give the tables that the page has, and the program agrees with their arithmetic."""
    code = (
        "import sys; sys.path.insert(0, 'bench')\n"
        "from method_tables import PAGE, replaced, tables\n"
        "page = PAGE.read_text(encoding='utf-8')\n"
        "for each in tables(200): page = replaced(page, each)\n"
        "print(page.count('| --- |'))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    page = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    assert int(done.stdout) == page.count("| --- |")
