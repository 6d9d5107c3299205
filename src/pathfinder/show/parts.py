"""What is said about a result, as plain values that the terminal, the templates and JSON draw."""

from __future__ import annotations

from pathfinder.value import value


@value
class Said:
    """A verdict: `head` in a few words, `rest` in a sentence, and both in one `sentence`."""

    head: str
    rest: str
    sentence: str


@value
class Standing:
    """One candidate in a ranking; `colour` is its number, `best_as` the name of its best-fitting track.

    `match` is 0..100, or None where the answers say too little to put one before another.
    """

    path: str
    rank: str
    name: str
    summary: str
    match: float | None
    colour: int
    reason: str = ""
    leads: bool = False
    best_as: str = ""


@value
class Part:
    """What a dimension adds: `share` in percent, or "", drawn from `start` over `width` (0..100)."""

    name: str
    priority: bool
    share: str
    speaks_for: bool
    start: float
    width: float
    answers: tuple[tuple[str, str], ...]


@value
class Why:
    """Parts under a title; `first` and `other` are what they speak for, `rest` is the share of what is not shown."""

    title: str
    note: str
    first: str
    other: str
    parts: tuple[Part, ...]
    rest: str


@value
class Line:
    """A statement and the ids of its sources.

    Where it touches what the person wants, `own` names the dimension and says whether they want much of it.
    """

    text: str
    headline: str | None = None
    more: str | None = None
    sources: tuple[str, ...] = ()
    own: tuple[str, bool] | None = None

    @property
    def short(self) -> str:
        """The headline, or else the first sentence."""
        return self.headline or self.text.partition(". ")[0].removesuffix(".")


@value
class Portrait:
    """A path with what speaks for and against it, what touches the person first."""

    path: str
    name: str
    colour: int
    pros: tuple[Line, ...]
    challenges: tuple[Line, ...]


@value
class Glance:
    """What stands side by side on the first screen: titles, and under each "+" or "-" with a line."""

    titles: tuple[str, ...]
    columns: tuple[tuple[tuple[str, Line], ...], ...]


@value
class Turning:
    """A heading, and the changes of answers below it."""

    heading: str
    changes: tuple[str, ...]


@value
class Change:
    """What would change the result: `brief` in one line, then as much as the result's closeness deserves."""

    title: str
    brief: str
    paragraphs: tuple[str, ...] = ()
    turnings: tuple[Turning, ...] = ()
    thresholds: tuple[str, ...] = ()


@value
class Help:
    """Why a result is not decided, what helps then, and the questions (or pairs of answers) to look at."""

    text: str
    lead: str = ""
    questions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@value
class Headed:
    """Lines, or ranked tracks, under a heading."""

    name: str
    lines: tuple[Line, ...] = ()
    tracks: tuple[Standing, ...] = ()


@value
class Steps:
    """What to do next on a path, grouped by when."""

    path: str
    groups: tuple[Headed, ...]


@value
class Outline:
    """What is said about a result, from top to bottom; a part is None or empty where the result does not bear it.

    `wants` is what the person wants, and could do without, and `wanted` the first half of it, where room is short.
    """

    said: Said
    wants: str | None
    wanted: str | None
    basis: str
    remarks: tuple[str, ...]
    help: Help | None
    ranking: tuple[Standing, ...]
    glance: Glance | None
    fits: Why | None
    against: Why | None
    change: Change | None
    portraits: tuple[Portrait, ...]
    tracks: tuple[Headed, ...]
    steps: tuple[Steps, ...]
    hunch: str | None
    limits: str

    @property
    def sections(self) -> tuple[tuple[str, str], ...]:
        """The sections there are, as (name, title)."""
        change = self.change.title if self.change else "What would help"
        found = (
            ("why", "Why", self.fits or self.against),
            ("pros", "Pros and challenges", self.portraits),
            ("change", change, self.change or self.help),
            ("tracks", "Tracks", self.tracks),
            ("steps", "Next steps", self.steps),
        )
        return tuple((name, title) for name, title, content in found if content)
