"""What would change a result, against trying every combination of answers."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given, settings

from pathfinder.answers.interview import AnswerSheet
from pathfinder.result import what_if as tipping
from pathfinder.result.explain import explain
from pathfinder.result.scoring import rank
from pathfinder.result.what_if import make_first, unseat
from reference import Reference
from strategies import packs_and_sheets
from worked import sheet, small

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pathfinder.pack import Pack
    from pathfinder.result.answer_changes import Turn


def applied(said: AnswerSheet, turn: Turn) -> AnswerSheet:
    """Return the sheet after the changes."""
    return changed(said, {each.question: each.after for each in turn.changes})


def changed(said: AnswerSheet, answers: Mapping[str, str]) -> AnswerSheet:
    """Return the sheet with other answers."""
    return replace(said, answers={**said.answers, **answers})


def leaders(pack: Pack, said: AnswerSheet) -> set[str]:
    """Return who is first, or shares that place."""
    return {each.path.id for each in rank(pack, said).leaders}


def every_change(pack: Pack, said: AnswerSheet) -> Iterator[tuple[int, int, set[str]]]:
    """Yield number of changes, number of steps and the leaders for all combinations of other answers, by numpy."""
    expected = Reference(pack, said)
    worth = expected.m * expected.c
    tables = [(r.question, (r.pull / expected.precision) @ worth.T) for r, _ in expected.answered]
    for combination in product(*[range(len(q.options)) for q, _ in tables]):
        count, steps, out = 0, 0, set(said.rule_out)
        scores = np.zeros(len(pack.paths))
        for o, (q, table) in zip(combination, tables, strict=True):
            distance = abs(o - q.index(said.answers[q.id]))
            count, steps = count + (distance > 0), steps + (distance if q.scale else distance > 0)
            scores += table[o]
            out |= set(q.options[o].rules_out)
        left = {each.id: score for each, score in zip(pack.paths, scores, strict=True) if each.id not in out}
        best = max(left.values(), default=0.0)
        yield count, steps, {path for path, score in left.items() if best - score < 1e-9}


@settings(max_examples=200, deadline=None)
@given(packs_and_sheets(items=(1, 4)))
def test_no_smaller_set_of_answers_unseats_the_leader(drawn: tuple[Pack, AnswerSheet]) -> None:
    """Applying the changes makes the named path first (or tie); no smaller number of answers, or of steps, does."""
    pack, said = drawn
    assume(len(leaders(pack, said)) == 1)
    everything = [each for each in every_change(pack, said) if each[2] - leaders(pack, said)]
    for by_steps, turn in enumerate(unseat(pack, rank(pack, said))):
        if turn is None:
            assert not everything
            continue
        after = leaders(pack, applied(said, turn))
        assert turn.makes_first in after - leaders(pack, said)
        assert turn.tied == (len(after) > 1)
        least = min(steps if by_steps else count for count, steps, _ in everything)
        assert least == (turn.steps if by_steps else len(turn.changes))


@settings(max_examples=200, deadline=None)
@given(packs_and_sheets(items=(1, 4)))
def test_no_smaller_set_of_answers_makes_a_path_first(drawn: tuple[Pack, AnswerSheet]) -> None:
    """For every path the changes are a smallest set, or there is none, or the person ruled the path out."""
    pack, said = drawn
    everything = list(every_change(pack, said))
    for path in pack.paths:
        counts = [count for count, _, after in everything if path.id in after]
        turn = make_first(pack, said, path.id)
        if turn is None:
            assert not counts or path.id in said.rule_out
        else:
            assert path.id == turn.makes_first
            assert path.id in leaders(pack, applied(said, turn))
            assert turn.smallest
            assert len(turn.changes) == min(counts)


def test_one_answer_is_enough_where_the_lead_is_small() -> None:
    """B leads A by a little of y; less of it by one step puts A first."""
    pack, said = small(), sheet(more_x="4", less_y="2")
    assert leaders(pack, said) == {"B"}
    turn, _ = unseat(pack, rank(pack, said))
    assert turn is not None
    assert [(each.question, each.before, each.after, each.steps) for each in turn.changes] == [("less-y", "2", "3", 1)]
    assert (turn.makes_first, turn.tied) == ("A", False)


def test_a_leader_may_fall_by_an_answer_that_excludes_it() -> None:
    """When C leads and no answer makes up for it, choosing the option that rules C out unseats it."""
    pack = small()
    said = sheet(less_y="5", pick="neither")
    assert leaders(pack, said) == {"C"}
    turn, _ = unseat(pack, rank(pack, said))
    assert turn is not None
    assert len(turn.changes) == 1
    assert turn.makes_first in {"A", "B"}


def test_a_tie_and_an_empty_sheet_have_no_tipping_point() -> None:
    """Without a single leader there is nobody to unseat."""
    assert unseat(small(), rank(small(), sheet())) == (None, None)
    assert unseat(small(), rank(small(), sheet(more_x="3", less_y="3"))) == (None, None)
    assert explain(small(), rank(small(), sheet())).turns == ()


def test_nobody_to_change_places_with() -> None:
    """When every other path is the person's own dealbreaker, no answer unseats the leader."""
    said = replace(sheet(more_x="5"), rule_out=("B", "C"))
    assert unseat(small(), rank(small(), said)) == (None, None)


def test_the_leader_needs_no_change_to_be_first() -> None:
    """`make_first` for the leader is an empty set of changes."""
    turn = make_first(small(), sheet(more_x="5"), "A")
    assert turn is not None
    assert (turn.changes, turn.smallest) == ((), True)


def test_a_dealbreaker_is_never_made_first_and_an_unknown_path_is_an_error() -> None:
    """The person's own refusal stands; a path that the pack lacks raises KeyError."""
    assert make_first(small(), replace(sheet(more_x="5"), rule_out=("C",)), "C") is None
    with pytest.raises(KeyError):
        make_first(small(), sheet(), "D")


def test_a_search_broken_off_still_finds_one_way(bundled: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the search for a smallest set takes too long the changes still work, and do not claim to be the fewest."""
    monkeypatch.setattr(tipping, "LOOKED_AT", 1)
    said = AnswerSheet(pack=bundled.id, answers={each.id: each.options[0].id for each in bundled.questions})
    for path in {each.id for each in bundled.paths} - leaders(bundled, said):
        turn = make_first(bundled, said, path)
        assert turn is not None
        assert not turn.smallest
        assert path in leaders(bundled, applied(said, turn))


@settings(max_examples=150, deadline=None)
@given(packs_and_sheets(items=(1, 5)))
def test_any_way_that_a_broken_off_search_finds_works(drawn: tuple[Pack, AnswerSheet]) -> None:
    """With ruled-out paths, choices that exclude and questions that say nothing too, what is named puts the path first."""
    pack, said = drawn
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tipping, "LOOKED_AT", 0)
        for path in pack.paths:
            turn = make_first(pack, said, path.id)
            assert turn is None or path.id in leaders(pack, applied(said, turn))


def test_the_gentlest_answer_is_named(bundled: Pack) -> None:
    """A change goes no farther along a scale than it must: one step less no longer unseats the leader."""
    said = AnswerSheet(pack=bundled.id, answers={each.id: each.options[0].id for each in bundled.questions})
    leader = leaders(bundled, said)
    turn, _ = unseat(bundled, rank(bundled, said))
    assert turn is not None
    for each in turn.changes:
        question = bundled.question_by_id[each.question]
        if question.scale and each.steps > 1:
            step = 1 if question.index(each.after) > question.index(each.before) else -1
            nearer = question.options[question.index(each.after) - step].id
            assert leaders(bundled, changed(applied(said, turn), {each.question: nearer})) == leader
