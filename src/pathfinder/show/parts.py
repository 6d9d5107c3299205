"""What a report shows, as plain values that both templates read; nothing here knows HTML or Markdown."""

from __future__ import annotations

from pathfinder.value import value


@value
class Standing:
    """One candidate in a ranking: `match` 0..100; `often` 0..19 of 20 people with such a result."""

    rank: str
    name: str
    summary: str
    match: float
    often: int
    sure: str
    reason: str = ""
    leads: bool = False


@value
class Part:
    """A dimension's part of the margin between two paths, drawn from `start` over `width` (0..100)."""

    name: str
    amount: str
    speaks_for: bool
    start: float
    width: float
    answers: tuple[tuple[str, str], ...]


@value
class Why:
    """What speaks for the first path against the second, and what against it; `rest` is what is not shown."""

    title: str
    first: str
    other: str
    margin: str
    parts: tuple[Part, ...]
    rest: str | None


@value
class Turning:
    """A heading, and the changes of answers below it."""

    heading: str
    changes: tuple[str, ...]


@value
class Mark:
    """A path's level on a dimension: `at` 0..100 along the scale, `lane` 0 upwards where marks would overlap."""

    path: int
    at: float
    lane: int


@value
class Wish:
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
    """A path's typical week."""

    path: str
    slices: tuple[Slice, ...]

    @property
    def text(self) -> str:
        """The week in words."""
        return ", ".join(f"{each.name} {each.amount}" for each in self.slices)


@value
class Line:
    """A statement with the numbers of its sources.

    Where it touches the person's answers, `own` names the dimension and says whether they want much of it.
    """

    text: str
    cites: tuple[int, ...] = ()
    own: tuple[str, bool] | None = None


@value
class FactRow:
    """One fact about all paths: a cell for each, None where a path says nothing."""

    label: str
    cells: tuple[Line | None, ...]


@value
class Portrait:
    """A path with what speaks for and against it."""

    name: str
    pros: tuple[Line, ...]
    challenges: tuple[Line, ...]


@value
class Group:
    """Lines, or ranked tracks, under a heading."""

    name: str
    lines: tuple[Line, ...] = ()
    tracks: tuple[Standing, ...] = ()


@value
class Steps:
    """What to do next on a path, grouped by when."""

    path: str
    groups: tuple[Group, ...]


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
class Page:
    """The whole report, from top to bottom."""

    title: str
    about: str
    version: str
    fingerprint: str
    date: str
    iso_date: str
    verdict: str
    basis: str
    remarks: tuple[str, ...]
    paths: tuple[str, ...]
    ranking: tuple[Standing, ...]
    why: Why | None
    turnings: tuple[Turning, ...]
    unmoved: str
    thresholds: tuple[str, ...]
    weights: str
    drawn: tuple[str, ...]
    wishes: tuple[Wish, ...]
    activities: tuple[str, ...]
    weeks: tuple[Week, ...]
    facts: tuple[FactRow, ...]
    portraits: tuple[Portrait, ...]
    tracks: tuple[Group, ...]
    steps: tuple[Steps, ...]
    themes: tuple[Theme, ...]
    stated: tuple[tuple[str, str], ...]
    lean: str | None
    limits: str
    sources: tuple[Reference, ...]
