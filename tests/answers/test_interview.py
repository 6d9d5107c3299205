"""Where a person stands among the questions, whichever way they go."""

from __future__ import annotations

import pytest

from pathfinder.answers.interview import AnswerSheet, start
from pathfinder.pack import SKIP
from worked import small


def test_only_questions_of_the_order_can_be_returned_to() -> None:
    """Moving to a question by its id keeps all answers; an id that is not asked has no place."""
    interview = start(small()).answer("5").skip()
    assert interview.at("more-x").current.id == "more-x"
    assert interview.at("more-x").answers == interview.answers == {"more-x": "5", "less-y": SKIP}
    with pytest.raises(KeyError, match="nowhere"):
        interview.at("nowhere")


def test_back_on_the_first_question_stays_there() -> None:
    """There is nothing before the first question."""
    interview = start(small())
    assert interview.back() == interview
    assert interview.skip().back().current == interview.current


def test_a_sheet_is_taken_up_at_its_first_open_question() -> None:
    """Skipped is asked already; absent is open, wherever it stands."""
    assert (
        start(small(), sheet=AnswerSheet(pack="small", answers={"more-x": SKIP, "pick": "xs"})).current.id == "less-y"
    )


def test_an_option_that_does_not_exist_has_no_place() -> None:
    """A question knows its own options only."""
    [question, *_] = small().questions
    assert question.option(question.options[2].id) is question.options[2]
    with pytest.raises(KeyError, match="nowhere"):
        question.option("nowhere")
