"""What survey tools export is read without a mapping, and gives each person the result of `quiz --answers`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cohort.people import DATA, TOOLS, people, workshop
from pathfinder.cohort import table
from pathfinder.cohort.columns import Columns, header_rows, recognized
from pathfinder.cohort.records import record
from pathfinder.result import evaluate
from pathfinder.show.as_json import to_json

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run
    from pathfinder.answers.interview import AnswerSheet
    from pathfinder.pack import Pack

EXPORTS = DATA / "exports"


def read_back(pack: Pack, path: Path) -> list[AnswerSheet]:
    """Return the sheets in an export."""
    with table.open_table(path, lambda names: recognized(pack, names)) as found:
        count = header_rows(pack, found.first)
        columns = Columns(pack, found.first[:count])
        return [columns.sheet(row) for row in list(found.rows)[count:]]


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("kind", ["bundled", "awkward"])
def test_an_export_of_200_people_gives_back_their_sheets(bundled: Pack, tool: str, kind: str, tmp_path: Path) -> None:
    """Form out, answers in as the tool writes them: the same sheets, question by question and mark by mark."""
    pack = workshop() if kind == "awkward" else bundled
    sheets = people(pack, 200)
    path = tmp_path / "export.csv"
    path.write_text(TOOLS[tool](pack, sheets), encoding="utf-8")
    assert read_back(pack, path) == sheets


def test_a_row_is_the_result_of_a_quiz_to_the_last_digit(bundled: Pack) -> None:
    """The columns of a row are the numbers of `quiz --json`."""
    for sheet in people(bundled, 60, seed=2, skips=True):
        row = record(evaluate(bundled, sheet))
        whole = evaluate(bundled, sheet)
        found = to_json(whole)
        assert row["verdict"] == found["verdict"]
        assert row["answered"] == found["answered"]
        assert row["contradictory"] == int(found["contradictory"])
        for each in found["ranking"]:
            assert row[f"first_{each['path']}"] == each["first"]
            assert row[f"match_{each['path']}"] == each["match"]
        named = [each.path.id for each in whole.recommended]
        assert row["first"] == (named[0] if named else "")
        assert row["track"] == (found["ranking"][0]["tracks"][0]["track"] if named else "")


@pytest.mark.parametrize("path", sorted(EXPORTS.iterdir()), ids=lambda each: each.stem)
def test_the_example_files_are_read_whole(path: Path, call: Run) -> None:
    """Each tool's example has eight people, of whom none is refused."""
    done = call("cohort", str(path), "--pack", str(DATA / "workshop"), "--json")
    assert done.returncode == 0, done.stderr
    assert "8 rows: 8 read, 0 refused." in done.stderr
    assert len(read_back(workshop(), path)) == 8
