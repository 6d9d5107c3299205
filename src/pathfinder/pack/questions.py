"""`questions.yaml`: every question with its scale or its options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, cast

from pathfinder.pack.fields import Fields
from pathfinder.pack.ids import Ids
from pathfinder.pack.model import SKIP, Option, Question, Scale, scale_options
from pathfinder.pack.nodes import Scalar, shown
from pathfinder.pack.paths import LEAST_WEIGHT, MOST_ENTRIES, MOST_PATHS, MOST_WEIGHT, SENTENCES, VALUE, item_place

if TYPE_CHECKING:
    from pathfinder.pack.nodes import Node
    from pathfinder.pack.paths import Known
    from pathfinder.pack.reader import Reader

QUESTION: Final = 300
OPTION: Final = 200
MOST_QUESTIONS: Final = 500
FEWEST_OPTIONS: Final = 2
MOST_OPTIONS: Final = 30
MOST_TOUCHED: Final = 8
"""Dimensions that the options of one question may speak of."""
EFFECT: Final = 1.0


def read_questions(reader: Reader, node: Node, known: Known) -> tuple[Question, ...]:
    """Read the whole file; themes, dimensions, paths and sources are known by now."""
    fields = Fields(reader, node, "", ("format", "questions"))
    found = fields.items("questions", "questions", 1, MOST_QUESTIONS)
    return tuple(_question(reader, each, index, known) for index, each in enumerate(found, start=1))


def _question(reader: Reader, node: Node, index: int, known: Known) -> Question:
    place = item_place("questions", index, node)
    optional = ("topic", "why", "sources", "scale", "options", "weight")
    fields = Fields(reader, node, place, ("id", "theme", "text"), optional)
    if node is fields.node and ("scale" in fields) == ("options" in fields):
        given = "both scale and options: one of them" if "scale" in fields else 'neither "scale" nor "options": one'
        reader.add(fields.node, place, f"has {given} is needed")
    scale = _scale(fields, known) if "scale" in fields else None
    return Question(
        id=fields.define(known.questions),
        theme=fields.reference("theme", known.themes) or "",
        text=fields.line("text", QUESTION),
        topic=fields.optional_line("topic", VALUE),
        options=_options(fields, known) if scale is None else scale_options(scale),
        why=fields.optional_line("why", SENTENCES),
        sources=fields.references("sources", known.sources, MOST_ENTRIES),
        scale=scale,
        weight=fields.number("weight", LEAST_WEIGHT, MOST_WEIGHT, 1.0),
    )


def _scale(question: Fields, known: Known) -> Scale | None:
    node = question.value("scale")
    if node is None:
        return None
    fields = Fields(question.reader, node, question.place("scale"), ("dimension", "keyed"))
    keyed = fields.value("keyed")
    if keyed is not None:
        scalar = question.reader.scalar(keyed, fields.place("keyed"))
        if scalar is not None and scalar.text not in ("+", "-"):
            question.reader.add(scalar, fields.place("keyed"), f'needs "+" or "-", not {shown(scalar.text)}')
    sign = keyed.text if isinstance(keyed, Scalar) and keyed.text in ("+", "-") else "+"
    return Scale(dimension=fields.reference("dimension", known.dimensions) or "", keyed=cast("Literal['+', '-']", sign))


def _options(question: Fields, known: Known) -> tuple[Option, ...]:
    found = question.items("options", "options", FEWEST_OPTIONS, MOST_OPTIONS)
    own = Ids("option")
    place = question.place("options")
    options = tuple(
        _option(question.reader, each, item_place(place, index, each), own, known)
        for index, each in enumerate(found, start=1)
    )
    if len(options) >= FEWEST_OPTIONS and not any(any(each.effects.values()) for each in options):
        question.reader.add(question.value("options"), place, "have no effect at all: no answer would change anything")
    touched = {name for each in options for name, by in each.effects.items() if by}
    if len(touched) > MOST_TOUCHED:
        message = f"speak of {len(touched)} dimensions: one question has {MOST_TOUCHED} at most"
        question.reader.add(question.value("options"), place, message)
    return options


def _option(reader: Reader, node: Node, place: str, own: Ids, known: Known) -> Option:
    fields = Fields(reader, node, place, ("id", "text", "effects"), ("rules_out",))
    option = Option(
        id=fields.define(own),
        text=fields.line("text", OPTION),
        effects=fields.levels("effects", -EFFECT, EFFECT, known.dimensions),
        rules_out=fields.references("rules_out", known.paths, MOST_PATHS),
    )
    if option.id.lower() == SKIP:
        reader.add(
            fields.value("id"), fields.place("id"), f'cannot be "{SKIP}": this is what leaving a question out is called'
        )
    if known.paths.places and len(option.rules_out) == len(known.paths.places):
        reader.add(fields.value("rules_out"), fields.place("rules_out"), "excludes every path", "warning")
    return option
