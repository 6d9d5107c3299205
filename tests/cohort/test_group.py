"""What is told of a group, and that no small group can be had from it."""

from __future__ import annotations

import csv
from math import sqrt
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, pearsonr

from cohort.people import as_csv, people, plain_csv, workshop
from cohort.test_reading import QUIET
from pathfinder.cohort.figures import Moments, share
from pathfinder.cohort.group import Tally, shown_groups
from pathfinder.cohort.run import CohortRequest, run
from pathfinder.result import evaluate

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

PACK = workshop()
PEOPLE = [evaluate(PACK, each) for each in people(PACK, 60, seed=7)]


def test_wilson_is_scipy_s() -> None:
    """For every count out of 1 to 30."""
    for whole in range(1, 31):
        for number in range(whole + 1):
            theirs = binomtest(number, whole).proportion_ci(0.95, "wilson")
            ours = share(number, whole)
            assert ours.low == pytest.approx(theirs.low, abs=1e-12)
            assert ours.high == pytest.approx(theirs.high, abs=1e-12)
    assert share(0, 0) == (0, 0, 0.0, 0.0, 1.0)


def test_wilson_covers_95_percent() -> None:
    """On average over true shares and sizes; within 1.5 points."""
    random = Random(11)  # noqa: S311
    covered = trials = 0
    for _ in range(20_000):
        true, whole = random.uniform(0.02, 0.98), random.randrange(10, 200)
        found = share(sum(random.random() < true for _ in range(whole)), whole)
        covered += found.low <= true <= found.high
        trials += 1
    assert covered / trials == pytest.approx(0.95, abs=0.015)


@given(st.lists(st.tuples(st.integers(-5, 5), st.floats(-1e3, 1e3)), min_size=2, max_size=30))
def test_correlations_are_scipy_s(pairs: list[tuple[int, float]]) -> None:
    """In one pass."""
    moments = Moments()
    for x, y in pairs:
        moments.add(x, y)
    xs, ys = zip(*pairs, strict=True)
    if len(set(xs)) > 1 and max(ys) - min(ys) > 1e-3:
        assert moments.correlation == pytest.approx(float(pearsonr(xs, ys).statistic), abs=1e-6)


def test_a_group_is_counted_and_averaged() -> None:
    """The sums written out."""
    tally = Tally(PACK)
    for each in PEOPLE:
        tally.add(each)
    group = tally.group()
    assert group.people == 60
    assert sum(each.number for each in group.first.values()) + group.nobody.number == 60
    assert sum(each.number for each in group.verdicts.values()) == 60
    values = [each.ranking.evidence.wishes.value[0] for each in PEOPLE]
    mean = sum(values) / 60
    assert group.wishes["wood"].value == pytest.approx(mean)
    assert group.wishes["wood"].sd == pytest.approx(sqrt(sum((each - mean) ** 2 for each in values) / 60))


def test_the_divider_is_the_question_on_which_they_differ() -> None:
    """All answer alike but for one question."""
    from pathfinder.answers.interview import AnswerSheet

    tally = Tally(PACK)
    for number in range(10):
        answers = {each.id: each.options[0].id for each in PACK.questions}
        answers["2-tweezers"] = "1" if number % 2 else "5"
        tally.add(evaluate(PACK, AnswerSheet(pack=PACK.id, answers=answers)))
    assert tally.group().divider == "2-tweezers"
    empty = Tally(PACK)
    empty.add(evaluate(PACK, AnswerSheet(pack=PACK.id)))
    assert empty.group().divider is None


@given(st.lists(st.integers(1, 12), min_size=1, max_size=9), st.integers(4, 9))
def test_no_small_group_can_be_had_by_subtraction(sizes: list[int], least: int) -> None:
    """Neither a group that is shown, nor the whole less any of them, nor what is merged, is under the least."""
    tallies, taken = {}, iter(PEOPLE * 2)
    for number, size in enumerate(sizes):
        tallies[f"g{number}"] = Tally(PACK)
        for _ in range(size):
            tallies[f"g{number}"].add(next(taken))
    groups = shown_groups(PACK, tallies, least)
    if not groups:
        return
    assert sum(each.people for each in groups) == sum(sizes)
    assert all(each.people >= least for each in groups)
    assert [each.name for each in groups if each.rest] in ([], [None])
    # Whoever knows the groups' names knows that the rest are the others: together, and never one small one alone.
    hidden = {*tallies} - {each.name for each in groups}
    assert sum(tallies[each].count for each in hidden) >= least or not hidden


def test_every_column_as_a_split_gives_nothing_small_away(tmp_path: Path) -> None:
    """Each column in turn, against the whole: all that is shown and all that is left has five or more."""
    random = Random(5)  # noqa: S311
    rows = list(csv.reader(plain_csv(PACK, people(PACK, 60, seed=9)).splitlines()))
    extra = [
        ["program", "who", "rare"],
        *([random.choice("ABCDEFGHIJKL"), f"p{n}", "x" if n else "y"] for n in range(60)),
    ]
    table = [row + more for row, more in zip(rows, extra, strict=True)]
    path = tmp_path / "x.csv"
    path.write_text(as_csv(table), encoding="utf-8")
    split = 0
    for column in table[0]:
        found = run(PACK, CohortRequest(path, by=column), QUIET)
        assert found.whole is not None
        rest = found.whole.people
        for each in found.groups:
            assert each.people >= 5
            rest -= each.people
            assert rest == 0 or rest >= 5
        assert rest in {0, 60}
        split += bool(found.groups)
        for number, row in enumerate(table[1:]):
            assert f"p{number}" not in repr(found), row
    assert split > 8


def test_fewer_than_the_least_are_not_shown_at_all(tmp_path: Path, call: Run) -> None:
    """Not even as the whole; and no one may ask for less than four."""
    path = tmp_path / "x.csv"
    path.write_text(plain_csv(PACK, people(PACK, 4)), encoding="utf-8")
    done = call("cohort", str(path), "--pack", "tests/data/workshop")
    assert done.returncode == 0
    assert "Fewer than 5 people: nothing is shown about so small a group." in done.stdout
    assert "Lute" not in done.stdout
    assert "4 rows: 4 read" in call("cohort", str(path), "--pack", "tests/data/workshop", "--least", "4").stdout
    assert call("cohort", str(path), "--pack", "tests/data/workshop", "--least", "3").returncode == 2


def test_who_is_not_what(tmp_path: Path, call: Run) -> None:
    """A split by a column of a thousand different values is a mistake."""
    path = tmp_path / "x.csv"
    path.write_text("who,crowd\r\n" + "".join(f"p{n},4\r\n" for n in range(1_001)), encoding="utf-8")
    done = call("cohort", str(path), "--pack", "tests/data/workshop", "--by", "who")
    assert done.returncode == 2
    assert "different values" in done.stderr
