"""A pack small enough to work out by hand, and its answer sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathfinder.answers.interview import AnswerSheet
from pathfinder.pack import CareerPath, Dimension, Option, Pack, Question, Scale, scale_options

if TYPE_CHECKING:
    from collections.abc import Mapping


def scale(name: str, dimension: str, keyed: str = "+", weight: float = 1) -> Question:
    """Return an agree/disagree question."""
    key = Scale(dimension=dimension, keyed="+" if keyed == "+" else "-")
    return Question(id=name, theme="t", text=name, options=scale_options(key), scale=key, weight=weight)


def path(name: str, **profile: float) -> CareerPath:
    """Return a path with this profile."""
    return CareerPath(id=name, name=name, summary=name, profile=profile, week={})


def small(weights: Mapping[str, float] | None = None) -> Pack:
    """Return the pack of the worked table: dimensions x and y, paths A, B and C, two scales and a choice."""
    return Pack(
        id="small",
        version="1",
        title="Small",
        about="",
        themes=("t",),
        dimensions=tuple(Dimension(id=d, name=d, theme="t", about=d, weight=(weights or {}).get(d, 1)) for d in "xy"),
        paths=(path("A", x=2), path("B", x=1, y=1), path("C", y=-2)),
        questions=(
            scale("more-x", "x"),
            scale("less-y", "y", "-", weight=2),
            Question(
                id="pick",
                theme="t",
                text="pick",
                options=(
                    Option(id="xs", text="xs", effects={"x": 1}, rules_out=("C",)),
                    Option(id="both", text="both", effects={"x": 0.5, "y": -0.5}),
                    Option(id="neither", text="neither", effects={}),
                ),
            ),
        ),
    )


def sheet(**answers: str) -> AnswerSheet:
    """Return a sheet of these answers; an underscore stands for a hyphen."""
    return AnswerSheet(pack="small", answers={q.replace("_", "-"): o for q, o in answers.items()})
