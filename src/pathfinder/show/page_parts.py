"""What a report shows besides the outline, as plain values that both templates read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pathfinder.show.parts import Line, Outline


@value
class Mentor:
    """What to take to a mentor: three reasons, the week that the wishes come to, and what to ask."""

    reasons_title: str
    reasons: tuple[str, ...]
    wanted: Mapping[str, float]
    chosen: str
    questions: tuple[str, ...]


@value
class Mark:
    """A path's level on a dimension: `at` 0..100 along the scale, `lane` 0 upwards where marks would overlap."""

    colour: int
    at: float
    lane: int


@value
class ScaleDrawing:
    """What the answers say on a dimension (`mine` 0..100, None without evidence), and what the paths offer."""

    name: str
    mine: float | None
    weight: str
    marks: tuple[Mark, ...]
    lanes: int
    text: str


@value
class Slice:
    """Half-days of one activity, drawn from `start` over `width` (0..100)."""

    kind: int
    name: str
    amount: str
    start: float
    width: float


@value
class Week:
    """A typical week of a path, or (`own`) the one that the person's wishes come to."""

    path: str
    slices: tuple[Slice, ...]
    own: bool = False

    @property
    def text(self) -> str:
        """The week in words."""
        return ", ".join(f"{each.name} {each.amount}" for each in self.slices)


@value
class FactRow:
    """One fact about all paths: a cell for each, None where a path says nothing."""

    label: str
    cells: tuple[Line | None, ...]


@value
class Given:
    """A question and the answer in words; `open` when there is none."""

    question: str
    answer: str
    open: bool


@value
class Theme:
    """The answers to one theme's questions."""

    name: str
    answers: tuple[Given, ...]


@value
class Reference:
    """A source; `url` is None unless it is a plain web address."""

    number: int
    title: str
    details: str
    kind: str
    url: str | None
    shown: str


@value
class ReportPage:
    """A report: the outline, and beneath it what was compared and answered."""

    title: str
    about: str
    lang: str
    version: str
    fingerprint: str
    date: str
    iso_date: str
    outline: Outline
    mentor: Mentor
    paths: tuple[str, ...]
    drawn: tuple[tuple[str, int], ...]
    scales: tuple[ScaleDrawing, ...]
    activities: tuple[str, ...]
    weeks: tuple[Week, ...]
    facts: tuple[FactRow, ...]
    themes: tuple[Theme, ...]
    stated: tuple[tuple[str, str], ...]
