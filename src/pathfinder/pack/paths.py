"""`paths.yaml`: the head of the pack, its themes and dimensions, the paths and their tracks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypedDict

from pathfinder.pack.fields import Fields
from pathfinder.pack.ids import Ids
from pathfinder.pack.model import CareerPath, Dimension, Fact, NextStep, Statement, Track
from pathfinder.pack.nodes import Mapping, Scalar

if TYPE_CHECKING:
    from pathfinder.pack.nodes import Node
    from pathfinder.pack.reader import Reader

FORMAT: Final = "1"
NAME: Final = 60
TITLE: Final = 100
SENTENCES: Final = 500
ABOUT: Final = 1000
HEADLINE: Final = 60
TEXT: Final = 140
VALUE: Final = 40
STEP: Final = 100
MOST_DAYS: Final = 3650.0
MOST_THEMES: Final = 30
MOST_DIMENSIONS: Final = 100
MOST_PATHS: Final = 50
MOST_ENTRIES: Final = 100
LEVEL: Final = 2.0
LEAST_WEIGHT: Final = 1e-6
MOST_WEIGHT: Final = 1e6
HALF_DAYS: Final = 1000.0
_WEEK_IS_EMPTY: Final = "holds no half-day: give at least one above 0, or leave the key out"
_TRACK: Final = ("id", "name", "summary", "profile")
_TRACK_OPTIONAL: Final = ("week", "facts", "pros", "challenges", "next_steps")


@dataclass(slots=True)
class Known:
    """The ids of a pack, by kind, filled while its files are read."""

    themes: Ids = field(default_factory=lambda: Ids("theme"))
    dimensions: Ids = field(default_factory=lambda: Ids("dimension"))
    paths: Ids = field(default_factory=lambda: Ids("path"))
    tracks: Ids = field(default_factory=lambda: Ids("track"))
    questions: Ids = field(default_factory=lambda: Ids("question"))
    faq: Ids = field(default_factory=lambda: Ids("FAQ entry"))
    sources: Ids = field(default_factory=lambda: Ids("source"))


class Head(TypedDict):
    """What `paths.yaml` gives the pack."""

    id: str
    version: str
    title: str
    about: str
    lang: str
    themes: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    paths: tuple[CareerPath, ...]


def has_format(reader: Reader, node: Node) -> bool:
    """Whether a file may be read on: noted is a format other than 1; a missing one is noted with the keys."""
    if not isinstance(node, Mapping) or "format" not in node.entries:
        return True
    value = node.entries["format"][1]
    if isinstance(value, Scalar) and value.plain and value.text == FORMAT:
        return True
    reader.add(value, "format", "needs to be the number 1: other formats are not known here")
    return False


def item_place(key: str, index: int, node: Node) -> str:
    """Return the name of a list's entry for messages: by its id where it has one, else counted from 1."""
    if isinstance(node, Mapping) and "id" in node.entries:
        own = node.entries["id"][1]
        if isinstance(own, Scalar) and own.text:
            return f"{key}[{' '.join(own.text.split())[:NAME]}]"
    return f"{key}[{index}]"


def read_paths(reader: Reader, node: Node, known: Known) -> Head:
    """Read the whole file into its values, entering themes, dimensions, paths and tracks among the known ids."""
    keys = ("format", "id", "version", "title", "about", "themes", "dimensions", "paths")
    fields = Fields(reader, node, "", keys, ("lang",))
    themes = _themes(fields, known)
    found = fields.items("dimensions", "dimensions", 1, MOST_DIMENSIONS)
    dimensions = tuple(_dimension(reader, each, index, known) for index, each in enumerate(found, start=1))
    known.dimensions.complete = fields.is_whole("dimensions", 1, MOST_DIMENSIONS)
    found = fields.items("paths", "paths", 1, MOST_PATHS)
    paths = tuple(_path(reader, each, index, known) for index, each in enumerate(found, start=1))
    known.paths.complete = fields.is_whole("paths", 1, MOST_PATHS)
    return Head(
        id=fields.identifier("id"),
        version=fields.line("version", NAME),
        title=fields.line("title", TITLE),
        about=fields.text("about", ABOUT),
        lang=fields.language("lang", "en"),
        themes=themes,
        dimensions=dimensions,
        paths=paths,
    )


def _themes(fields: Fields, known: Known) -> tuple[str, ...]:
    for node in fields.items("themes", "themes", 1, MOST_THEMES):
        scalar = fields.reader.identifier(node, "themes")
        if scalar is not None:
            known.themes.define(scalar, "themes", fields.reader)
    known.themes.complete = fields.is_whole("themes", 1, MOST_THEMES)
    return tuple(known.themes.places)


def _dimension(reader: Reader, node: Node, index: int, known: Known) -> Dimension:
    fields = Fields(reader, node, item_place("dimensions", index, node), ("id", "name", "theme", "about"), ("weight",))
    return Dimension(
        id=fields.define(known.dimensions),
        name=fields.line("name", NAME),
        theme=fields.reference("theme", known.themes) or "",
        about=fields.text("about", SENTENCES),
        weight=fields.number("weight", LEAST_WEIGHT, MOST_WEIGHT, 1.0),
    )


def _path(reader: Reader, node: Node, index: int, known: Known) -> CareerPath:
    place = item_place("paths", index, node)
    fields = Fields(reader, node, place, _TRACK, (*_TRACK_OPTIONAL, "tracks"))
    own = fields.define(known.paths)
    values = _common(fields, known, {})
    for key in ("pros", "challenges"):
        if not values[key]:
            reader.add(fields.node, place, f"has no {key}: the result has nothing to say there", "warning")
    tracks = fields.items("tracks", "tracks", 0, MOST_PATHS)
    read = [
        _track(reader, each, f"{place}.tracks", index, known, values["profile"]) for index, each in enumerate(tracks, 1)
    ]
    _compare_tracks(fields, read)
    return CareerPath(id=own, **values, tracks=tuple(each for each, _ in read))


def _track(
    reader: Reader, node: Node, place: str, index: int, known: Known, profile: dict[str, float]
) -> tuple[Track, Fields]:
    fields = Fields(reader, node, item_place(place, index, node), _TRACK, _TRACK_OPTIONAL)
    own = fields.define(known.tracks)
    return Track(id=own, **_common(fields, known, profile)), fields


def _compare_tracks(path: Fields, tracks: list[tuple[Track, Fields]]) -> None:
    """Note tracks that no answer can tell apart."""
    seen: dict[frozenset[tuple[str, float]], Track] = {}
    for track, fields in tracks:
        profile = frozenset((name, level) for name, level in track.profile.items() if level)
        twin = seen.setdefault(profile, track)
        if twin is not track and profile:
            node = fields.value("profile")
            empty = isinstance(node, Mapping) and not node.entries
            message = f'comes to the same profile as the track "{twin.id}": no answer can tell them apart'
            path.reader.add(node, fields.place("profile"), message, "error" if empty else "warning")


def _common(fields: Fields, known: Known, above: dict[str, float]) -> dict[str, Any]:
    """Return what paths and tracks have alike; `above` is the profile of the path a track belongs to."""
    profile = {**above, **fields.levels("profile", -LEVEL, LEVEL, known.dimensions)}
    node = fields.value("profile")
    if isinstance(node, Mapping) and not any(profile.values()):
        fields.reader.add(node, fields.place("profile"), "is empty: give at least one level that is not 0")
    return {
        "name": fields.line("name", NAME),
        "summary": fields.text("summary", SENTENCES),
        "profile": profile,
        "week": _week(fields),
        "facts": _facts(fields, known),
        "pros": _statements(fields, "pros", known),
        "challenges": _statements(fields, "challenges", known),
        "next_steps": _next_steps(fields, known),
    }


def _week(fields: Fields) -> dict[str, float]:
    week = fields.amounts("week", 0.0, HALF_DAYS, NAME)
    node = fields.value("week")
    if isinstance(node, Mapping) and not any(week.values()):
        fields.reader.add(node, fields.place("week"), _WEEK_IS_EMPTY)
    return week


def _entries(fields: Fields, key: str, required: tuple[str, ...], optional: tuple[str, ...]) -> list[Fields]:
    place = fields.place(key)
    found = fields.items(key, "entries", 0, MOST_ENTRIES)
    return [
        Fields(fields.reader, each, f"{place}[{index}]", required, optional)
        for index, each in enumerate(found, start=1)
    ]


def _facts(fields: Fields, known: Known) -> tuple[Fact, ...]:
    return tuple(
        Fact(
            label=each.line("label", NAME),
            value=each.optional_line("value", VALUE),
            text=each.line("text", SENTENCES),
            sources=each.references("sources", known.sources, MOST_ENTRIES),
            checked=each.day("checked"),
        )
        for each in _entries(fields, "facts", ("label", "text"), ("value", "sources", "checked"))
    )


def _statements(fields: Fields, key: str, known: Known) -> tuple[Statement, ...]:
    return tuple(
        Statement(
            headline=each.optional_line("headline", HEADLINE),
            text=each.line("text", TEXT),
            more=each.optional_line("more", ABOUT),
            dimension=each.reference("dimension", known.dimensions),
            sources=each.references("sources", known.sources, MOST_ENTRIES),
            checked=each.day("checked"),
        )
        for each in _entries(fields, key, ("text",), ("headline", "more", "dimension", "sources", "checked"))
    )


def _next_steps(fields: Fields, known: Known) -> tuple[NextStep, ...]:
    return tuple(
        NextStep(
            text=each.line("text", STEP),
            more=each.optional_line("more", ABOUT),
            when=each.line("when", NAME),
            within=each.whole("within", 1.0, MOST_DAYS),
            sources=each.references("sources", known.sources, MOST_ENTRIES),
        )
        for each in _entries(fields, "next_steps", ("text", "when"), ("more", "within", "sources"))
    )
