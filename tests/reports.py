"""A small result made by hand for tests of the reports, plain or with every text of the pack replaced by attacks."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from itertools import cycle
from typing import TYPE_CHECKING, Any, Final

from pathfinder.answers.interview import AnswerSheet
from pathfinder.pack import (
    CareerPath,
    Dimension,
    Fact,
    NextStep,
    Option,
    Pack,
    Question,
    Scale,
    Source,
    Statement,
    Track,
    scale_options,
)
from pathfinder.result import evaluate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pathfinder.result import Result

DAY: Final = date(2026, 11, 22)

ATTACKS: Final = (
    "<script>window.pwned = 1</script>",
    '"><img src=x onerror="window.pwned = 1">',
    "'><svg onload='window.pwned = 1'><animate onbegin='window.pwned = 1'>",
    "</style></title></svg></textarea><script>window.pwned = 1</script>",
    "--><iframe src=javascript:window.pwned=1></iframe><!--",
    '"onmouseover="window.pwned=1" style="position:fixed',
    "{{ 7 * 7 }}{% raw %}{{ ''.__class__ }}{# #}",
    "&lt;script&gt;&#x3c;img src=x&#x3e;",
    "[press](javascript:alert(1)) ![x](https://evil.example/x.png) [x][1]",
    "<https://evil.example> https://evil.example www.evil.example me@evil.example",
    "[1]: https://evil.example",
    "# heading\n\n## another\n===\n---\n***",
    "> quoted | cell || cell",
    "1. one\n2) two\n- three\n+ four\n* five",
    "`code` ```fence``` ~~~ ~~struck~~ **bold** __bold__ _it_ \\",
    "    indented\n\n\tcode\n\n\n<div>\n\nblock\n</div>",
    "$math$ ^up^ :smile: [^note] <!-- gone -->",
    "\u202eesrever\u202c \u2066isolated\u2069 \u200e",
    "\x1b]52;c;cHduZWQ=\x07\x1b[31m\x9b2J\x00\x08",
    "seen\U000e0041\U000e0042 \ufeff\u200bhidden \ud800",
)

LINKS: Final = (
    "javascript:window.pwned=1",
    " javascript:window.pwned=1",
    "JaVaScRiPt://example.org/%0awindow.pwned=1",
    "data:text/html,<script>window.pwned=1</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example/x",
    'https://evil.example/" onclick="window.pwned=1',
    "https://evil.example/><script>window.pwned=1</script>",
    "https://evil.example/\n<b>",
    "https:evil.example",
    "https://[",
    "ftp://evil.example/",
    "https://ex\u0430mple.org/",
)

_TEXTS: Final = {
    *("title", "about", "name", "text", "summary", "label", "question", "answer", "why", "publisher", "when"),
    *("headline", "more", "value", "topic"),
}


def garden() -> Pack:
    """Return a pack with every part that a report shows."""
    questions = (
        _scale("mud", "work", "I like mud.", "soil", "+"),
        _scale("desk", "work", "I like a desk.", "soil", "-"),
        Question(
            id="day",
            theme="life",
            topic="The day",
            text="Which day?",
            options=(
                Option(id="early", text="An early one", effects={"soil": 0.5, "sleep": -1.0}),
                Option(id="late", text="A late one", effects={"sleep": 1.0}),
                Option(id="sea", text="One at sea", effects={"risk": 1.0}, rules_out=("office",)),
            ),
        ),
        _scale("storm", "life", "I like storms.", "risk", "+"),
        _scale("nap", "life", "I like naps.", "sleep", "+"),
    )
    return Pack(
        id="garden",
        version="2.0",
        title="Garden or not",
        about="For people who wonder.",
        themes=("work", "life"),
        dimensions=(
            Dimension(id="soil", name="Soil", theme="work", about="High: much."),
            Dimension(id="sleep", name="Sleep", theme="life", about="High: much."),
            Dimension(id="risk", name="Risk", theme="life", about="High: much."),
        ),
        paths=(
            _path("farm", "Farm", {"soil": 2.0, "sleep": -1.0}, {"field": 8.0, "desk": 2.0}),
            _path("office", "Office", {"soil": -2.0, "sleep": 1.0}, {"desk": 10.0}),
            _path("boat", "Boat", {"risk": 2.0}, {}),
        ),
        questions=questions,
        sources=(
            Source(
                id="S1", title="On soil", publisher="Spade", year=2001, url="https://example.org/soil", kind="primary"
            ),
            *(
                Source(id=f"T{each}", title=f"Tale {each}", url=f"https://example.org/{each}", kind="secondary")
                for each in range(len(LINKS))
            ),
            Source(id="S2", title="On sleep", url="https://example.org/?a=1&b=2", kind="secondary"),
        ),
        fingerprint="sha256:" + "0123456789abcdef" * 4,
    )


SHEET: Final = AnswerSheet(
    pack="garden",
    answers={"mud": "5", "desk": "2", "day": "early", "storm": "3", "nap": "2"},
    matters_most=("soil",),
    does_not_matter=("risk",),
    lean="boat",
)


def result(sheet: AnswerSheet = SHEET, pack: Pack | None = None) -> Result:
    """Return what a sheet says about the garden."""
    return evaluate(garden() if pack is None else pack, sheet)


def hostile() -> Pack:
    """Return the garden with every text replaced by an attack and every address by a link that must not work."""
    return _rewritten(ATTACKS, LINKS)


def harmless() -> Pack:
    """Return the garden rewritten in the same places with plain words: the shape a hostile report must have."""
    return _rewritten(("plain words",) * len(ATTACKS), ("no address",) * len(LINKS))


def _rewritten(texts: Sequence[str], links: Sequence[str]) -> Pack:
    # The numbers keep texts apart that group or name something.
    names = (f"{text} {number}" for number, text in enumerate(cycle(texts)))
    pack: Pack = _replaced(garden(), names, cycle(links))
    themes = {"work": f"{texts[0]} w", "life": f"{texts[11]} l"}
    activities = {"field": f"{texts[1]} f", "desk": f"{texts[8]} d"}
    return replace(
        pack,
        version=texts[3],
        fingerprint=texts[5],
        themes=tuple(themes.values()),
        dimensions=tuple(replace(each, theme=themes[each.theme]) for each in pack.dimensions),
        questions=tuple(replace(each, theme=themes[each.theme]) for each in pack.questions),
        paths=tuple(
            replace(each, week={activities[name]: amount for name, amount in each.week.items()}) for each in pack.paths
        ),
    )


def _replaced(value: Any, texts: Iterator[str], links: Iterator[str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_replaced(each, texts, links) for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes: dict[str, Any] = {}
    for each in fields(value):
        old = getattr(value, each.name)
        if each.name in _TEXTS and isinstance(old, str):
            changes[each.name] = next(texts)
        elif each.name == "url":
            changes[each.name] = next(links)
        elif each.name != "scale":
            changes[each.name] = _replaced(old, texts, links)
    return replace(value, **changes)


def _scale(name: str, theme: str, text: str, dimension: str, keyed: Any) -> Question:
    scale = Scale(dimension=dimension, keyed=keyed)
    return Question(id=name, theme=theme, text=text, options=scale_options(scale), scale=scale)


def _path(name: str, title: str, profile: dict[str, float], week: dict[str, float]) -> CareerPath:
    return CareerPath(
        id=name,
        name=title,
        summary=f"Life on the {name}.",
        profile=profile,
        week=week,
        facts=(Fact(label="Pay", value="Some", text=f"What the {name} pays.", sources=("S1", "S2")),)
        + ((Fact(label="Rain", text="Some.", sources=()),) if name == "farm" else ()),
        pros=(
            Statement(headline=f"A fine {name}", text="It is.", more="Really.", dimension="soil", sources=("S2",)),
            Statement(text="So it is."),
        ),
        challenges=(Statement(text=f"The {name} is hard.", dimension="sleep", sources=("S1",)),),
        next_steps=(
            NextStep(text=f"Visit a {name}.", when="now", sources=("S1",)),
            NextStep(text="Ask somebody.", when="now", sources=tuple(f"T{each}" for each in range(len(LINKS)))),
            NextStep(text="Try a week.", when="this year"),
        ),
        tracks=(
            Track(id="big", name=f"A big {name}", summary="Much.", profile={**profile, "risk": 1.0}, week={}),
            Track(id="small", name=f"A small {name}", summary="Little.", profile={**profile, "sleep": 1.0}, week={}),
        ),
    )
