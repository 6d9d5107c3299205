"""Headers of a survey tool's export -> what each column is; a row -> an answer sheet."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, NamedTuple

from pathfinder.answers.interview import MOST_IMPORTANT, AnswerSheet
from pathfinder.cohort.cells import CellError, Choice, Several, answer_of, is_ticked, lookup, quoted_cell
from pathfinder.cohort.names import (
    ASKED,
    DOES_NOT_MATTER,
    LEAN,
    MATTERS_MOST,
    RULE_OUT,
    codes,
    folded,
    members,
    variables,
)
from pathfinder.errors import UsageError
from pathfinder.pack import SKIP
from pathfinder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pathfinder.pack import Pack

_MARKS: Final = (MATTERS_MOST, DOES_NOT_MATTER, RULE_OUT)
_IMPORT_ID: Final = re.compile(r'\s*\{"ImportId"')
_MEMBER: Final = re.compile(r"^(.+?)(?:___|/|\[|\s*\(choice=|_(?=\d+$)| - )(.+?)[\])]?$")
_NEAR: Final = 8


class RowError(ValueError):
    """A row that fits no sheet: `column` counts from 1, the text says why."""

    def __init__(self, column: int, message: str) -> None:
        super().__init__(message)
        self.column = column


class Tick(NamedTuple):
    """A column that is a box for one thing, `member`, of those that a mark can name."""

    mark: str
    member: str
    names: frozenset[str]


class Columns:
    """What the columns of a file are; `unused` are the headers of those that are nothing."""

    def __init__(self, pack: Pack, headers: Sequence[Sequence[str]]) -> None:
        self.pack = pack
        self.names = tuple(one_line(each).strip() for each in headers[0])
        self.known = _known(pack)
        found = _matched(headers, self.known)
        self.answers = tuple((found[each.id], each.id, answer_of(each)) for each in pack.questions if each.id in found)
        self.marks = tuple((found[each], each, _several(pack, each)) for each in _MARKS if each in found)
        self.ticks = tuple(_ticks(pack, headers, {*found}))
        self.lean = found.get(LEAN)
        self._lean = Choice({each.id: each.name for each in pack.paths}, "the id or name of a path")
        used = {*found.values(), *(c for c, _ in self.ticks)} | {*_beside(headers, self.known)}
        self.unused = tuple(name for c, name in enumerate(self.names) if c not in used)

    def place(self, wanted: str, option: str) -> int:
        """Return where the column with this header is; raises UsageError naming near ones."""
        for c, name in enumerate(self.names):
            if name == wanted.strip():
                return c
        same = [c for c, name in enumerate(self.names) if folded(name) == folded(wanted)]
        if len(same) == 1:
            return same[0]
        near = get_close_matches(wanted, self.names, n=_NEAR) or self.names[:_NEAR]
        raise UsageError(f"{option}: there is no column {quoted_cell(wanted)} (there are: {', '.join(near)})")

    def sheet(self, row: Sequence[str]) -> AnswerSheet:
        """Return the answers of a row as a sheet; raises RowError."""
        width = len(self.names)
        if len(row) < width or any(row[width:]):
            raise RowError(
                min(len(row), width) + 1, f"the row has {len(row)} cells, and the header {width}: is it cut off?"
            )
        c = 0
        try:
            answers = {}
            for c, question, choice in self.answers:
                answer = choice.read(row[c])
                if answer is not None:
                    answers[question] = answer
            marks: dict[str, tuple[str, ...]] = {}
            for c, mark, several in self.marks:
                marks[mark] = several.read(row[c])
            for c, tick in self.ticks:
                if is_ticked(row[c], tick.names):
                    marks[tick.mark] = (*marks.get(tick.mark, ()), tick.member)
            lean = None
            if self.lean is not None:
                c = self.lean
                lean = self._lean.read(row[c])
        except CellError as error:
            raise RowError(c + 1, f"{self.names[c]}: {error}") from None
        if marks:
            self._check(marks)
        return AnswerSheet(
            pack=self.pack.id,
            answers=answers,
            matters_most=marks.get(MATTERS_MOST, ()),
            does_not_matter=marks.get(DOES_NOT_MATTER, ()),
            rule_out=marks.get(RULE_OUT, ()),
            lean=None if lean == SKIP else lean,
        )

    def _check(self, marks: Mapping[str, tuple[str, ...]]) -> None:
        most = marks.get(MATTERS_MOST, ())
        if len(most) > MOST_IMPORTANT:
            raise RowError(self._where(MATTERS_MOST), f"{MATTERS_MOST} names {len(most)}: at most {MOST_IMPORTANT} can")
        both = [each for each in marks.get(DOES_NOT_MATTER, ()) if each in most]
        if both:
            raise RowError(
                self._where(DOES_NOT_MATTER), f"{both[0]} stands in {MATTERS_MOST} too: it can be in one of them"
            )

    def _where(self, mark: str) -> int:
        places = [c for c, each, _ in self.marks if each == mark] + [c for c, each in self.ticks if each.mark == mark]
        return min(places) + 1


def recognized(pack: Pack, names: Sequence[str]) -> int:
    """Return how many cells of a row are headers of something: what tells a header from answers, and how it is cut."""
    known = _known(pack)
    return sum(_meaning(each, known) is not None for each in names)


def header_rows(pack: Pack, rows: Sequence[Sequence[str]]) -> int:
    """Return how many of a file's first rows are headers: one, or up to three as Qualtrics writes them."""
    texts = {folded(each.text) for each in pack.questions}
    count = 1
    for number, row in enumerate(rows[1:3], start=2):
        filled = [each for each in row if each.strip()]
        if (
            any(_IMPORT_ID.match(each) or folded(each) in texts for each in filled)
            # Kobo's second row holds the tags of an exchange language for humanitarian data.
            or (filled and all(each.startswith("#") for each in filled))
        ):
            count = number
    return count


def _known(pack: Pack) -> dict[str, str]:
    """Return questions and marks by all headers that they can have."""
    ids = [each.id for each in pack.questions]
    texts = [folded(each.text) for each in pack.questions]
    known: dict[str, str] = {}
    for keys in (
        [(folded(each), each) for each in ids],
        [(made, each) for naming in (variables, codes) for each, made in naming(ids).items()],
        [(text, each) for text, each in zip(texts, ids, strict=True) if texts.count(text) == 1],
        [(folded(key), mark) for mark, text in ASKED.items() for key in (mark, mark.replace("_", " "), text)],
        [(mark.replace("_", ""), mark) for mark in ASKED],
    ):
        for key, each in keys:
            known.setdefault(key, each)
    return known


def _pieces(header: str) -> Iterator[str]:
    text = folded(header)
    yield text
    # Groups of Kobo, rows of a grid in Google Forms, statements of a matrix in Qualtrics, LimeSurvey's code before the text.
    yield text.rsplit("/", 1)[-1]
    if text.endswith("]"):
        yield text[text.find("[") + 1 : -1]
    yield text.removesuffix(" - selected choice")
    yield text.rsplit(" - ", 1)[-1]
    yield text.split(". ", 1)[0]


def _whole(header: str, known: Mapping[str, str]) -> str | None:
    return known.get(folded(header))


def _meaning(header: str, known: Mapping[str, str]) -> str | None:
    return next((known[each] for each in _pieces(header) if each in known), None)


def _matched(headers: Sequence[Sequence[str]], known: Mapping[str, str]) -> dict[str, int]:
    """Return the column of each question and mark; raises UsageError when two columns are the same one."""
    found: dict[str, int] = {}
    taken = {*_beside(headers, known)}
    # A header that is a question's name as a whole goes before one that only holds it, in whatever row.
    for meaning_of in (_whole, _meaning):
        for row in headers:
            here: dict[str, int] = {}
            for c, header in enumerate(row[: len(headers[0])]):
                meaning = None if c in taken else meaning_of(header, known)
                if meaning is None or meaning in found:
                    continue
                if meaning in here and folded(row[here[meaning]]) == folded(header):
                    raise UsageError(
                        f"columns {here[meaning] + 1} and {c + 1} are both {quoted_cell(meaning)}: take one away"
                    )
                here.setdefault(meaning, c)
            found |= here
            taken |= {*here.values()}
    if not any(each not in ASKED for each in found):
        raise UsageError("no column is a question of this pack: a header is a question's id or its text")
    return found


def _beside(headers: Sequence[Sequence[str]], known: Mapping[str, str]) -> Iterator[int]:
    # A column that says again, box by box, what another one says whole.
    for c, header in enumerate(headers[0]):
        parts = _MEMBER.match(folded(header))
        if parts and _meaning(parts[1], known) in ASKED:
            yield c


def _several(pack: Pack, mark: str) -> Several:
    return Several(members(pack, mark), "path" if mark == RULE_OUT else "dimension")


def _ticks(pack: Pack, headers: Sequence[Sequence[str]], whole: set[str]) -> Iterator[tuple[int, Tick]]:
    known = {key: mark for key, mark in _known(pack).items() if mark in _MARKS}
    inside = {mark: lookup(members(pack, mark)) for mark in _MARKS}
    taken: set[int] = set()
    for row in headers:
        for c, header in enumerate(row):
            parts = _MEMBER.match(folded(header)) if c not in taken else None
            mark = known.get(parts[1].strip()) if parts else None
            if parts is None or mark is None or mark in whole or parts[2].strip() not in inside[mark]:
                continue
            member = inside[mark][parts[2].strip()]
            taken.add(c)
            yield c, Tick(mark, member, frozenset(key for key, each in inside[mark].items() if each == member))
