"""What the tests of scores, certainty and explanation did not notice when the source was changed on purpose."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from math import copysign, fsum, log, sqrt
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pathfinder.pack import SKIP, Option, Question, Track
from pathfinder.result import what_if as tipping
from pathfinder.result.answer_changes import Board
from pathfinder.result.certainty import (
    IMPORTANCE_VARIANCE,
    NO_PREFERENCE_BELOW,
    PRIOR_VARIANCE,
    Verdict,
    _apart,
    _leverage,
    assess,
    moments,
    notes,
    verdict,
)
from pathfinder.result.explain import compare, critical_importance, divider, explain
from pathfinder.result.noise import rereading
from pathfinder.result.normal import _cholesky, acceptability, kronecker
from pathfinder.result.scoring import Term, rank
from pathfinder.result.what_if import _affordable, _helpful, _one_way, make_first, unseat
from worked import path, scale, sheet, small

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pathfinder.answers.interview import AnswerSheet
    from pathfinder.pack import Pack
    from pathfinder.result.scoring import Evidence, Ranking

FULL = sheet(more_x="4", less_y="2", pick="both")


def readings(evidence: Evidence) -> Iterator[tuple[float, list[float], list[float]]]:
    """Yield every re-reading of all answers with its probability: the scores and the preferences it gives."""
    for chosen in product(*(range(len(term.gain)) for term in evidence.terms)):
        chance, score = 1.0, [0.0] * len(evidence.candidates)
        preference = [0.0] * len(evidence.dimensions)
        for term, o in zip(evidence.terms, chosen, strict=True):
            chance *= rereading(term)[o]
            score = [s + g for s, g in zip(score, term.gain[o], strict=True)]
            for d, e in term.effects[o].items():
                preference[d] += e
        yield chance, score, preference


@pytest.mark.parametrize(
    "said",
    [
        FULL,
        replace(FULL, matters_most=("x",), does_not_matter=("y",)),
        sheet(more_x="5", less_y="1"),
        sheet(more_x="2"),
        replace(sheet(less_y="5", pick="xs"), matters_most=("y",)),
        sheet(),
    ],
    ids=str,
)
def test_mean_and_covariance_are_those_of_every_rereading(said: AnswerSheet) -> None:
    """Enumerating all re-readings gives the same mean and covariance, hidden importance and unasked dimensions added."""
    evidence = rank(small({"x": 2}), said).evidence
    every = list(readings(evidence))
    places = range(3)
    mean = [fsum(c * s[p] for c, s, _ in every) for p in places]
    cov = [[fsum(c * (s[p] - mean[p]) * (s[r] - mean[r]) for c, s, _ in every) for r in places] for p in places]
    for d, m in enumerate(evidence.importance):
        squared = fsum(c * u[d] ** 2 for c, _, u in every)
        more = IMPORTANCE_VARIANCE * squared if evidence.amount[d] else (1 + IMPORTANCE_VARIANCE) * PRIOR_VARIANCE
        for p, r in product(places, places):
            cov[p][r] += more * m * m * evidence.profile[p][d] * evidence.profile[r][d]
    found, spread = moments(evidence)
    assert found == pytest.approx(mean, abs=1e-12)
    assert np.array(spread) == pytest.approx(np.array(cov), abs=1e-12)


@pytest.mark.parametrize("standing", [[0, 1, 2], [0, 2], [1]])
def test_steps_and_the_rest_have_the_covariance_of_the_whole(standing: list[int]) -> None:
    """Taking the heaviest answers apart, option by option, changes neither the mean nor the covariance."""
    evidence = rank(small(), FULL).evidence
    _, covariance = moments(evidence, standing[0])
    steps, rest = _apart(evidence, standing, covariance)
    together = np.array(rest)
    for chances, rows in steps:
        assert fsum(chances) == pytest.approx(1)
        assert np.array(chances) @ np.array(rows) == pytest.approx(np.zeros(len(standing)))
        together = together + (np.array(rows) * np.array(chances)[:, None]).T @ np.array(rows)
    assert together == pytest.approx(np.array(covariance)[np.ix_(standing, standing)])
    heaviest = max(evidence.terms, key=lambda term: _leverage(term, standing))
    assert len(steps) == 2
    assert len(steps[0][0]) == len(heaviest.gain)
    assert np.linalg.eigvalsh(np.array(rest)).min() > -1e-12


def test_the_heaviest_answer_moves_two_candidates_farthest_apart() -> None:
    """The leverage of an answer is the largest variance that its re-reading gives the difference of two scores."""
    evidence = rank(small(), FULL).evidence
    for term in evidence.terms:
        chances = np.array(rereading(term))
        gain = np.array(term.gain)
        widest = 0.0
        for p, r in combinations(range(3), 2):
            apart = gain[:, p] - gain[:, r]
            widest = max(widest, float(chances @ apart**2 - (chances @ apart) ** 2))
        assert _leverage(term, [0, 1, 2]) == pytest.approx(widest)
        assert _leverage(term, [1]) == 0


def test_ruled_out_paths_take_no_rank() -> None:
    """A path that is ruled out has probability 0 of every rank, and the others share the ranks that are left."""
    sure = assess(rank(small(), replace(FULL, rule_out=("B",))))
    assert sure.first[1] == 0
    assert sure.acceptability[1] == (0, 0, 0)
    for row in (sure.acceptability[0], sure.acceptability[2]):
        assert fsum(row) == pytest.approx(1)
        assert row[2] == 0
    assert sure.first == tuple(row[0] for row in sure.acceptability)


def test_evenly_spread_points_are_the_published_ones() -> None:
    """The strides are the powers of 1/1.6180, 1/1.3247 and 1/1.2207, as Roberts gives them, from one half on."""
    strides = {1: [0.618033988749895], 2: [0.754877666246693, 0.569840290998053], 3: [0.819172513396165, 0.671043606703789, 0.549700477901970]}  # fmt: skip
    for size, expected in strides.items():
        points = kronecker(size, 5)
        assert len(points) == 5
        for number, point in enumerate(points, start=1):
            assert point == pytest.approx([(0.5 + number * each) % 1 for each in expected], abs=1e-12)


@pytest.mark.parametrize("size", [1, 2, 4, 7])
@pytest.mark.parametrize("rest", [0, 1, 3])
def test_a_factor_gives_its_matrix_back(size: int, rest: int) -> None:
    """The factor is lower triangular, its product with its transpose is the matrix, singular ones included."""
    random = np.random.default_rng(size * 10 + rest)
    half = random.normal(size=(size, max(1, size - rest))) * 10.0 ** random.integers(-3, 3, size=(size, 1))
    matrix = half @ half.T
    found = _cholesky(matrix.tolist())
    assert [len(row) for row in found] == list(range(1, size + 1))
    lower = np.zeros((size, size))
    for p, row in enumerate(found):
        lower[p, : p + 1] = row
    assert lower @ lower.T == pytest.approx(matrix, rel=1e-6, abs=1e-9 * float(np.max(matrix)))


def test_a_column_without_spread_of_its_own_stays_empty() -> None:
    """What a singular matrix has no direction for is 0 in its factor, not rounding, and rounding in it is dropped."""
    assert _cholesky([[4.0, 2.0], [2.0, 1.0]]) == [[2.0], [1.0, 0.0]]
    assert _cholesky([[4.0, 2.0], [2.0, 1.0 + 2e-15]])[1][1] == 0
    assert _cholesky([[0.0, 0.0], [0.0, 9.0]]) == [[0.0], [0.0, 3.0]]
    assert _cholesky([[0.25, 0.125], [0.125, 0.3125]]) == [[0.5], [0.25, 0.5]]


@pytest.mark.parametrize("parts", [1, 3])
def test_many_candidates_are_ranked_as_a_simulation_ranks_them(parts: int) -> None:
    """Five correlated candidates, also as a mixture, take every rank as often as in two hundred thousand draws."""
    random = np.random.default_rng(parts)
    half = random.normal(size=(5, 5))
    covariance = half @ half.T
    chances = random.dirichlet(np.ones(parts))
    means = random.normal(size=(parts, 5)) * 2
    table = np.array(acceptability([0.0] * 5, covariance.tolist(), [(chances.tolist(), means.tolist())]))
    which = random.choice(parts, size=200_000, p=chances)
    drawn = means[which] + random.multivariate_normal(np.zeros(5), covariance, size=200_000)
    ranks = (-drawn).argsort(axis=1).argsort(axis=1)
    expected = np.array([[np.mean(ranks[:, p] == r) for r in range(5)] for p in range(5)])
    assert table == pytest.approx(expected, abs=0.05)
    assert table.sum(axis=0) == pytest.approx(np.ones(5))
    assert table.sum(axis=1) == pytest.approx(np.ones(5))
    assert table.min() >= 0


def test_candidates_that_are_level_in_one_part_only() -> None:
    """Two that never differ but by what a part of the mixture gives them are told apart there, and level elsewhere."""
    spread = [[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    table = acceptability([0.0, 0.0, -50.0], spread, [((0.5, 0.5), ([0.0, 0.0, 0.0], [1.0, 0.0, 0.0]))])
    assert [row[0] for row in table] == pytest.approx([0.75, 0.25, 0.0])
    assert [fsum(row) for row in table] == pytest.approx([1, 1, 1])


def test_why_names_each_answer_behind_a_dimension() -> None:
    """Behind each contribution stand the answers given, by question and option, the strongest first."""
    ranking = rank(small(), FULL)
    first, other = ranking.standing[:2]
    found = compare(ranking.evidence, first, other)
    given = {each.question: each.option for part in found.contributions for each in part.answers}
    assert given == {"more-x": "4", "less-y": "2", "pick": "both"}
    for part in found.contributions:
        amounts = [abs(each.amount) for each in part.answers]
        assert amounts == sorted(amounts, reverse=True)
        assert fsum(each.amount for each in part.answers) == pytest.approx(part.amount)
    heavy = sheet(more_x="2", pick="xs")
    ranking = rank(small(), heavy)
    against = compare(ranking.evidence, *ranking.standing[:2])
    [part] = [each for each in against.contributions if each.dimension == "x"]
    assert [each.question for each in part.answers] == ["pick", "more-x"]


def test_both_kinds_of_tipping_point_are_explained() -> None:
    """The explanation holds the fewest answers and the fewest steps, each as its own search finds it."""
    pack = _pack(7, questions=6)
    for seed in range(40):
        said = _sheet(pack, seed)
        ranking = rank(pack, said)
        if len(ranking.leaders) == 1:
            found = explain(pack, said, ranking)
            assert found.tipping == unseat(pack, ranking)
            assert found.tipping_by_steps == unseat(pack, ranking, by_steps=True)
            assert found.critical == critical_importance(ranking)
            assert found.divider == divider(pack, said, ranking.evidence, *ranking.standing[:2])


def test_the_critical_importance_is_the_nearest_of_all_rivals() -> None:
    """For each dimension the threshold is that of the rival that draws level first, and the smallest shift comes first."""
    pack = _pack(3, questions=6)
    seen = 0
    for seed in range(40):
        ranking = rank(pack, _sheet(pack, seed))
        if len(ranking.leaders) != 1:
            continue
        evidence, leader = ranking.evidence, ranking.leaders[0]
        expected: dict[str, tuple[float, float, str]] = {}
        for d, dimension in enumerate(evidence.dimensions):
            for rival in ranking.standing[1:]:
                slope = (evidence.profile[leader.place][d] - evidence.profile[rival.place][d]) * evidence.preference[d]
                level = evidence.importance[d] - (leader.score - rival.score) / slope if slope else -1.0
                shift = abs(level - evidence.importance[d])
                if level >= 0 and (dimension.id not in expected or shift < expected[dimension.id][0]):
                    expected[dimension.id] = shift, level, rival.path.id
        found = critical_importance(ranking)
        assert {each.dimension: each.makes_first for each in found} == {
            d: rival for d, (_, _, rival) in expected.items()
        }
        assert [each.after for each in found] == pytest.approx([expected[each.dimension][1] for each in found])
        shifts = [abs(each.after - each.before) for each in found]
        assert shifts == sorted(shifts)
        seen += len(found)
    assert seen > 40


def test_the_divider_takes_a_skip_for_no_answer() -> None:
    """A question that was skipped, or never asked, divides as an open one does, and its answer is None."""
    pack = small()
    for said in (sheet(more_x="4", less_y=SKIP, pick="both"), sheet(more_x="4", pick="both")):
        ranking = rank(pack, said)
        found = divider(pack, said, ranking.evidence, *ranking.standing[:2])
        assert found is not None
        assert found.question == "less-y"
        assert found.answer is None
        # A and C differ by 1 on x and y; less-y is the only question on y besides "both" and counts 2 of 2.5 there.
        a, b = (ranking.evidence.profile[each.place][1] for each in ranking.standing[:2])
        assert found.swing == pytest.approx(abs(a - b) * 2 * 2 / 2.5)


def test_small_differences_divide_too() -> None:
    """However little a question moves two paths apart, the one that moves them most is named."""
    pack = small({"x": 1, "y": 1e-4})
    twins = replace(pack, paths=(path("A", x=2, y=1), path("B", x=2, y=-1)), questions=pack.questions[:2])
    said = sheet(more_x="4", less_y="4")
    ranking = rank(twins, said)
    found = divider(twins, said, ranking.evidence, *ranking.standing[:2])
    assert found is not None
    assert found.question == "less-y"
    assert found.swing < 0.1


def test_tracks_are_ranked_by_themselves() -> None:
    """Candidates other than the paths are ranked by their own profiles, and no dealbreaker touches them."""
    pack = small()
    tracks = tuple(
        Track(id=name, name=name, summary="", profile=p, week={}) for name, p in (("A", {"y": 2.0}), ("t", {"x": 2.0}))
    )
    ranking = rank(pack, replace(sheet(more_x="5", pick="xs"), rule_out=("A",)), tracks)
    assert [each.path.id for each in ranking.matches] == ["t", "A"]
    assert all(each.ruled_out == () for each in ranking.matches)
    assert ranking.matches[0].score == pytest.approx(1)


def _pack(seed: int, questions: int = 4, *, excluding: bool = False) -> Pack:
    random = Random(seed)  # noqa: S311
    base = small()
    made = [
        scale(f"s{n}", random.choice("xy"), random.choice("+-"), random.choice((1, 2))) for n in range(questions - 1)
    ]
    levels = [{"x": random.choice((-2, -1, 0, 1, 2)), "y": random.choice((-2, -1, 1, 2))} for _ in range(4)]
    paths = tuple(path(name, **level) for name, level in zip("ABCD", levels, strict=True))
    choices = [base.questions[2]]
    if excluding:
        choices = [
            replace(
                base.questions[2],
                id=f"pick{n}",
                options=tuple(
                    replace(each, rules_out=tuple(random.sample("ABCD", random.choice((0, 0, 1, 1, 2)))))
                    for each in base.questions[2].options
                ),
            )
            for n in range(2)
        ]
    return replace(base, paths=paths, questions=(*made, *choices))


def _sheet(pack: Pack, seed: int) -> AnswerSheet:
    random = Random(seed)  # noqa: S311
    answers = {each.id: random.choice(each.options).id for each in pack.questions}
    return replace(sheet(), answers=answers, rule_out=("D",) if seed % 3 == 0 else ())


def _every(pack: Pack, ranking: Ranking) -> Iterator[tuple[int, int, set[str]]]:
    """Yield for every other sheet how many answers and how many steps away it is, and who is first."""
    board = Board(pack, ranking)
    for options in product(*(range(len(term.gain)) for term in board.terms)):
        moves = {i: o for i, (o, term) in enumerate(zip(options, board.terms, strict=True)) if o != term.chosen}
        out = set(board.refused)
        for i, o in enumerate(options):
            out |= board.bars[i][o]
        score = [fsum(t.gain[o][p] for t, o in zip(board.terms, options, strict=True)) for p in range(len(pack.paths))]
        best = max((s for p, s in enumerate(score) if p not in out), default=0.0)
        first = {pack.paths[p].id for p, s in enumerate(score) if p not in out and best - s < 1e-9}
        steps = sum(abs(o - board.terms[i].chosen) if board.terms[i].question.scale else 1 for i, o in moves.items())
        yield len(moves), steps, first


@pytest.mark.parametrize("excluding", [False, True])
@pytest.mark.parametrize("seed", range(20))
def test_tipping_points_are_the_smallest_there_are(seed: int, excluding: bool) -> None:  # noqa: FBT001
    """Among all sheets of small packs none unseats the leader, or puts a path first, with fewer answers or steps."""
    pack = _pack(seed, 3 if excluding else 4, excluding=excluding)
    said = _sheet(pack, seed)
    ranking = rank(pack, said)
    every = list(_every(pack, ranking))
    leaders = {each.path.id for each in ranking.leaders}
    if len(leaders) == 1:
        unseating = [(count, steps) for count, steps, first in every if first - leaders]
        turn, by_steps = unseat(pack, ranking), unseat(pack, ranking, by_steps=True)
        assert (turn is None) == (by_steps is None) == (not unseating)
        if turn and by_steps:
            assert len(turn.changes) == min(count for count, _ in unseating)
            assert by_steps.steps == min(steps for _, steps in unseating)
            for each in (turn, by_steps):
                _check(pack, said, each.makes_first, {c.question: c.after for c in each.changes}, tied=each.tied)
                assert each.makes_first not in leaders
                assert each.smallest
    for wanted in pack.paths:
        reaching = [count for count, _, first in every if wanted.id in first]
        found = make_first(pack, said, wanted.id)
        assert (found is None) == (not reaching)
        if found is not None:
            assert found.smallest
            assert len(found.changes) == min(reaching)
            _check(pack, said, wanted.id, {c.question: c.after for c in found.changes}, tied=found.tied)


def _check(pack: Pack, said: AnswerSheet, wanted: str, changes: Mapping[str, str], *, tied: bool) -> None:
    before = {each.path.id for each in rank(pack, said).leaders}
    after = rank(pack, replace(said, answers={**said.answers, **changes}))
    first = {each.path.id for each in after.leaders}
    assert wanted in first
    best = max((each.score for each in after.leaders if each.path.id not in before), default=0.0)
    assert wanted in before or all(each.score >= best - 1e-9 for each in after.leaders if each.path.id == wanted)
    assert tied == (len(first) > 1)
    assert all(said.answers[question] != answer for question, answer in changes.items())


def test_the_most_helpful_answers_are_those_that_gain_most_on_the_weighted_rivals() -> None:
    """What an answer helps a target is the weighted sum of what it takes off each rival's lead; the best come first."""
    pack = _pack(5, questions=6)
    board = Board(pack, rank(pack, _sheet(pack, 5)))
    weight = {p: 1.0 + p for p in range(4) if p != 1}
    found = _helpful(board, 1, weight)
    helps = [fsum(w * board.drop(i, o, p, 1) for p, w in weight.items()) for i, o in found]
    assert helps == sorted(helps, reverse=True)
    assert min(helps) > 0
    for i, o in found:
        best = max(fsum(w * board.drop(i, each, p, 1) for p, w in weight.items()) for each in board.options(i, 1))
        assert fsum(w * board.drop(i, o, p, 1) for p, w in weight.items()) == pytest.approx(best)


def test_large_quizzes_get_fewer_looks() -> None:
    """Up to 200 options nothing is spared; five times as many get a fifth, and never fewer than three, or than asked for."""
    board = Board(_pack(1), rank(_pack(1), _sheet(_pack(1), 1)))
    assert _affordable(board, 4000) == 4000
    board.bars = [[frozenset()] * 10] * 100
    assert _affordable(board, 4000) == 800
    assert _affordable(board, 10) == 3
    assert _affordable(board, 1) == 1


def test_strength_is_what_the_preferences_are_long() -> None:
    """With x wanted fully, y not at all and x of weight 2, the strength is the share of x in the weights."""
    ranking = rank(small({"x": 2}), sheet(more_x="5", less_y="3"))
    assert ranking.strength == pytest.approx(sqrt(2 / 3))


def test_a_choice_goes_where_options_say_nearly_the_same() -> None:
    """The odds of two other options are those of exp(-d^2 / 2), d over every dimension that either one touches."""
    options: tuple[dict[str, float], ...] = ({"x": 1.0}, {"x": 0.5, "y": 0.5}, {"z": -1.0}, {})
    made = tuple(Option(id=f"o{n}", text="", effects=each) for n, each in enumerate(options))
    question = Question(id="q", theme="t", text="", options=made)
    term = Term(question=question, chosen=0, effects=({},) * 4, gain=((0.0,),) * 4)
    chances = rereading(term)
    far = [0.5, 2.0, 1.0]
    assert [log(chances[1] / each) for each in chances[1:]] == pytest.approx([(each - far[0]) / 2 for each in far])
    assert chances[0] == pytest.approx(0.8 * 0.5**0.277)


def test_an_effect_of_nothing_divides_nothing() -> None:
    """A question that names a dimension with an effect of 0 on it, which nothing else reads, is no divider by it."""
    pack = small()
    none = replace(
        pack.questions[2], id="none", options=tuple(replace(o, effects={"y": 0.0}) for o in pack.questions[2].options)
    )
    twins = replace(pack, questions=(pack.questions[0], none))
    said = sheet(more_x="4", none="xs")
    ranking = rank(twins, said)
    found = divider(twins, said, ranking.evidence, *ranking.standing[:2])
    assert found is None or found.question == "more-x"


def test_nothing_that_matters_has_no_strength() -> None:
    """When no dimension matters the strength is 0, and every path has a match of 50."""
    ranking = rank(small(), replace(FULL, does_not_matter=("x", "y")))
    assert ranking.strength == 0
    assert {each.match for each in ranking.matches} == {50.0}


def test_the_scale_of_all_weights_changes_nothing() -> None:
    """Weights count against each other only: a ten-thousandth of all of them gives the same strength and matches."""
    heavy, light = (rank(small({"x": 2 * by, "y": by}), FULL) for by in (1.0, 1e-4))
    assert light.strength == pytest.approx(heavy.strength)
    assert [each.match for each in light.matches] == pytest.approx([each.match for each in heavy.matches])


def test_what_nobody_asked_about_has_no_amount_and_no_preference() -> None:
    """A dimension that no answered question reads, or reads with an effect of 0 only, has no evidence at all."""
    pack = small()
    silent = replace(
        pack.questions[2], options=tuple(replace(o, effects={"y": 0.0}) for o in pack.questions[2].options)
    )
    for questions, said in (
        (pack.questions, sheet(more_x="4")),
        ((pack.questions[0], silent), sheet(more_x="4", pick="xs")),
    ):
        evidence = rank(replace(pack, questions=questions), said).evidence
        assert evidence.amount == (1.0, 0.0)
        assert evidence.preference == (0.5, 0.0)
        assert all(row[2] == 0 for term in evidence.terms for row in term.gain)


def test_a_match_reaches_both_ends() -> None:
    """Who wants exactly what a path is made of has a match of 100 with it, and one of 0 with its opposite."""
    ends = replace(small(), paths=(path("A", x=2), path("B", x=-1)))
    ranking = rank(ends, sheet(more_x="5"))
    assert [(each.path.id, each.match) for each in ranking.matches] == [("A", 100.0), ("B", 0.0)]


def test_small_effects_divide_as_much_as_large_ones() -> None:
    """Alone on its dimension a question divides by its range against its own reach, however small its effects are."""
    pack = small()
    faint = replace(
        pack.questions[2],
        options=tuple(
            replace(o, effects={"x": e}) for o, e in zip(pack.questions[2].options, (0.2, 0.0, -0.1), strict=True)
        ),
    )
    ends = replace(pack, paths=(path("A", x=2), path("B", x=-1)), questions=(faint,))
    for said in (sheet(pick="xs"), sheet()):
        ranking = rank(ends, said)
        found = divider(ends, said, ranking.evidence, *ranking.standing[:2])
        assert found is not None
        assert found.swing == pytest.approx(2 * 0.3 / 0.2)


def test_of_two_that_draw_level_the_first_by_id_is_named() -> None:
    """Where a change of answers puts twins first together, the one whose id comes first is named, wherever it stands."""
    twins = replace(small(), paths=(path("A", x=2), path("C", x=-2), path("B", x=-2)), questions=small().questions[:1])
    turn = unseat(twins, rank(twins, sheet(more_x="4")))
    assert turn is not None
    assert turn.tied
    level = unseat(twins, rank(twins, sheet(more_x="5")))
    assert level is not None
    assert {turn.makes_first, level.makes_first} == {"B"}


def test_points_come_with_their_mirror_images() -> None:
    """With equal means every candidate is last exactly as often as it is first, and second as often as last but one."""
    random = np.random.default_rng(4)
    half = random.normal(size=(4, 4))
    table = np.array(acceptability([0.0] * 4, (half @ half.T).tolist()))
    assert table[:, ::-1] == pytest.approx(table, abs=1e-12)


def test_a_small_spread_is_a_spread() -> None:
    """A difference of 1e-5 with a deviation of 1e-5 is not certain: only what is below 1e-9 counts as none."""
    spread = [[5e-11, 0.0], [0.0, 5e-11]]
    assert acceptability([1e-5, 0.0], spread)[0][0] == pytest.approx(0.8413447, abs=1e-6)
    rounding = [[1.0, 1.0], [1.0, 1.0 + 4e-15]]
    assert acceptability([1e-5, 0.0], rounding)[0][0] == 1


def test_one_way_is_found_where_an_answer_excludes_the_target(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any search, the most helpful answers put a path first nearly wherever that is possible, and say "one way"."""
    monkeypatch.setattr(tipping, "LOOKED_AT", 0)
    possible = found = fewest = 0
    for seed in range(60):
        pack = _pack(seed, 4, excluding=True)
        said = replace(_sheet(pack, seed), rule_out=())
        ranking = rank(pack, said)
        every = list(_every(pack, ranking))
        for each in pack.paths:
            reaching = [count for count, _, first in every if each.id in first]
            if not reaching or min(reaching) == 0:
                continue
            possible += 1
            turn = make_first(pack, said, each.id)
            if turn is not None:
                found += 1
                fewest += len(turn.changes) == min(reaching)
                assert not turn.smallest
                _check(pack, said, each.id, {c.question: c.after for c in turn.changes}, tied=turn.tied)
    assert possible > 100
    assert found / possible > 0.95
    assert fewest / found > 0.9


def test_a_strength_at_the_limit_is_a_preference() -> None:
    """Exactly the least strength is enough."""
    ranking = rank(small(), FULL)
    at = replace(ranking, strength=NO_PREFERENCE_BELOW)
    assert verdict(at, assess(at)) != Verdict.NO_PREFERENCE
    below = replace(ranking, strength=NO_PREFERENCE_BELOW - 1e-12)
    assert verdict(below, assess(below)) == Verdict.NO_PREFERENCE


def test_the_only_path_of_a_pack_is_not_the_only_one_left() -> None:
    """Nothing was ruled out where there never was a second path."""
    alone = replace(small(), paths=small().paths[:1])
    ranking = rank(alone, FULL)
    assert notes(alone, FULL, ranking, assess(ranking)) == ()


def test_what_only_rounding_makes_unsure_is_sure() -> None:
    """A variance that is left over from subtracting is none, and neither is one under what makes scores the same."""
    for together, left in ((1.0, 2.3e-16), (0.0, 9e-19)):
        covariance = [[together, together], [together, together + left]]
        assert [row[0] for row in acceptability([1.1e-8, 0.0], covariance)] == [1, 0]
        assert [row[0] for row in acceptability([1.1e-9, 0.0], covariance)] == [1, 0]


def test_candidates_that_are_level_in_one_step_share_it() -> None:
    """Without any spread, a step in which two are level gives each a half of it, the other step one of them the whole."""
    step = ((0.5, 0.5), ((0.0, 0.0), (1.0, 0.0)))
    assert acceptability([0.0, 0.0], [[0.0, 0.0], [0.0, 0.0]], [step]) == ((0.75, 0.25), (0.25, 0.75))


def test_no_zero_is_negative() -> None:
    """A dimension that adds nothing adds 0, in the ranking and in the comparison: JSON would show a -0.0."""
    pack = small()
    found = rank(pack, sheet(more_x="3", less_y="5"))
    shown = [each for match in found.matches for each in match.contributions.values()]
    shown += [each.amount for each in compare(found.evidence, found.matches[0], found.matches[1]).contributions]
    assert any(each == 0 for each in shown)
    assert [each for each in shown if each == 0 and copysign(1, each) < 0] == []


def test_a_path_without_a_profile_scores_nothing() -> None:
    """There is no direction to agree with, so every score is 0."""
    empty = replace(small(), paths=(*small().paths, path("D")))
    [match] = [each for each in rank(empty, FULL).matches if each.path.id == "D"]
    assert match.score == 0
    assert set(match.contributions.values()) == {0}


def test_scores_that_are_the_same_to_nine_digits_stand_by_id() -> None:
    """Paths that share a rank stand in the order of their ids, not in that of rounding."""
    pack = replace(small(), paths=(path("b", x=2, y=1), path("a", x=2, y=1 + 1e-9), path("c", x=-2)))
    matches = rank(pack, sheet(more_x="5")).matches
    assert matches[0].score != matches[1].score
    assert [each.path.id for each in matches[:2]] == ["a", "b"]


def test_no_step_goes_beyond_the_best_answer() -> None:
    """Step by step along a scale, a question takes off no more than it has; what it cannot close stays open."""
    options = (
        Option(id="more", text="more", effects={"x": 1}),
        Option(id="less", text="less", effects={"x": 0.9}),
    )
    pack = replace(
        small(),
        paths=(path("A", x=2), path("B", x=-2)),
        questions=(scale("q", "x"), Question(id="o", theme="t", text="?", options=options, weight=1.2)),
    )
    ranking = rank(pack, replace(FULL, answers={"q": "5", "o": "less"}))
    assert ranking.leaders[0].path.id == "A"
    assert unseat(pack, ranking) is None
    assert unseat(pack, ranking, by_steps=True) is None


def test_an_answer_that_changes_anyway_excludes_the_leader_too() -> None:
    """Where the rival's excluding answer has an option that excludes the leader, that one change is enough."""

    def question(name: str, *out: tuple[str, ...]) -> Question:
        options = tuple(
            Option(id=f"{name}{n}", text="?", effects={"x": 1.0}, rules_out=each) for n, each in enumerate(out)
        )
        return Question(id=name, theme="t", text="?", options=options)

    pack = replace(
        small(),
        paths=(path("A", x=2), path("B", x=-2)),
        questions=(question("first", (), ("A",)), question("second", ("B",), ("A",)), scale("q", "x")),
    )
    ranking = rank(pack, replace(FULL, answers={"first": "first0", "second": "second0", "q": "5"}))
    turn = unseat(pack, ranking)
    assert turn is not None
    assert [(each.question, each.after) for each in turn.changes] == [("second", "second1")]


@pytest.mark.parametrize("seed", range(40))
def test_against_one_rival_one_way_is_a_smallest_way(seed: int) -> None:
    """Between two paths the most helpful answers first are the fewest, with exclusions or without: as by trying all."""
    pack = replace(_pack(seed, excluding=seed % 2 == 1), paths=_pack(seed).paths[:2])
    pack = replace(
        pack,
        questions=tuple(
            replace(
                question,
                options=tuple(
                    replace(each, rules_out=tuple(p for p in each.rules_out if p in pack.path_by_id))
                    for each in question.options
                ),
            )
            for question in pack.questions
        ),
    )
    said = _sheet(pack, seed)
    ranking = rank(pack, said)
    board = Board(pack, ranking)
    for target in range(2):
        ways = [count for count, _, names in _every(pack, ranking) if board.candidates[target].id in names]
        found = _one_way(board, target, lambda trial, target=target: target in board.first(trial))  # type: ignore[misc]
        assert (found is None) == (not ways)
        if found is not None:
            assert target in board.first(found)
            assert len(found) == min(ways) or seed % 2 == 1


@pytest.mark.parametrize("seed", range(12))
def test_help_is_measured_against_the_weighted_rivals_alone(seed: int) -> None:
    """Paths without a weight (the refused ones) do not count, and the scale of the weights changes no order."""
    pack = _pack(seed, questions=5)
    board = Board(pack, rank(pack, _sheet(pack, seed)))
    target, *rivals = range(len(pack.paths))
    weight = {rivals[0]: 0.4}
    expected = []
    for i, term in enumerate(board.terms):
        gain = np.array(term.gain)
        ahead = 0.4 * (gain[:, target] - gain[:, rivals[0]])
        best = max((o for o in range(len(gain)) if o != term.chosen), key=lambda o: ahead[o])
        if ahead[best] > ahead[term.chosen]:
            expected.append((ahead[best] - ahead[term.chosen], i, best))
    wanted = [(i, o) for _, i, o in sorted(expected, key=lambda each: -each[0])]
    assert list(_helpful(board, target, weight)) == wanted
    assert list(_helpful(board, target, {rivals[0]: 0.0004})) == wanted


def test_a_question_that_can_only_exclude_the_target_is_passed_over() -> None:
    """Behind a question whose other answers all exclude the target there may be one that helps."""
    options = tuple(Option(id=f"o{n}", text="?", effects={"x": 1.0}, rules_out=("B",) if n else ()) for n in range(3))
    trap = Question(id="trap", theme="t", text="?", options=options)
    pack = replace(small(), paths=(path("A", x=2), path("B", x=-2)), questions=(trap, scale("q", "x")))
    board = Board(pack, rank(pack, replace(FULL, answers={"trap": "o0", "q": "5"})))
    assert list(_helpful(board, 1, {0: 1.0})) == [(1, 0)]
