"""Every row of the audit, on packs that break one rule each, and against independent calculations."""

from __future__ import annotations

import itertools
import json
import math
import random
import time
from dataclasses import replace
from datetime import date, timedelta
from math import inf, log

import numpy as np
import pytest
from scipy.optimize import linprog, nnls

from pathfinder.audit import CHECKS, Audit, CheckRow, audit
from pathfinder.audit.blends import gap
from pathfinder.audit.check_dates import checked
from pathfinder.audit.check_paths import _reachable
from pathfinder.audit.crowd import Crowd, Estimate
from pathfinder.audit.model import extreme, ideal, model
from pathfinder.audit.reach import Reach, reach
from pathfinder.audit.simplex import solve
from pathfinder.pack import (
    CareerPath,
    Dimension,
    Fact,
    Faq,
    Option,
    Pack,
    Question,
    Scale,
    Statement,
    Track,
    scale_options,
)
from pathfinder.result.scoring import TIE, rank

Gains = list[list[list[float]]]
Profiles = dict[str, dict[str, float]]

AGAINST = "It has a price that not everybody is ready to pay."
IN_FAVOUR = "It has a reward that most people are glad to have."
LEVELS: Profiles = {
    "sea": {"salt": 2, "wind": 2, "snow": -2, "sun": 1},
    "alps": {"salt": -2, "wind": 1, "snow": 2, "calm": 1},
    "home": {"wind": -2, "sun": -1, "calm": 2, "snow": -1},
}


def statement(dimension: str, keyed: str = "+", weight: float = 1.0, name: str = "") -> Question:
    """Return an agree/disagree question."""
    scale = Scale(dimension=dimension, keyed="+" if keyed == "+" else "-")
    mark = "more" if keyed == "+" else "less"
    return Question(
        id=name or f"{dimension}-{mark}",
        theme="all",
        text="?",
        options=scale_options(scale),
        scale=scale,
        weight=weight,
    )


def choice(name: str, *effects: dict[str, float], rules_out: dict[int, tuple[str, ...]] | None = None) -> Question:
    """Return a question with these effects, option by option."""
    out = rules_out or {}
    options = tuple(
        Option(id=f"o{n}", text="?", effects=each, rules_out=out.get(n, ())) for n, each in enumerate(effects)
    )
    return Question(id=name, theme="all", text="?", options=options)


def both_ways(*dimensions: str, times: int = 1) -> tuple[Question, ...]:
    """Return a statement of each keying for every dimension, several times over."""
    return tuple(
        statement(d, keyed, name=f"{d}-{keyed.replace('+', 'more').replace('-', 'less')}-{n}")
        for n in range(times)
        for d in dimensions
        for keyed in "+-"
    )


def quiz(levels: Profiles, questions: tuple[Question, ...] | None = None) -> Pack:
    """Return a pack with these profiles; without questions, it asks four statements about every dimension."""
    names = list(dict.fromkeys(d for each in levels.values() for d in each))
    return Pack(
        id="holiday",
        version="1",
        title="Holiday",
        about="?",
        themes=("all",),
        dimensions=tuple(Dimension(id=d, name=d, theme="all", about="?") for d in names),
        paths=tuple(
            CareerPath(
                id=name,
                name=name,
                summary="?",
                profile=profile,
                week={},
                pros=(Statement(text=IN_FAVOUR, sources=("s",)),) * 2,
                challenges=(Statement(text=AGAINST, sources=("s",)),) * 2,
            )
            for name, profile in levels.items()
        ),
        questions=both_ways(*names, times=2) if questions is None else questions,
    )


def with_tracks(pack: Pack, path: str, **levels: dict[str, float]) -> Pack:
    """Return the pack with tracks in one path, their levels over the path's."""
    changed = tuple(
        replace(
            each,
            tracks=tuple(
                Track(id=t, name=t, summary="?", profile={**each.profile, **own}, week={}) for t, own in levels.items()
            ),
        )
        if each.id == path
        else each
        for each in pack.paths
    )
    return replace(pack, paths=changed)


def look(pack: Pack, day: date | None = None) -> Audit:
    """Return the audit with a small crowd, for the checks that do not rest on it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pathfinder.audit.LEAST_PEOPLE", 200)
        patch.setattr("pathfinder.audit.MOST_PEOPLE", 200)
        patch.setattr("pathfinder.audit.BATCH", 200)
        return audit(pack, day=day)


def rows(found: Audit, check: str) -> dict[str, CheckRow]:
    """Return a check's rows by subject."""
    return {each.subject: each for each in found.rows if each.check == check}


@pytest.fixture(scope="module")
def fair() -> Audit:
    """Return an audit that finds nothing."""
    return audit(quiz(LEVELS))


# ---- the whole


def test_a_fair_pack_gives_no_finding(fair: Audit) -> None:
    """Three paths with demands of their own, asked both ways, are fair."""
    assert fair.findings == ()
    assert fair.level == "ok"


def test_the_bundled_pack_is_fair_and_quickly_audited(bundled: Pack) -> None:
    """The pack that comes with the program has no error and no warning, found in under five seconds of work."""
    start = time.process_time()
    found = audit(bundled)
    assert time.process_time() - start < 5
    assert [(each.check, each.subject, each.finding) for each in found.findings] == []


def test_the_bundled_pack_favours_no_path(bundled: Pack) -> None:
    """Each path comes first for 33 +- 6 % of simulated people, is no blend of the others, and is found by who wants it."""
    rows = {(each.check, each.subject): each.values for each in audit(bundled).rows}
    for path in bundled.path_by_id:
        assert rows["base-rate", path]["share"] == pytest.approx(0.33, abs=0.06), path
        assert rows["mixture", path]["distance"] > 0.6, path
        assert rows["ideal", path]["match"] >= 95, path


def test_the_same_pack_gives_the_same_audit(fair: Audit) -> None:
    """Nothing depends on chance: the JSON is the same bytes each time, and holds no infinite number."""
    again = audit(quiz(LEVELS))
    assert json.dumps(fair.to_json(), allow_nan=False) == json.dumps(again.to_json(), allow_nan=False)
    assert fair.to_json()["schema"] == "pathfinder.audit/1"


def test_progress_rises_to_one() -> None:
    """What is told of the progress never falls, and ends at 1."""
    told: list[float] = []
    audit(quiz(LEVELS), told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 5


def test_groups_stand_in_the_order_of_the_checks(fair: Audit) -> None:
    """A table has a line for each check, and every row is in one of them."""
    assert [each.check for each in fair.groups] == [each for each in CHECKS if each != "checked"]
    assert sum((each.rows for each in fair.groups), ()) == fair.rows


def test_advice_goes_with_findings_only(fair: Audit) -> None:
    """A row that is fine asks for no change, every other says what to change."""
    broken = look(quiz({**LEVELS, "boat": {"salt": 2, "wind": 1.5, "sun": 0.5, "snow": -1}}, both_ways("salt", "wind")))
    assert broken.findings
    assert all(each.advice for each in broken.findings)
    assert not any(each.advice for each in fair.rows)


# ---- reachable


def brute(gain: Gains, path: int, excludes: list[list[frozenset[int]]]) -> float:
    """Return the largest lead of a path over all complete sheets, by trying each."""
    best = -inf
    for sheet in itertools.product(*(range(len(options)) for options in gain)):
        gone = frozenset[int]().union(*(row[o] for row, o in zip(excludes, sheet, strict=True)))
        if path not in gone:
            rivals = [r for r in range(len(gain[0][0])) if r != path and r not in gone]
            leads = [sum(row[o][path] - row[o][r] for row, o in zip(gain, sheet, strict=True)) for r in rivals]
            best = max(best, min(leads, default=inf))
    return best


def random_race(seed: int) -> tuple[Gains, list[list[frozenset[int]]]]:
    """Return gains (and exclusions) of a small random pack, with blends, twins, ties and zeros among its profiles."""
    draw = random.Random(seed)  # noqa: S311
    paths, dimensions = draw.randint(2, 6), draw.randint(1, 4)
    levels = [[draw.choice((-2, -1, 0, 1, 2)) / 2 for _ in range(dimensions)] for _ in range(paths)]
    if paths > 2 and draw.random() < 0.5:
        levels[-1] = [(a + b) / draw.choice((2, 1.5, 3)) for a, b in zip(levels[0], levels[1], strict=True)]
    gain: Gains = []
    for _ in range(draw.randint(1, 5)):
        effects = [
            [draw.choice((-1, -0.5, 0, 0, 0.5, 1)) for _ in range(dimensions)] for _ in range(draw.randint(2, 4))
        ]
        gain.append([[sum(a * b for a, b in zip(e, row, strict=True)) for row in levels] for e in effects])
    rate = draw.choice((0, 0, 0.08))
    excludes = [[frozenset(p for p in range(paths) if draw.random() < rate) for _ in options] for options in gain]
    return gain, excludes


@pytest.mark.parametrize("block", range(8))
def test_reachability_agrees_with_exhaustive_search(block: int) -> None:
    """A path is called reachable or unreachable only when trying every sheet says so too, and no lead passes the bound."""
    undecided = 0
    for seed in range(block * 100, block * 100 + 100):
        gain, excludes = random_race(seed)
        for path in range(len(gain[0][0])):
            found, best = reach(gain, path, excludes), brute(gain, path, excludes)
            assert found.possible in (best > TIE, None), (seed, path)
            assert found.bound >= best - TIE
            assert found.margin <= best + TIE
            undecided += found.possible is None
    assert undecided <= 2


@pytest.mark.parametrize("seed", range(200))
def test_a_certificate_holds_on_every_sheet(seed: int) -> None:
    """The mixture that blocks a path scores at least as much as the path on every single sheet."""
    gain, _ = random_race(seed)
    for path in range(len(gain[0][0])):
        found = reach(gain, path)
        if found.bound <= TIE:
            assert sum(found.mixture) == pytest.approx(1)
            assert min(found.mixture) >= 0
            for sheet in itertools.product(*(range(len(options)) for options in gain)):
                score = [sum(row[o][p] for row, o in zip(gain, sheet, strict=True)) for p in range(len(gain[0][0]))]
                assert sum(m * s for m, s in zip(found.mixture, score, strict=True)) >= score[path] - 1e-8


@pytest.mark.parametrize("seed", range(100))
def test_the_game_agrees_with_a_linear_program(seed: int) -> None:
    """Value and mixtures are those that scipy finds; each mixture alone guarantees the value."""
    draw = np.random.default_rng(seed)
    payoff = draw.integers(-3, 4, size=(draw.integers(1, 9), draw.integers(1, 7))).astype(float)
    value, columns, lines = solve(payoff.tolist())
    rows_, cols = payoff.shape
    oracle = linprog(
        [0.0] * cols + [1.0],
        A_ub=np.hstack([payoff, -np.ones((rows_, 1))]),
        b_ub=[0.0] * rows_,
        A_eq=[[1.0] * cols + [0.0]],
        b_eq=[1.0],
        bounds=[(0, None)] * cols + [(None, None)],
    )
    assert value == pytest.approx(oracle.fun, abs=1e-9)
    assert max(payoff @ columns) == pytest.approx(value, abs=1e-9)
    assert min(lines @ payoff) == pytest.approx(value, abs=1e-9)


def test_twins_block_each_other() -> None:
    """Of two paths with the same profile neither comes first alone, and each is named as what blocks the other."""
    found = rows(look(quiz({**LEVELS, "coast": dict(LEVELS["sea"])})), "reachable")
    assert found["coast"].level == found["sea"].level == "error"
    assert "sea always scores at least as much" in found["coast"].finding
    assert found["alps"].level == "ok"


def test_an_unreachable_path_names_the_mixture_that_blocks_it() -> None:
    """Where two rivals together are always at least as good, both are named with their shares."""
    pack = quiz(
        {"left": {"x": 2, "y": -1}, "right": {"x": -2, "y": -1}, "low": {"x": 0, "y": 2}},
        (choice("only", {"x": 1}, {"x": -1}),),
    )
    found = rows(look(pack), "reachable")["low"]
    assert found.level == "error"
    assert "a mix of 50% right and 50% left" in found.finding
    assert found.values["bound"] <= TIE


def test_ruling_out_its_rivals_makes_a_path_reachable() -> None:
    """A path that scores lowest everywhere still comes first where an answer rules out all others."""
    levels: Profiles = {"a": {"x": 2, "y": 1}, "b": {"x": 2, "y": -1}, "c": {"x": -2, "y": 0}}
    options: tuple[dict[str, float], ...] = ({"x": 1}, {"x": 1})
    never = rows(look(quiz(levels, (choice("q", *options), *both_ways("y")))), "reachable")
    ruled = (choice("q", *options, rules_out={0: ("a", "b")}), *both_ways("y"))
    assert never["c"].level == "error"
    found = look(quiz(levels, ruled))
    assert rows(found, "reachable")["c"].level == "ok"
    assert json.dumps(found.to_json(), allow_nan=False)


def test_a_path_ruled_out_by_every_answer_is_unreachable() -> None:
    """When each option of a question rules a path out, nothing can put it first."""
    blocked = choice("q", {"x": 1}, {"x": -1}, rules_out={0: ("a",), 1: ("a",)})
    found = look(quiz({"a": {"x": 2}, "b": {"x": -2}}, (blocked, *both_ways("x", times=3))))
    assert rows(found, "reachable")["a"].finding == "Every answer to some question rules a out."
    assert rows(found, "base-rate")["a"].values["share"] == 0.0


def test_many_exclusions_never_give_a_false_proof() -> None:
    """With too many cases to go through, a reachable path is still found or left undecided."""
    draw = random.Random(3)  # noqa: S311
    gain = [[[draw.uniform(-1, 1) for _ in range(4)] for _ in range(3)] for _ in range(10)]
    excludes = [[frozenset(p for p in range(4) if draw.random() < 0.1) for _ in range(3)] for _ in range(10)]
    for path in range(4):
        assert reach(gain, path, excludes).possible is not False


def test_a_search_cut_short_gives_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a sheet and without a proof a path is undecided, never unreachable."""
    monkeypatch.setattr("pathfinder.audit.reach.MOST_NODES", 0)
    open_ = 0
    for seed in range(200):
        gain, excludes = random_race(seed)
        for path in range(len(gain[0][0])):
            found = reach(gain, path, excludes)
            assert found.possible in (brute(gain, path, excludes) > TIE, None)
            open_ += found.possible is None
    assert open_ > 0


def test_a_bound_from_few_cuts_is_still_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks at fewer mixtures may prove less, and never anything false."""
    monkeypatch.setattr("pathfinder.audit.reach.MOST_CUTS", 1)
    for seed in range(150):
        gain, excludes = random_race(seed)
        for path in range(len(gain[0][0])):
            found, best = reach(gain, path, excludes), brute(gain, path, excludes)
            assert found.possible in (best > TIE, None)
            assert found.bound >= best - TIE


def test_more_cases_than_can_be_gone_through_widen_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letting go every rival that some option rules out proves less, and never anything false."""
    monkeypatch.setattr("pathfinder.audit.reach.MOST_CASES", 1)
    excluding = 0
    for seed in range(150):
        gain, excludes = random_race(seed)
        excluding += any(out for options in excludes for out in options)
        for path in range(len(gain[0][0])):
            found, best = reach(gain, path, excludes), brute(gain, path, excludes)
            assert found.possible in (best > TIE, None)
            assert found.bound >= best - TIE
    assert excluding > 20


def test_a_path_that_only_a_mixture_of_sheets_puts_first_is_unreachable() -> None:
    """Where no mixture of rivals proves it, going through all sheets does, and the finding says that it did."""
    pack = quiz(
        {"left": {"x": 2}, "right": {"y": 2}, "middle": {"x": 1, "y": 1}},
        (choice("only", {"x": 1, "y": -0.2}, {"x": -0.2, "y": 1}, {"x": -1, "y": -1}),),
    )
    found = rows(look(pack), "reachable")["middle"]
    assert found.level == "error"
    assert found.values["bound"] > TIE
    assert found.finding == "No complete set of answers puts middle first; all were gone through."


def test_an_undecided_path_is_a_warning() -> None:
    """What could not be decided is said so, and is worth no more than a warning."""
    found = Reach(possible=None, bound=0.1, mixture=(0.0, 1.0), margin=0.0, sheet=(0,))
    row = _reachable("a", ["a", "b"], found)
    assert row.level == "warning"
    assert "no proof" in row.finding


def test_a_track_that_cannot_come_first_is_an_error() -> None:
    """Tracks are held to the same rule as paths, within their path."""
    pack = with_tracks(quiz(LEVELS), "sea", sail={"wind": 2}, surf={"wind": 2}, bathe={"wind": -2})
    found = rows(look(pack), "reachable")
    assert found["sea/sail"].level == found["sea/surf"].level == "error"
    assert found["sea/bathe"].level == "ok"


# ---- base rates, the crowd, the retest


def test_a_rare_path_is_an_error() -> None:
    """A path that hardly ever comes first is told from one that comes first often enough."""
    levels: Profiles = {"a": {"x": 2, "y": 1}, "b": {"x": 2, "y": -1}, "c": {"x": 2, "y": 0.05}}
    found = rows(audit(quiz(levels)), "base-rate")
    assert found["c"].level == "error"
    assert found["a"].level == "ok"


def test_a_rare_track_is_only_a_warning() -> None:
    """A track that hardly ever comes first within its path is worth a look, no more."""
    pack = with_tracks(quiz(LEVELS), "sea", sail={"sun": 0.4}, surf={"sun": -0.4}, bathe={"sun": 0})
    found = rows(audit(pack), "base-rate")
    assert found["sea/bathe"].level == "warning"
    assert found["sea/bathe"].values["share"] < 0.25 / 3
    assert {each.level for each in found.values()} <= {"ok", "warning"}


def test_base_rates_agree_with_a_simulation_in_numpy() -> None:
    """Shares of first places are those of an independent simulation, within four standard errors."""
    pack = quiz(LEVELS, (*both_ways("salt", "wind", "snow"), choice("c", {"sun": 1}, {"calm": 1, "sun": -0.5}, {})))
    people = 20_000
    draw = np.random.default_rng(7)
    names = [each.id for each in pack.dimensions]
    theta = draw.uniform(-1, 1, (people, len(names)))
    total, amount = np.zeros_like(theta), np.zeros(len(names))
    for question in pack.questions:
        effects = np.array([[each.effects.get(d, 0.0) for d in names] for each in question.options])
        odds = np.exp(-((theta[:, None, :] - effects[None]) ** 2).sum(2) / (2 * 0.32**2))
        cumulative = np.cumsum(odds / odds.sum(1, keepdims=True), axis=1)
        total += effects[(draw.random((people, 1)) > cumulative[:, :-1]).sum(1)]
        amount += np.abs(effects).max(0)
    profile = np.array([[each.profile.get(d, 0.0) for d in names] for each in pack.paths])
    score = (total / amount) @ (profile / np.linalg.norm(profile, axis=1, keepdims=True)).T
    winner = np.bincount(score.argmax(1), minlength=3) / people
    for path, share in zip(pack.paths, winner, strict=True):
        row = rows(audit(pack), "base-rate")[path.id]
        error = (row.values["error"] ** 2 + share * (1 - share) / people) ** 0.5
        assert row.values["share"] == pytest.approx(share, abs=4 * error)


def test_dimensions_that_a_question_does_not_touch_cancel_out() -> None:
    """Summing over the touched dimensions gives the same probabilities as summing over all, with a noise of .32."""
    taken = model(quiz(LEVELS, (choice("c", {"salt": 1, "sun": -0.5}, {"salt": -1}, {}),)))
    crowd = Crowd(taken, random.Random(1))  # noqa: S311
    odds = crowd._likelihood()[0]
    draw = random.Random(1)  # noqa: S311
    theta = [2 * draw.random() - 1 for _ in taken.pack.dimensions]
    names = [each.id for each in taken.pack.dimensions]
    whole = [
        -sum((t - each.effects.get(d, 0.0)) ** 2 for t, d in zip(theta, names, strict=True)) / (2 * 0.32**2)
        for each in taken.pack.questions[0].options
    ]
    assert [log(each / odds[0]) for each in odds] == pytest.approx([each - whole[0] for each in whole])


def test_a_share_near_a_limit_is_not_settled() -> None:
    """More people are asked while noise could decide: within three standard errors of a limit."""
    assert Estimate(0.21, 0.02).near(0.25)
    assert not Estimate(0.18, 0.02).near(0.25)


def test_a_borderline_share_gets_more_people(fair: Audit) -> None:
    """A pack whose verdicts are plain gets by with few people, a borderline one does not."""
    levels: Profiles = {"a": {"x": 2, "y": 1}, "b": {"x": 2, "y": -1}, "c": {"x": 2, "z": 0.2}}
    near = audit(quiz(levels, both_ways("x", "y", "z")))
    assert fair.respondents == 4000
    assert near.respondents > 4000


def test_few_questions_give_an_unsteady_result() -> None:
    """One question about each of many dimensions gives another result the second time too often."""
    one_each = tuple(statement(d, "+" if n % 2 else "-") for n, d in enumerate(("salt", "wind", "snow", "sun", "calm")))
    found = rows(audit(quiz(LEVELS, one_each[:2])), "retest")["holiday"]
    assert found.level == "warning"
    assert found.values["same"] < 0.7


def test_many_paths_side_by_side_give_an_unsteady_winner() -> None:
    """Scores may be steady and the winner still change, when neighbours differ by little."""
    around = [2 * math.pi * n / 14 for n in range(14)]
    levels = {f"p{n}": {"x": 2 * math.cos(each), "y": 2 * math.sin(each)} for n, each in enumerate(around)}
    found = rows(audit(quiz(levels, both_ways("x", "y", times=3))), "retest")["holiday"]
    assert found.values["r"] > 0.8
    assert found.level == "warning"


# ---- blends


def test_a_path_that_is_the_midpoint_of_two_others_is_refused_with_the_mixture() -> None:
    """A blend whose profile is the midpoint of the others gets an error that names the blend."""
    middle = {
        d: (LEVELS["sea"].get(d, 0) + LEVELS["alps"].get(d, 0)) / 2 for d in ("salt", "wind", "snow", "sun", "calm")
    }
    found = look(quiz({"sea": LEVELS["sea"], "alps": LEVELS["alps"], "lake": middle}))
    row = rows(found, "mixture")["lake"]
    assert found.level == "error"
    assert row.level == "error"
    assert row.values["distance"] == pytest.approx(0, abs=1e-9)
    assert "sea" in row.finding
    assert "alps" in row.finding
    assert row.values["mixture.sea"] / (row.values["mixture.sea"] + row.values["mixture.alps"]) == pytest.approx(
        13**0.5 / (13**0.5 + 10**0.5)
    )


def test_demands_of_its_own_save_a_blend() -> None:
    """The same path with dimensions on which neither part stands out is no blend any more."""
    middle: dict[str, float] = {"wind": 1.5, "sun": 0.5, "calm": 0.5}
    near = rows(look(quiz({"sea": LEVELS["sea"], "alps": LEVELS["alps"], "lake": middle})), "mixture")["lake"]
    own = rows(look(quiz({"sea": LEVELS["sea"], "alps": LEVELS["alps"], "lake": {**middle, "boat": 2}})), "mixture")
    assert near.level == "error"
    assert own["lake"].level == "ok"


@pytest.mark.parametrize("seed", range(60))
def test_the_gap_agrees_with_non_negative_least_squares(seed: int) -> None:
    """Distance and blend are those of scipy's nnls, also when the others depend on one another."""
    draw = np.random.default_rng(seed)
    count, size = int(draw.integers(1, 5)), int(draw.integers(1, 6))
    others = draw.normal(size=(count, size))
    if seed % 3 == 0 and count > 1:
        others[-1] = others[0] * 2
    others /= np.linalg.norm(others, axis=1, keepdims=True)
    target = draw.normal(size=size)
    target /= np.linalg.norm(target)
    distance, amounts = gap(target.tolist(), others.tolist())
    assert distance == pytest.approx(nnls(others.T, target)[1], abs=1e-8)
    assert np.linalg.norm(target - np.array(amounts) @ others) == pytest.approx(distance, abs=1e-8)
    assert min(amounts) >= 0


def test_more_than_five_paths_are_not_measured_for_blends() -> None:
    """Six paths span so few contrasts that blends are no finding."""
    levels: Profiles = {f"p{n}": {"x": n - 3.5, "y": (n * n) % 5 - 2} for n in range(1, 7)}
    levels = {name: {d: max(-2, min(2, v)) for d, v in each.items()} for name, each in levels.items()}
    assert rows(look(quiz(levels, both_ways("x", "y"))), "mixture") == {}


# ---- questions


def test_a_dead_question_is_named() -> None:
    """A question about which no two paths differ is an error that names it, and the others are fine."""
    pack = quiz(LEVELS)
    tea = Dimension(id="tea", name="tea", theme="all", about="?")
    asked = (*pack.questions, statement("tea", name="which-tea"))
    found = rows(look(replace(pack, dimensions=(*pack.dimensions, tea), questions=asked)), "dead-question")
    assert found["which-tea"].level == "error"
    assert "which-tea" in found["which-tea"].finding
    assert {each.level for name, each in found.items() if name != "which-tea"} == {"ok"}


def test_a_question_that_hardly_matters_is_a_warning() -> None:
    """A question with next to no effect is told from one with none."""
    faint = choice("faint", {"salt": 0.02}, {"salt": -0.02})
    found = rows(look(quiz(LEVELS, (*quiz(LEVELS).questions, faint))), "dead-question")["faint"]
    assert found.level == "warning"
    assert 0 < found.values["range"] < 0.1 * found.values["median"]


def test_a_small_range_is_a_warning_also_where_it_flips_close_races() -> None:
    """A question with less than a tenth of the median range hardly matters, however often a race is that close."""
    levels: Profiles = {"a": {"x": 2}, "b": {"x": -2}}
    found = rows(audit(quiz(levels, (*both_ways("x"), statement("x", weight=0.09, name="faint")))), "dead-question")[
        "faint"
    ]
    assert found.values["flips"] > 0.02
    assert found.level == "warning"


def test_a_question_may_tell_tracks_apart_only() -> None:
    """What no path differs in is fine to ask when the tracks of a path differ in it."""
    pack = with_tracks(quiz({**LEVELS}), "sea", sail={"boat": 2}, bathe={"boat": -2})
    dimension = Dimension(id="boat", name="boat", theme="all", about="?")
    pack = replace(pack, dimensions=(*pack.dimensions, dimension), questions=(*pack.questions, *both_ways("boat")))
    found = rows(look(pack), "dead-question")
    assert found["boat-more-0"].level == "ok"
    assert "tracks" in found["boat-more-0"].finding


def test_a_question_that_rules_out_is_not_dead() -> None:
    """An answer that excludes a path changes the result without any effect."""
    passport = choice("passport", {}, {}, rules_out={1: ("alps",)})
    found = rows(look(quiz(LEVELS, (*quiz(LEVELS).questions, passport))), "dead-question")
    assert found["passport"].level == "ok"


def test_one_way_keying_is_a_warning() -> None:
    """A dimension whose statements all run one way lets agree-sayers score high on it."""
    one_way = tuple(statement("salt", "+", name=f"salt-{n}") for n in range(3))
    found = rows(look(quiz(LEVELS, (*one_way, *both_ways("wind", "snow", "sun", "calm", times=2)))), "keying")
    assert found["salt"].level == "warning"
    assert found["salt"].values["net"] == 1.0
    assert found["wind"].level == "ok"


def test_a_third_of_a_dimension_may_run_one_way() -> None:
    """Net keying of exactly a third of n_d is fine, since choices take part in n_d and not in the net."""
    questions = (statement("salt"), choice("a", {"salt": 1}, {"wind": 1}), choice("b", {"salt": -1}, {"wind": -1}))
    found = rows(look(quiz(LEVELS, (*questions, *both_ways("snow", "sun", "calm")))), "keying")
    assert found["salt"].values["net"] == pytest.approx(1 / 3)
    assert found["salt"].level == "ok"


def test_options_in_a_telling_order_are_found() -> None:
    """Where the first option always favours one path, a straight-liner would be told so with certainty."""
    order = tuple(
        choice(f"q{n}", {"salt": 1, "wind": 1}, {"snow": 1, "calm": 0.5}, {"calm": 1, "wind": -1}) for n in range(12)
    )
    found = rows(look(quiz(LEVELS, (*order, *both_ways("sun")))), "straight-liner")
    assert found["always first"].level == "error"
    assert "sea" in found["always first"].finding
    assert list(found) == ["always first", "always last", "always middle"]


def test_the_middle_of_an_even_number_is_the_upper_one() -> None:
    """Of four options the second, of five the third."""
    taken = model(quiz(LEVELS, (choice("four", {}, {}, {}, {"salt": 1}), statement("wind"))))
    assert extreme(taken, "middle") == (1, 2)
    assert extreme(taken, "first") == (0, 0)
    assert extreme(taken, "last") == (3, 4)


def test_dimensions_need_questions() -> None:
    """No question about a dimension is an error, a single one a warning."""
    questions = (*both_ways("wind", "snow", "sun", times=2), statement("calm"))
    found = rows(look(quiz(LEVELS, questions)), "items")
    assert [found[each].level for each in ("salt", "calm", "wind")] == ["error", "warning", "ok"]


def test_an_ideal_person_must_find_the_path() -> None:
    """Where half of a path's profile is not asked about, not even its ideal person gets it with certainty."""
    found = rows(look(quiz(LEVELS, both_ways("sun", "wind"))), "ideal")["alps"]
    assert found.level == "warning"
    assert found.values["match"] < 90


def test_a_demand_that_nobody_asks_about_lowers_the_match() -> None:
    """A certain first place is not enough: half of what the path is about must not stay unasked."""
    levels: Profiles = {"a": {"x": 2, "y": 2}, "b": {"x": -2, "y": 1}}
    found = rows(look(quiz(levels, both_ways("x", times=4))), "ideal")["a"]
    assert found.values["first"] > 0.9
    assert found.level == "warning"


def test_a_twin_spoils_the_ideal_person() -> None:
    """Two paths that are nearly alike: the person matches, but does not get either for certain, and both are named."""
    near = {**LEVELS, "coast": {**LEVELS["sea"], "sun": 1.5}}
    found = rows(look(quiz(near)), "ideal")["sea"]
    assert found.level == "warning"
    assert found.values["match"] > 90
    assert "sea and coast further apart" in found.advice


def test_the_ideal_person_does_not_depend_on_the_length_of_a_profile() -> None:
    """Half the levels, the same sheet; and on a fair pack it matches by 90 % or more."""
    half: Profiles = {name: {d: v / 2 for d, v in each.items()} for name, each in LEVELS.items()}
    taken = model(quiz(LEVELS))
    for path in range(3):
        assert ideal(model(quiz(half)), path) == ideal(taken, path)
        best = rank(taken.pack, taken.sheet(ideal(taken, path))).matches[0]
        assert best.place == path
        assert best.match > 90


# ---- pros and challenges


@pytest.mark.parametrize(
    ("pros", "challenges", "level", "words"),
    [
        ((), (AGAINST,), "error", "no pros"),
        ((IN_FAVOUR,), (), "error", "no challenges"),
        ((), (), "error", "neither pros nor challenges"),
        ((IN_FAVOUR,) * 4, (AGAINST,), "warning", "4 pros against 1 challenges"),
        ((IN_FAVOUR * 3,), (AGAINST,), "warning", "characters of pros against"),
        ((IN_FAVOUR,) * 3, (AGAINST,) * 2, "ok", "3 pros, 2 challenges"),
    ],
)
def test_pros_and_challenges_balance(
    pros: tuple[str, ...], challenges: tuple[str, ...], level: str, words: str
) -> None:
    """Both sides are there, in like number (to within two) and like length (to within a half)."""
    pack = quiz(LEVELS)
    first = replace(
        pack.paths[0],
        pros=tuple(Statement(text=each, sources=("s",)) for each in pros),
        challenges=tuple(Statement(text=each, sources=("s",)) for each in challenges),
    )
    found = rows(look(replace(pack, paths=(first, *pack.paths[1:]))), "balance")["sea"]
    assert found.level == level
    assert words in found.finding


def test_a_claim_without_a_source_is_a_warning() -> None:
    """Every pro and challenge names where it comes from."""
    pack = quiz(LEVELS)
    bare = replace(pack.paths[0], pros=(Statement(text=IN_FAVOUR), pack.paths[0].pros[0]))
    found = rows(look(replace(pack, paths=(bare, *pack.paths[1:]))), "balance")["sea"]
    assert found.level == "warning"
    assert found.values["without_source"] == 1
    assert "1 without a source" in found.finding


def test_a_dated_claim_is_worth_another_look_after_half_a_year() -> None:
    """180 days are fine, 181 are not; claims without a date and audits without a day say nothing."""
    day = date(2026, 11, 25)
    pack = quiz(LEVELS)
    sea, *others = pack.paths
    found: list[CheckRow] = []
    for age, level in ((180, "ok"), (181, "warning")):
        dated = replace(sea.pros[0], headline="Visas are quick", checked=day - timedelta(days=age))
        aged = replace(pack, paths=(replace(sea, pros=(dated, *sea.pros)), *others))
        found = list(checked(aged, day))
        assert [(each.subject, each.level, each.values["oldest"]) for each in found] == [("sea", level, age)]
    assert "Visas are quick" in found[0].finding
    assert "2026-05-28" in found[0].finding
    assert list(checked(pack, day)) == []


def test_tracks_facts_and_the_faq_are_dated_too() -> None:
    """Each gets a row of its own, and the audit holds them when it knows the day."""
    day, old = date(2026, 11, 25), date(2020, 1, 1)
    pack = with_tracks(quiz(LEVELS), "sea", diver={"salt": 2}, sailor={"wind": 2})
    sea, *others = pack.paths
    diver = replace(sea.tracks[0], facts=(Fact(label="Fee", text="?", checked=old),))
    entries = (Faq(id="entry", question="?", answer="!", checked=old), Faq(id="other", question="?", answer="!"))
    pack = replace(pack, paths=(replace(sea, tracks=(diver, sea.tracks[1])), *others), faq=entries)
    assert {each.subject for each in checked(pack, day)} == {"sea/diver", "faq"}
    assert set(rows(look(pack, day), "checked")) == {"sea/diver", "faq"}
    assert rows(look(pack), "checked") == {}
