"""A pack as the questionnaire of a survey tool, named so that `cohort` reads what comes back without a mapping."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Final, NamedTuple

from pathfinder.answers.interview import MOST_IMPORTANT
from pathfinder.cohort.names import (
    ASKED,
    LEAN,
    MATTERS_MOST,
    codes,
    inert_cell,
    members,
    variables,
)
from pathfinder.text import title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pathfinder.pack import Pack

LIKED: Final = "scale"
"""The name of the list of a scale's five steps in an XLSForm."""

_REDCAP: Final = (
    "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
    "Choices, Calculations, OR Slider Labels", "Field Note", "Text Validation Type OR Show Slider Number",
    "Text Validation Min", "Text Validation Max", "Identifier?", "Branching Logic (Show field only if...)",
    "Required Field?", "Custom Alignment", "Question Number (surveys only)", "Matrix Group Name", "Matrix Ranking?",
    "Field Annotation",
)  # fmt: skip
_LIMESURVEY: Final = (
    "id", "related_id", "class", "type/scale", "name", "relevance", "text", "help", "language", "validation", "mandatory",
    "encrypted", "other", "default", "same_default", "max_answers",
)  # fmt: skip


class Asked(NamedTuple):
    """One thing to ask: a question of the pack, or a mark beside them; `choices` are texts by ids."""

    name: str
    section: str
    text: str
    choices: Mapping[str, str]
    several: bool
    scale: bool


def asked(pack: Pack) -> Iterator[Asked]:
    """Yield everything a form asks, theme by theme, and then the marks."""
    for question in pack.in_order:
        choices = {each.id: each.text for each in question.options}
        yield Asked(
            question.id, title(question.theme), question.text, choices, several=False, scale=question.scale is not None
        )
    for mark, text in ASKED.items():
        yield Asked(mark, "At last", text, members(pack, mark), several=mark != LEAN, scale=False)


def redcap(pack: Pack) -> str:
    """Return a data dictionary for REDCap."""
    form = variables([pack.id])[pack.id]
    names = _names(pack)
    rows: list[Sequence[str]] = [_REDCAP, _row(_REDCAP, {0: "record_id", 1: form, 3: "text", 4: "Record ID"})]
    section = ""
    for each in asked(pack):
        choice_names = {name: name for name in each.choices} if each.scale else variables(each.choices)
        listed = " | ".join(
            f"{choice_names[name]}, {text.replace('|', '/')}" for name, text in _lined(each.choices).items()
        )
        cells = {
            0: names[each.name],
            1: form,
            2: each.section if each.section != section else "",
            3: "checkbox" if each.several else "radio",
            4: each.text,
            5: listed,
            17: f"@MAXCHECKED={MOST_IMPORTANT}" if each.name == MATTERS_MOST else "",
        }
        section = each.section
        rows.append(_row(_REDCAP, cells))
    return written(rows)


def limesurvey(pack: Pack) -> str:
    """Return a survey structure for LimeSurvey, separated by tabs; it is imported as a .txt file."""
    names = codes([each.id for each in pack.questions])
    rows: list[Sequence[str]] = [_LIMESURVEY]

    def add(**cells: str) -> None:
        rows.append([cells.get(each.replace("/", "_"), "") for each in _LIMESURVEY])

    add(**{"class": "S", "name": "language", "text": pack.lang})
    add(**{"class": "S", "name": "format", "text": "G"})
    add(**{"class": "SL", "name": "surveyls_title", "text": pack.title, "language": pack.lang})
    section, groups = "", 0
    for number, each in enumerate(asked(pack), start=1):
        if each.section != section:
            section, groups = each.section, groups + 1
            add(
                **{"id": str(groups), "class": "G", "type_scale": str(groups), "name": section, "relevance": "1"},
                language=pack.lang,
            )
        question = {"id": str(number), "language": pack.lang, "relevance": "1", "mandatory": "N", "other": "N"}
        add(
            **question,
            **{"class": "Q", "type_scale": "M" if each.several else "L"},
            name=names.get(each.name) or each.name.replace("_", ""),
            text=each.text,
            max_answers=str(MOST_IMPORTANT) if each.name == MATTERS_MOST else "",
        )
        inner = codes(each.choices) if each.several else {name: f"A{n}" for n, name in enumerate(each.choices, start=1)}
        for name, text in each.choices.items():
            add(
                **{"id": str(number), "class": "SQ" if each.several else "A", "type_scale": "0"},
                name=inner[name],
                text=text,
                language=pack.lang,
            )
    return written(rows, separator="\t")


def xlsform(pack: Pack) -> Mapping[str, Sequence[Sequence[str]]]:
    """Return the three sheets of an XLSForm, which Kobo, ODK and SurveyCTO take."""
    names = _names(pack)
    survey: list[Sequence[str]] = [("type", "name", "label", "required", "constraint", "constraint_message")]
    choices: list[Sequence[str]] = [("list_name", "name", "label")]
    lists: set[str] = set()
    section = ""
    groups = variables({f"part-{each.section}": None for each in asked(pack)})
    for each in asked(pack):
        if each.section != section:
            if section:
                survey.append(("end_group", "", "", "", "", ""))
            section = each.section
            survey.append(("begin_group", groups[f"part-{section}"], section, "", "", ""))
        listed = LIKED if each.scale else f"{names[each.name]}_list"
        inner = {name: name for name in each.choices} if each.scale else variables(each.choices)
        kind = "select_multiple" if each.several else "select_one"
        most = each.name == MATTERS_MOST
        survey.append((
            f"{kind} {listed}", names[each.name], each.text, "false",
            f"count-selected(.) <= {MOST_IMPORTANT}" if most else "", "Three at most." if most else "",
        ))  # fmt: skip
        if listed not in lists:
            lists.add(listed)
            choices += [(listed, inner[name], text) for name, text in each.choices.items()]
    survey.append(("end_group", "", "", "", "", ""))
    settings = [("form_title", "form_id", "version"), (pack.title, variables([pack.id])[pack.id], pack.version)]
    return {"survey": _cells(survey), "choices": _cells(choices), "settings": _cells(settings)}


def one_csv(sheets: Mapping[str, Sequence[Sequence[str]]]) -> str:
    """Return sheets one below the other, each behind its name, as pyxform reads them from one CSV file."""
    rows: list[Sequence[str]] = []
    for name, cells in sheets.items():
        rows.append([name])
        rows += [["", *row] for row in cells]
    return written(rows)


def written(rows: Iterable[Sequence[str]], separator: str = ",") -> str:
    """Return rows as CSV that no spreadsheet takes for formulas."""
    text = StringIO()
    csv.writer(text, delimiter=separator).writerows(_cells(rows))
    return text.getvalue()


def _cells(rows: Iterable[Sequence[str]]) -> list[list[str]]:
    return [[each if each.startswith("@MAXCHECKED") else inert_cell(each) for each in row] for row in rows]


def _row(heads: Sequence[str], cells: Mapping[int, str]) -> list[str]:
    return [cells.get(n, "") for n in range(len(heads))]


def _names(pack: Pack) -> dict[str, str]:
    return variables([each.id for each in pack.questions]) | {mark: mark for mark in ASKED}


def _lined(choices: Mapping[str, str]) -> dict[str, str]:
    return {name: " ".join(text.split()) for name, text in choices.items()}
