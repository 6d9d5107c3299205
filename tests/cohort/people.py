"""Random people, and what survey tools export about them.

The exports of REDCap, LimeSurvey and Kobo are made from the form that the pack gives for the tool, read as the tool reads
it; those of the others from the pack, whose texts somebody copied there.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from pathfinder.answers.interview import AnswerSheet
from pathfinder.cohort.forms import asked, limesurvey, redcap, xlsform
from pathfinder.cohort.names import ASKED, variables
from pathfinder.pack import SKIP, Pack, load_pack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

DATA = Path(__file__).resolve().parents[1] / "data"
MARKS = ("matters_most", "does_not_matter", "rule_out")


def people(pack: Pack, count: int, seed: int = 1, *, skips: bool = False) -> list[AnswerSheet]:
    """Return random sheets, with marks, refusals and questions left open."""
    random = Random(seed)  # noqa: S311
    sheets = []
    for _ in range(count):
        open_share = random.choice([0, 0, 0.1, 0.5])
        answers = {
            each.id: random.choice([each_option.id for each_option in each.options])
            for each in pack.questions
            if random.random() >= open_share
        }
        if skips:
            answers |= {each: SKIP for each in answers if random.random() < 0.1}
        dimensions = [each.id for each in pack.dimensions]
        random.shuffle(dimensions)
        paths = [each.id for each in pack.paths]
        sheets.append(
            AnswerSheet(
                pack=pack.id,
                answers=answers,
                matters_most=_in_order(dimensions[: random.randrange(4)], pack.dimensions),
                does_not_matter=_in_order(dimensions[3 : 3 + random.randrange(3)], pack.dimensions),
                rule_out=tuple(sorted(random.sample(paths, random.choice([0, 0, 0, 1])))),
                lean=random.choice([None, *paths]),
            )
        )
    return sheets


def workshop() -> Pack:
    """Return a small pack with awkward ids and texts."""
    return load_pack(DATA / "workshop")


def _in_order(ids: Sequence[str], all_of_them: Iterable[Any]) -> tuple[str, ...]:
    return tuple(each.id for each in all_of_them if each.id in ids)


def as_csv(rows: Iterable[Sequence[object]], separator: str = ",", *, quoted: bool = False) -> str:
    """Return rows as CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL).writerows(rows)
    return text.getvalue()


def chosen(sheet: AnswerSheet, name: str) -> tuple[str, ...]:
    """Return what a sheet says in a column: ids, none, one or several."""
    if name in MARKS:
        return tuple(getattr(sheet, name))
    given = sheet.lean if name == "lean" else sheet.answers.get(name)
    return () if given is None else (given,)


def redcap_raw(pack: Pack, sheets: Sequence[AnswerSheet]) -> str:
    """Return a raw export: codes, and a column of 1 or 0 for each box."""
    return _redcap(pack, sheets, labels=False)


def redcap_labels(pack: Pack, sheets: Sequence[AnswerSheet]) -> str:
    """Return an export of labels: texts in headers and cells, Checked or Unchecked for each box."""
    return _redcap(pack, sheets, labels=True)


def _redcap(pack: Pack, sheets: Sequence[AnswerSheet], *, labels: bool) -> str:
    fields = list(csv.DictReader(io.StringIO(redcap(pack))))[1:]
    names = {made: each for each, made in variables([q.id for q in pack.questions]).items()} | {m: m for m in ASKED}
    columns: list[tuple[str, Callable[[AnswerSheet], object]]] = []
    for field in fields:
        variable, label = field["Variable / Field Name"], field["Field Label"]
        listed = field["Choices, Calculations, OR Slider Labels"].split(" | ")
        choices = [tuple(each.split(", ", 1)) for each in listed]
        name = names[variable]
        ids = list(next(each.choices for each in asked(pack) if each.name == name))
        if field["Field Type"] == "checkbox":
            for place, (code, text) in enumerate(choices):
                header = f"{label} (choice={text})" if labels else f"{variable}___{code}"
                yes, no = ("Checked", "Unchecked") if labels else ("1", "0")
                columns.append((header, _box(name, ids[place], yes, no)))
        else:
            shown = {each: text if labels else code for each, (code, text) in zip(ids, choices, strict=True)}
            columns.append((label if labels else variable, _one(name, shown)))
    rows = [
        [n, *(cell(sheet) for _, cell in columns), "Complete" if labels else 2] for n, sheet in enumerate(sheets, 1)
    ]
    head = ["Record ID" if labels else "record_id", *(header for header, _ in columns)]
    return as_csv([[*head, "Complete?" if labels else f"{variables([pack.id])[pack.id]}_complete"], *rows])


def _box(name: str, member: str, yes: str, no: str) -> Callable[[AnswerSheet], object]:
    return lambda sheet: yes if member in chosen(sheet, name) else no


def _one(name: str, shown: Mapping[str, str], otherwise: str = "") -> Callable[[AnswerSheet], object]:
    return lambda sheet: next((shown[each] for each in chosen(sheet, name)), otherwise)


def limesurvey_codes(pack: Pack, sheets: Sequence[AnswerSheet]) -> str:
    """Return an export with question codes and answer codes; boxes are Y or empty."""
    return _limesurvey(pack, sheets, full=False)


def limesurvey_full(pack: Pack, sheets: Sequence[AnswerSheet]) -> str:
    """Return an export with full texts; boxes are Yes or No."""
    return _limesurvey(pack, sheets, full=True)


def _limesurvey(pack: Pack, sheets: Sequence[AnswerSheet], *, full: bool) -> str:
    rows = list(csv.DictReader(io.StringIO(limesurvey(pack)), delimiter="\t"))
    parts = iter(asked(pack))
    columns: list[tuple[str, Callable[[AnswerSheet], object]]] = []
    for n, row in enumerate(rows):
        if row["class"] != "Q":
            continue
        part = next(parts)
        inner = []
        for below in rows[n + 1 :]:
            if below["class"] not in {"A", "SQ"}:
                break
            inner.append(below)
        assert len(row["name"]) <= 20
        assert row["name"].isalnum()
        if row["type/scale"] == "M":
            for member, below in zip(part.choices, inner, strict=True):
                header = f"{row['text']} [{below['text']}]" if full else f"{row['name']}[{below['name']}]"
                columns.append((header, _box(part.name, member, *(("Yes", "No") if full else ("Y", "")))))
        else:
            key = "text" if full else "name"
            shown = {member: below[key] for member, below in zip(part.choices, inner, strict=True)}
            columns.append((row["text"] if full else row["name"], _one(part.name, shown)))
    head = ["Response ID", "Date submitted"] if full else ["id", "submitdate"]
    made = [[n, "2026-11-20 10:00:00", *(cell(each) for _, cell in columns)] for n, each in enumerate(sheets, 1)]
    return "\ufeff" + as_csv([[*head, *(header for header, _ in columns)], *made], quoted=True)


def kobo_names(pack: Pack, sheets: Sequence[AnswerSheet]) -> str:
    """Return Kobo's export of XML values, with group names in the headers and a column more for each box."""
    return _kobo(pack, sheets, labels=False)


def kobo_labels(pack: Pack, sheets: Sequence[AnswerSheet]) -> str:
    """Return Kobo's export of labels."""
    return _kobo(pack, sheets, labels=True)


def _kobo(pack: Pack, sheets: Sequence[AnswerSheet], *, labels: bool) -> str:
    form = xlsform(pack)
    parts = iter(asked(pack))
    columns: list[tuple[str, Callable[[AnswerSheet], object]]] = []
    group = ""
    for kind, name, label, *_ in form["survey"][1:]:
        if kind == "begin_group":
            group = name
        if not kind.startswith("select"):
            continue
        part = next(parts)
        inner = [row for row in form["choices"] if row[0] == kind.split()[1]]
        shown = {member: row[2 if labels else 1] for member, row in zip(part.choices, inner, strict=True)}
        header = label if labels else f"{group}/{name}"
        if part.several:
            columns.append((header, _joined(part.name, shown)))
            columns += [(f"{header}/{shown[each]}", _box(part.name, each, "1", "0")) for each in shown]
        else:
            columns.append((header, _one(part.name, shown)))
    made = [
        ["2026-11-20T10:00:00", *(cell(each) for _, cell in columns), n, f"uuid-{n}", n]
        for n, each in enumerate(sheets, 1)
    ]
    return as_csv([["start", *(header for header, _ in columns), "_id", "_uuid", "_index"], *made], ";", quoted=True)


def _joined(name: str, shown: Mapping[str, str], sign: str = " ") -> Callable[[AnswerSheet], object]:
    return lambda sheet: sign.join(shown[each] for each in chosen(sheet, name))


def google_forms(pack: Pack, sheets: Sequence[AnswerSheet]) -> str:
    """Return responses of Google Forms: texts, a linear scale as its number, several choices with commas."""
    rows = [["Timestamp", *(each.text for each in asked(pack))]]
    for sheet in sheets:
        cells = ["11/20/2026 10:00:00"]
        for each in asked(pack):
            given = chosen(sheet, each.name)
            cells.append(", ".join(part if each.scale else each.choices[part] for part in given))
        rows.append(cells)
    return as_csv(rows)


def qualtrics_numeric(pack: Pack, sheets: Sequence[AnswerSheet]) -> str:
    """Return an export of numeric values, under three rows of headers."""
    return _qualtrics(pack, sheets, numeric=True)


def qualtrics_text(pack: Pack, sheets: Sequence[AnswerSheet]) -> str:
    """Return an export of choice text, under three rows of headers."""
    return _qualtrics(pack, sheets, numeric=False)


def _qualtrics(pack: Pack, sheets: Sequence[AnswerSheet], *, numeric: bool) -> str:
    parts = list(asked(pack))
    heads = [
        ["StartDate", "ResponseId", *(f"Q{n}" for n, _ in enumerate(parts, 1))],
        ["Start Date", "Response ID", *(each.text for each in parts)],
        [
            json.dumps({"ImportId": each})
            for each in ("startDate", "_recordId", *(f"QID{n}" for n, _ in enumerate(parts)))
        ],
    ]
    rows = []
    for n, sheet in enumerate(sheets):
        cells = ["2026-11-20 10:00:00", f"R_{n}"]
        for each in parts:
            places = {member: str(place) for place, member in enumerate(each.choices, 1)}
            cells.append(",".join((places if numeric else each.choices)[part] for part in chosen(sheet, each.name)))
        rows.append(cells)
    return as_csv([*heads, *rows])


def formr(pack: Pack, sheets: Sequence[AnswerSheet]) -> str:
    """Return formr's results: item names, numbers of choices, several of them with commas."""
    names = variables([each.id for each in pack.questions])
    parts = list(asked(pack))
    rows: list[list[Any]] = [
        ["session", "created", "modified", "ended", "expired", *(names.get(p.name, p.name) for p in parts)]
    ]
    for n, sheet in enumerate(sheets):
        cells: list[Any] = [f"s{n}", "2026-11-20 10:00:00", "2026-11-20 10:09:00", "2026-11-20 10:10:00", ""]
        for each in parts:
            places = {member: str(place) for place, member in enumerate(each.choices, 1)}
            cells.append(", ".join(places[part] for part in chosen(sheet, each.name)))
        rows.append(cells)
    return as_csv(rows)


TOOLS: Mapping[str, Callable[[Pack, Sequence[AnswerSheet]], str]] = {
    each.__name__: each
    for each in (
        redcap_raw, redcap_labels, limesurvey_codes, limesurvey_full, kobo_names, kobo_labels, google_forms,
        qualtrics_numeric, qualtrics_text, formr,
    )
}  # fmt: skip


def plain_csv(pack: Pack, sheets: Sequence[AnswerSheet]) -> str:
    """Return answers by ids, as nobody's tool but a person or a program writes them."""
    names = [each.id for each in pack.questions]
    rows = [[*names, *MARKS, "lean"]]
    rows += [[";".join(chosen(sheet, name)) for name in (*names, *MARKS, "lean")] for sheet in sheets]
    return as_csv(rows)
