"""What became of a sheet: under a changed pack, and from one session to another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pathfinder.answers.interview import MOST_IMPORTANT
from pathfinder.errors import SessionError
from pathfinder.pack import SKIP
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pathfinder.answers.interview import AnswerSheet
    from pathfinder.answers.session import Session
    from pathfinder.pack import Pack


@value
class Changed:
    """One thing that differs, by its id; `before` and `after` are None where there was nothing."""

    what: str
    before: str | None
    after: str | None


@value
class Difference:
    """How two sheets differ.

    `answers` goes by question, with options' ids or SKIP; `importance` by dimension, with "most" or
    "none"; `ruled_out` by path, with "ruled out"; `lean` holds two paths' ids, or is None.
    """

    answers: tuple[Changed, ...] = ()
    importance: tuple[Changed, ...] = ()
    ruled_out: tuple[Changed, ...] = ()
    lean: Changed | None = None

    def __bool__(self) -> bool:
        return bool(self.answers or self.importance or self.ruled_out or self.lean)


def difference_between(before: AnswerSheet, after: AnswerSheet) -> Difference:
    """Return what changed between two sheets, in the order in which the later one was answered."""
    lean = _changes({"lean": before.lean} if before.lean else {}, {"lean": after.lean} if after.lean else {})
    return Difference(
        answers=_changes(before.answers, after.answers),
        importance=_changes(_importance(before), _importance(after)),
        ruled_out=_changes(dict.fromkeys(before.rule_out, "ruled out"), dict.fromkeys(after.rule_out, "ruled out")),
        lean=lean[0] if lean else None,
    )


def fit(session: Session, pack: Pack) -> tuple[AnswerSheet, list[str]]:
    """Return the session's answers as far as the pack, which may have changed, still knows them.

    The list names what was dropped, one phrase each, such as "question bench-time". Raises SessionError
    when the session belongs to another pack.
    """
    if session.pack.id != pack.id:
        raise SessionError(
            f"Quiz {session.id} belongs to the pack {session.pack.id}, not to {pack.id}; give its folder with --pack."
        )
    sheet, dropped = session.sheet, _Dropped()
    dimensions, paths = pack.dimension_by_id, pack.path_by_id
    answers = {question: answer for question, answer in sheet.answers.items() if dropped.test(pack, question, answer)}
    most = dropped.keep(sheet.matters_most, dimensions, "dimension {} (mattered most)")
    none = dropped.keep(sheet.does_not_matter, dimensions, "dimension {} (did not matter)")
    rule_out = dropped.keep(sheet.rule_out, paths, "path {} (ruled out)")
    lean = dropped.keep((sheet.lean,) if sheet.lean else (), paths, "path {} (your lean)")
    fitted = replace(
        sheet,
        pack=pack.id,
        answers=answers,
        matters_most=most[:MOST_IMPORTANT],
        does_not_matter=tuple(each for each in none if each not in most),
        rule_out=rule_out,
        lean=lean[0] if lean else None,
    )
    return fitted, dropped.names


class _Dropped:
    """Collects the names of what a pack no longer has."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def keep(self, ids: Iterable[str], known: Iterable[str], words: str) -> tuple[str, ...]:
        """Return the ids that are known, each once."""
        wanted, there = tuple(dict.fromkeys(ids)), set(known)
        self.names += [words.format(each) for each in wanted if each not in there]
        return tuple(each for each in wanted if each in there)

    def test(self, pack: Pack, question: str, answer: str) -> bool:
        """Whether the pack has the question and the answer to it."""
        asked = pack.question_by_id.get(question)
        if asked is None:
            self.names.append(f"question {question}")
        elif answer != SKIP and all(each.id != answer for each in asked.options):
            self.names.append(f"answer {answer} to {question}")
        else:
            return True
        return False


def _importance(sheet: AnswerSheet) -> dict[str, str]:
    return dict.fromkeys(sheet.matters_most, "most") | dict.fromkeys(sheet.does_not_matter, "none")


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Changed, ...]:
    return tuple(
        Changed(what=each, before=before.get(each), after=after.get(each))
        for each in dict.fromkeys((*after, *before))
        if before.get(each) != after.get(each)
    )
