"""Hypothesis strategies: small random packs of every kind of question, and answer sheets that fit them.

Levels, effects and weights are multiples of a quarter or so: exact ties happen, and a failing example reads well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from hypothesis import strategies as st

from pathfinder.answers.interview import AnswerSheet
from pathfinder.pack import SKIP, CareerPath, Dimension, Option, Pack, Question, Scale, Track, scale_options

if TYPE_CHECKING:
    from collections.abc import Mapping

LEVELS = st.integers(-4, 4).map(lambda each: each / 2)
EFFECTS = st.integers(-4, 4).map(lambda each: each / 4)
WEIGHTS = st.sampled_from([1.0, 1.0, 1.0, 0.5, 2.0])
KEYS: tuple[Literal["+"], Literal["-"]] = ("+", "-")


@st.composite
def profiles(draw: st.DrawFn, dimensions: tuple[str, ...]) -> Mapping[str, float]:
    """Draw a profile that says something about at least one dimension."""
    levels = draw(st.lists(LEVELS, min_size=len(dimensions), max_size=len(dimensions)).filter(any))
    return {d: level for d, level in zip(dimensions, levels, strict=True) if level}


@st.composite
def questions(draw: st.DrawFn, place: int, dimensions: tuple[str, ...], paths: tuple[str, ...]) -> Question:
    """Draw a scale, or a choice of two to four options of which some may rule a path out."""
    weight = draw(WEIGHTS)
    if draw(st.booleans()):
        scale = Scale(dimension=draw(st.sampled_from(dimensions)), keyed=draw(st.sampled_from(KEYS)))
        return Question(id=f"q{place}", theme="all", text="?", options=scale_options(scale), scale=scale, weight=weight)
    rows = draw(
        st.lists(st.dictionaries(st.sampled_from(dimensions), EFFECTS, max_size=3), min_size=2, max_size=4).filter(any)
    )
    if not any(effect for row in rows for effect in row.values()):
        rows[0] = {dimensions[0]: 1.0}
    ruled = [draw(st.sampled_from(paths)) if draw(st.integers(0, 5)) == 0 else None for _ in rows]
    options = tuple(
        Option(id=f"o{o}", text="!", effects=row, rules_out=(out,) if out else ())
        for o, (row, out) in enumerate(zip(rows, ruled, strict=True))
    )
    return Question(id=f"q{place}", theme="all", text="?", options=options, weight=weight)


@st.composite
def packs(
    draw: st.DrawFn,
    paths: tuple[int, int] = (2, 4),
    items: tuple[int, int] = (1, 5),
    dimensions: tuple[int, int] = (1, 4),
) -> Pack:
    """Draw a pack of one theme; each pair bounds a number of things, both ends included."""
    dims = tuple(f"d{d}" for d in range(draw(st.integers(*dimensions))))
    ids = tuple(f"p{p}" for p in range(draw(st.integers(*paths))))
    return Pack(
        id="random",
        version="1",
        title="A random pack",
        about="For tests.",
        themes=("all",),
        dimensions=tuple(Dimension(id=d, name=d, theme="all", about=d, weight=draw(WEIGHTS)) for d in dims),
        paths=tuple(
            CareerPath(id=p, name=p, summary=p, profile=draw(profiles(dims)), week={}, tracks=_tracks(p)) for p in ids
        ),
        questions=tuple(draw(questions(q, dims, ids)) for q in range(draw(st.integers(*items)))),
    )


@st.composite
def sheets(draw: st.DrawFn, pack: Pack, *, complete: bool = False) -> AnswerSheet:
    """Draw a sheet for a pack, with skips, questions not asked, importance and dealbreakers unless `complete`."""
    answers: dict[str, str] = {}
    for question in pack.questions:
        ids = [each.id for each in question.options]
        given = draw(st.sampled_from(ids if complete else [*ids, *ids, SKIP, None]))
        if given is not None:
            answers[question.id] = given
    if complete:
        return AnswerSheet(pack=pack.id, answers=answers)
    said = {each.id: draw(st.sampled_from(["", "", "", "most", "not"])) for each in pack.dimensions}
    return AnswerSheet(
        pack=pack.id,
        answers=answers,
        matters_most=tuple(d for d, word in said.items() if word == "most")[:3],
        does_not_matter=tuple(d for d, word in said.items() if word == "not"),
        rule_out=tuple(each.id for each in pack.paths if draw(st.integers(0, 7)) == 0),
    )


@st.composite
def packs_and_sheets(
    draw: st.DrawFn, paths: tuple[int, int] = (2, 4), items: tuple[int, int] = (1, 5)
) -> tuple[Pack, AnswerSheet]:
    """Draw a random pack together with a sheet that fits it."""
    pack = draw(packs(paths=paths, items=items))
    return pack, draw(sheets(pack))


def _tracks(path: str) -> tuple[Track, ...]:
    return tuple(
        Track(id=f"{path}-{t}", name=t, summary=t, profile={"d0": level}, week={}) for t, level in (("a", 1), ("b", -1))
    )
