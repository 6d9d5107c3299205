"""The page about safety says what is so."""

from __future__ import annotations

import re
from typing import Final

from conftest import ROOT
from hostile import ATTACKS
from pathfinder import files
from pathfinder.answers import sheetfile, store
from pathfinder.pack import fields, paths, questions, reference
from pathfinder.pack import nodes as located
from pathfinder.pack import yaml_file as yamlsource

PAGE: Final = (ROOT / "docs" / "safety.md").read_text(encoding="utf-8")


def test_every_test_named_there_exists() -> None:
    """A promise of the page that no test holds, or that a renamed test held, is none."""
    tests = "".join(each.read_text(encoding="utf-8") for each in (ROOT / "tests").rglob("test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    assert {each for each in named if f"def {each}(" not in tests} == set()
    assert len(named) > 40


def test_every_place_and_kind_of_output_has_a_cell() -> None:
    """The table of text has no hole: a test, or why there is nothing to test."""
    table = [
        each for each in PAGE.partition("## Text")[2].partition("## Files")[0].splitlines() if each.startswith("|")
    ]
    rows = [[cell.strip() for cell in each.strip("|").split("|")] for each in table]
    assert {len(each) for each in rows} == {8}
    assert [cell for row in rows for cell in row if not cell] == []


def test_the_attacks_are_those_of_the_tests() -> None:
    """The page lists every attack that the tests make, and no other."""
    listed = " ".join(PAGE.partition("in every place: ")[2].partition(".\n")[0].split()).split(", ")
    assert listed == list(ATTACKS)


def test_the_limits_are_those_of_the_code() -> None:
    """Every number of the page's table of limits is the one that is enforced."""
    limits = {
        "paths": paths.MOST_PATHS,
        "questions": questions.MOST_QUESTIONS,
        "options of a question": questions.MOST_OPTIONS,
        "dimensions": paths.MOST_DIMENSIONS,
        "FAQ entries": reference.MOST_FAQ,
        "sources": reference.MOST_SOURCES,
        "characters of a text": fields.LONGEST_TEXT,
        "bytes of a file": files.MOST_BYTES,
        "keys and values of a file": yamlsource.MOST_VALUES,
        "levels of nesting": yamlsource.MOST_DEPTH,
        "errors that are told": located.MOST_PROBLEMS,
        "bytes of an answer sheet": sheetfile.LARGEST_SHEET,
        "bytes of a saved quiz": store.LARGEST,
    }
    told = dict(re.findall(r"^\| ([\w ]+) \| ([\d,]+) \|$", PAGE, re.MULTILINE))
    assert told == {name: f"{each:,}" for name, each in limits.items()}
    assert (fields.LEAST_LEVEL, paths.LEAST_WEIGHT, paths.MOST_WEIGHT) == (1e-6, 1e-6, 1e6)
