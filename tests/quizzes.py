"""Small packs made by hand, for tests of the prompts."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pathfinder.pack import CareerPath, Dimension, Option, Pack, Question, Scale, Source, scale_options

TWELVE: Final = tuple(f"Answer number {number}" for number in range(1, 13))
LONG_OPTIONS: Final = (
    "A post in which the mornings belong to patients who come back for years, and the afternoons to the town",
    "An institute whose corridor smells of coffee and solvents, where one question may well take half a decade",
    "Incomprehensibilities-and-antidisestablishmentarianism-in-one-unbroken-word, followed by some plain words",
)
WIDE_OPTIONS: Final = (
    "我想每周花一天时间研究还没有人回答过的问题，然后把结果写下来。",  # noqa: RUF001 - its own comma
    "ありがとうございます。毎日、患者さんと話す時間がいちばん好きです。",
    "אני רוצה לטפל בחולים בכל יום ולחזור הביתה בזמן לארוחת הערב עם המשפחה",
    "أريد أن أعالج المرضى كل يوم وأن أعود إلى البيت في الوقت المناسب",
    "Cafe\u0301 na\u0131\u0308ve re\u0301sume\u0301 with combining marks and an emoji 🩺 at the end of it",
)
SOURCE: Final = Source(
    id="S1",
    title="A study of weeks",
    publisher="Journal of Weeks",
    year=2015,
    url="https://doi.org/10.1000/weeks.2015",
    kind="primary",
)


def scale(name: str, theme: str = "interests", text: str = "") -> Question:
    """Return an agree/disagree question that has a reason and a source."""
    return Question(
        id=name,
        theme=theme,
        text=text or f"Statement {name} is true of me.",
        options=scale_options(Scale(dimension="care", keyed="+")),
        scale=Scale(dimension="care", keyed="+"),
        why=f"Reason for {name}.",
        sources=("S1",),
    )


def choice(name: str, options: tuple[str, ...], theme: str = "interests", text: str = "") -> Question:
    """Return a question with these options, whose ids are "o1", "o2" and so on."""
    made = tuple(Option(id=f"o{place}", text=each, effects={"research": 1}) for place, each in enumerate(options, 1))
    return Question(id=name, theme=theme, text=text or f"Which one for {name}?", options=made)


def pack(*questions: Question) -> Pack:
    """Return a pack of these questions, with three themes, four dimensions and three paths."""
    names = {"care": "Patient care", "research": "Research", "pay": "Earning well", "calm": "A calm week"}
    themes = {"care": "interests", "research": "interests", "pay": "goals", "calm": "lifestyle"}
    return Pack(
        id="test",
        version="1",
        title="A test of weeks",
        about="",
        themes=("interests", "lifestyle", "goals"),
        dimensions=tuple(Dimension(id=d, name=name, theme=themes[d], about="") for d, name in names.items()),
        paths=tuple(
            CareerPath(id=p, name=f"{p.title()} path", summary="", profile={"care": 1}, week={})
            for p in ("academic", "clinical", "hybrid")
        ),
        questions=questions,
        sources=(SOURCE,),
    )


def named(name: str) -> Pack:
    """Return one of the packs that the pseudo-terminal tests run: three, nine, twelve, long, wide or bundled."""
    if name == "bundled":
        from pathfinder.pack import load_pack

        return load_pack(Path(__file__).parents[1] / "data")
    made = {
        "three": (scale("one"), scale("two", "lifestyle"), choice("three", ("Red", "Green", "Blue"), "goals")),
        "nine": tuple(scale(f"n{number}") for number in range(1, 10)),
        "twelve": (choice("many", TWELVE), scale("after")),
        "long": (choice("long", LONG_OPTIONS, text="What " + "would you really like " * 12 + "most?"), scale("after")),
        "wide": (choice("wide", WIDE_OPTIONS, text="日本語の質問です。どれが一番好きですか。"), scale("after")),
    }
    return pack(*made[name])
