"""What people really chose, and who answered again."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from scipy.stats import pearsonr

from cohort.people import as_csv, people, plain_csv, workshop
from cohort.test_reading import QUIET
from pathfinder.answers.interview import AnswerSheet
from pathfinder.cohort.evidence import _merged
from pathfinder.cohort.run import CohortRequest, run
from pathfinder.pack import SKIP
from pathfinder.result import evaluate
from pathfinder.result.reading import readings
from pathfinder.result.wishes import listen

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

PACK = workshop()
SHEETS = people(PACK, 120, seed=21, skips=True)


def written(path: Path, sheets: list[AnswerSheet], **columns: list[str]) -> Path:
    """Write sheets and more columns beside them."""
    rows = list(csv.reader(plain_csv(PACK, sheets).splitlines()))
    more = [[*columns], *zip(*columns.values(), strict=True)]
    path.write_text(as_csv([[*row, *each] for row, each in zip(rows, more, strict=True)]), encoding="utf-8")
    return path


def test_hits_and_calibration_are_the_counts_by_hand(tmp_path: Path) -> None:
    """Over those whose choice is known and for whom a path is named."""
    choices = ["Roofer", "lute-maker", "", "teacher.of.crafts", "a baker"]
    outcome = [choices[n % 5] for n in range(120)]
    found = run(PACK, CohortRequest(written(tmp_path / "x.csv", SHEETS, chose=outcome), outcome="chose"), QUIET)
    assert found.elsewhere == 24
    assert found.evidence is not None
    assert found.evidence.outcome is not None
    ids = {"Roofer": "roofer"}
    pairs = []
    for sheet, text in zip(SHEETS, outcome, strict=True):
        person = evaluate(PACK, sheet)
        if text not in {"", "a baker"} and person.first is not None:
            pairs.append((person.first.first, person.first.path.id == ids.get(text, text)))
    told = found.evidence.outcome
    assert told.known == 72
    assert (told.hits.number, told.hits.whole) == (sum(hit for _, hit in pairs), len(pairs))
    assert told.commonest.number == 24
    assert sum(each.chosen.whole for each in told.calibration) == len(pairs)
    for each in told.calibration:
        inside = [(said, hit) for said, hit in pairs if each.low <= said < each.high or (said == each.high == 1)]
        assert each.chosen.whole == len(inside) >= 5
        assert each.chosen.number == sum(hit for _, hit in inside)
        assert each.said == pytest.approx(sum(said for said, _ in inside) / len(inside))


@pytest.mark.parametrize(
    "counts", [[0] * 10, [1] * 10, [9, 0, 0, 1, 0, 0, 0, 0, 0, 2], [0, 0, 0, 0, 3, 3, 20, 0, 4, 0]]
)
def test_bins_are_merged_until_they_are_large_enough(counts: list[int]) -> None:
    """Nobody is lost, and no bin is small unless all of them together are."""
    bins = _merged([(n, n // 2, n * 0.5) for n in counts], 5)
    assert sum(each.chosen.whole for each in bins) == sum(counts)
    assert all(each.chosen.whole >= 5 for each in bins)


def test_the_same_people_again(tmp_path: Path) -> None:
    """First and second time; a third time counts no more; skips are no answers."""
    second = [
        AnswerSheet(
            pack=PACK.id,
            answers={q: (SKIP if a == SKIP else "4" if q == "crowd" else a) for q, a in each.answers.items()},
        )
        for each in SHEETS
    ]
    who = [f"p{n}" for n in range(120)]
    path = written(tmp_path / "x.csv", [*SHEETS, *second, *SHEETS[:30]], who=[*who, *who, *who[:30]])
    found = run(PACK, CohortRequest(path, again="who"), QUIET)
    assert found.evidence is not None
    again = found.evidence.again
    assert again is not None
    assert again.people == 120
    firsts = [evaluate(PACK, each).first for each in SHEETS], [evaluate(PACK, each).first for each in second]
    same = sum((a and a.path.id) == (b and b.path.id) for a, b in zip(*firsts, strict=True))
    assert again.same.number == same
    given = [each.answers["crowd"] for each in SHEETS if each.answers.get("crowd", SKIP) != SKIP]
    assert (again.answers["crowd"].same.number, again.answers["crowd"].same.whole) == (given.count("4"), len(given))
    assert again.answers["crowd"].correlation is None
    assert again.answers["quiet"].correlation == pytest.approx(1)
    assert again.answers["present"].same.value == 1


def test_items_against_the_rest_and_skips(tmp_path: Path) -> None:
    """The rest is the wish that the same sheet without the question says."""
    path = written(tmp_path / "x.csv", SHEETS, who=[""] * 120)
    found = run(PACK, CohortRequest(path, again="who"), QUIET)
    assert found.evidence is not None
    assert found.evidence.again is None
    reading = next(each for each in readings(PACK) if each.question.id == "plastic")
    xs, ys = [], []
    for sheet in SHEETS:
        answer = sheet.answers.get("plastic", SKIP)
        others = {q: a for q, a in sheet.answers.items() if q != "plastic"}
        wishes = listen(PACK, AnswerSheet(pack=PACK.id, answers=others))
        if answer != SKIP and wishes.precision[0] > 3:
            xs.append(reading.effects[int(answer) - 1][0])
            ys.append(wishes.value[0])
    n, r = found.evidence.items["plastic"].rest["wood"]
    assert n == len(xs)
    assert r == pytest.approx(float(pearsonr(xs, ys).statistic), abs=1e-9)
    asked = [each.answers["plastic"] for each in SHEETS if "plastic" in each.answers]
    skipped = found.evidence.items["plastic"].skipped
    assert (skipped.number, skipped.whole) == (asked.count(SKIP), len(asked))


def test_evidence_of_fewer_than_five_is_not_shown(tmp_path: Path, call: Run) -> None:
    """Four known choices are nobody's business."""
    path = written(tmp_path / "x.csv", SHEETS[:40], chose=["roofer"] * 4 + [""] * 36)
    done = call("cohort", str(path), "--pack", "tests/data/workshop", "--outcome", "chose")
    assert done.returncode == 0
    assert "What they really chose" not in done.stdout
    path = written(tmp_path / "x.csv", SHEETS, chose=["roofer"] * 120)
    done = call("cohort", str(path), "--pack", "tests/data/workshop", "--outcome", "chose", "--again", "smell-of-wood")
    assert "What they really chose" in done.stdout
    assert "The same people again" in done.stdout
