"""What a quiz is made of: dimensions, paths with their profiles, questions, FAQ entries and sources.

Values only: no input or output. `load` alone builds them, so a `Pack` in hand is a valid pack.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

SCALE_WORDS: Final = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")
"""What the five steps of a scale are called, from 1 to 5."""

SCALE_EFFECTS: Final = (-1.0, -0.5, 0.0, 0.5, 1.0)
"""What the five steps say about the dimension of a "+"-keyed question; "-" reverses them."""

SKIP: Final = "skip"
"""The answer that says "I give none"; no option may have this id."""


@value
class Source:
    """Where a statement comes from; `secondary` means a page that reports the source itself."""

    id: str
    title: str
    publisher: str | None = None
    year: int | None = None
    url: str | None = None
    kind: Literal["primary", "secondary"]

    @property
    def reference(self) -> str:
        """Title, publisher and year in one line, and that it is secondary where it is."""
        parts = (self.title.rstrip("."), self.publisher or "", str(self.year or ""))
        return ", ".join(each for each in parts if each) + (" (secondary)" if self.kind == "secondary" else "")


@value
class Dimension:
    """Something a person can want more or less of; `weight` > 0 is its importance to everybody."""

    id: str
    name: str
    theme: str
    about: str
    weight: float = 1.0


@value
class Statement:
    """A pro or a challenge, tied to the dimension on which it would please or disturb somebody.

    `headline` is the thought, `text` its evidence, `more` what the evidence rests on; without a headline the text
    stands alone. `checked` is the day on which somebody last looked whether it is still so.
    """

    headline: str | None = None
    text: str
    more: str | None = None
    dimension: str | None = None
    sources: tuple[str, ...] = ()
    checked: date | None = None


@value
class Fact:
    """One labelled row of the comparison between paths: `value` is what a table's cell says, `text` explains it."""

    label: str
    value: str | None = None
    text: str
    sources: tuple[str, ...] = ()
    checked: date | None = None


@value
class NextStep:
    """Something to do next, and by when: in words, and where it can be said in days, `within` so many."""

    text: str
    more: str | None = None
    when: str
    within: int | None = None
    sources: tuple[str, ...] = ()


@value
class Track:
    """A way of living a path: `profile` holds levels in -2..2 by dimension, the path's own merged in."""

    id: str
    name: str
    summary: str
    profile: Mapping[str, float]
    week: Mapping[str, float]
    facts: tuple[Fact, ...] = ()
    pros: tuple[Statement, ...] = ()
    challenges: tuple[Statement, ...] = ()
    next_steps: tuple[NextStep, ...] = ()


@value
class CareerPath(Track):
    """One of the answers that the quiz can give, and the tracks within it."""

    tracks: tuple[Track, ...] = ()


@value
class Option:
    """One answer: its effects in -1..1 by dimension (before the question's weight), and paths it excludes."""

    id: str
    text: str
    effects: Mapping[str, float]
    rules_out: tuple[str, ...] = ()


@value
class Scale:
    """The dimension an agree/disagree question reads, and whether agreeing speaks for it or against it."""

    dimension: str
    keyed: Literal["+", "-"]


@value
class Question:
    """One question; a scale has the five options "1" to "5", a choice those that the pack names.

    `topic` is what it is called where a result speaks of it.
    """

    id: str
    theme: str
    text: str
    topic: str | None = None
    options: tuple[Option, ...]
    why: str | None = None
    sources: tuple[str, ...] = ()
    scale: Scale | None = None
    weight: float = 1.0

    def index(self, option: str) -> int:
        """Return the place of an option's id among the options; raises KeyError when there is none."""
        for place, each in enumerate(self.options):
            if each.id == option:
                return place
        raise KeyError(option)

    def option(self, option: str) -> Option:
        """Return the option with this id; raises KeyError when there is none."""
        return self.options[self.index(option)]


def scale_options(scale: Scale) -> tuple[Option, ...]:
    """Return the five options of a scale, from strong disagreement ("1") to strong agreement ("5")."""
    sign = 1.0 if scale.keyed == "+" else -1.0
    return tuple(
        Option(id=str(step), text=words, effects={scale.dimension: sign * effect})
        for step, (words, effect) in enumerate(zip(SCALE_WORDS, SCALE_EFFECTS, strict=True), start=1)
    )


@value
class Faq:
    """A question people ask, with its answer; `keywords` are words that they type and the text lacks."""

    id: str
    question: str
    answer: str
    topics: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    checked: date | None = None


@dataclass(frozen=True, kw_only=True)
class Pack:
    """A whole quiz. `fingerprint` is "sha256:" and 64 hex digits over the bytes of its files, `lang` its language (BCP 47)."""

    id: str
    version: str
    title: str
    about: str
    themes: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    paths: tuple[CareerPath, ...]
    questions: tuple[Question, ...]
    faq: tuple[Faq, ...] = ()
    sources: tuple[Source, ...] = ()
    lang: str = "en"
    fingerprint: str = ""

    @cached_property
    def dimension_by_id(self) -> Mapping[str, Dimension]:
        """The dimensions by their ids."""
        return {each.id: each for each in self.dimensions}

    @cached_property
    def path_by_id(self) -> Mapping[str, CareerPath]:
        """The paths by their ids."""
        return {each.id: each for each in self.paths}

    @cached_property
    def question_by_id(self) -> Mapping[str, Question]:
        """The questions by their ids."""
        return {each.id: each for each in self.questions}

    @cached_property
    def source_by_id(self) -> Mapping[str, Source]:
        """The sources by their ids."""
        return {each.id: each for each in self.sources}

    @cached_property
    def track_by_id(self) -> Mapping[str, Track]:
        """The paths, and behind them the tracks, by their ids; a path goes before a track with its id."""
        tracks = {track.id: track for path in self.paths for track in path.tracks}
        return {**self.path_by_id, **{name: track for name, track in tracks.items() if name not in self.path_by_id}}

    @cached_property
    def dimensions_in_order(self) -> tuple[Dimension, ...]:
        """The dimensions theme by theme, in the order of the file within each."""
        return tuple(each for theme in self.themes for each in self.dimensions if each.theme == theme)

    @property
    def identity(self) -> dict[str, str]:
        """Which pack this is, as every JSON of ours says it."""
        return {"id": self.id, "version": self.version, "fingerprint": self.fingerprint}

    @cached_property
    def in_order(self) -> tuple[Question, ...]:
        """The questions theme by theme, in the order of the file within each."""
        return tuple(each for theme in self.themes for each in self.questions if each.theme == theme)
