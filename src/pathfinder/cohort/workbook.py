"""Excel workbooks by the standard library alone: the first sheet as rows of text, and sheets of text as a workbook."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import IO, TYPE_CHECKING, Final
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from pathfinder.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element

MOST_TEXT: Final = 200_000_000
"""Unpacked bytes of one part of a workbook; a larger table is better off as CSV."""

MOST_COLUMNS: Final = 16_384
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def workbook_rows(file: IO[bytes], name: str) -> Iterator[Sequence[str]]:
    """Yield the rows of the first sheet; raises UsageError of one line when there is none or it cannot be read."""
    try:
        with zipfile.ZipFile(file) as archive:
            shared = _shared(archive)
            with _part(archive, _first_sheet(archive)) as sheet:
                yield from _rows(sheet, shared)
    except (
        zipfile.BadZipFile,
        zlib.error,
        ET.ParseError,
        KeyError,
        ValueError,
        IndexError,
        EOFError,
        NotImplementedError,
    ) as error:
        why = str(error) if isinstance(error, _TooMuchError) else "it is damaged, or no workbook"
        raise UsageError(f"{name} cannot be read as an Excel workbook: {why}; save it as CSV") from None
    except RuntimeError:
        raise UsageError(f"{name} cannot be read: it is protected by a password; save it as CSV") from None


class _TooMuchError(ValueError):
    pass


def _part(archive: zipfile.ZipFile, path: str) -> IO[bytes]:
    if archive.getinfo(path).file_size > MOST_TEXT:
        raise _TooMuchError(f"it unpacks to more than {MOST_TEXT // 1_000_000} MB")
    start = archive.open(path).read(1000)
    # No spreadsheet has a document type; with one, a few bytes could ask for gigabytes.
    if b"<!DOCTYPE" in start.upper() or b"\x00" in start:
        raise ValueError(path)
    return archive.open(path)


def _first_sheet(archive: zipfile.ZipFile) -> str:
    with _part(archive, "xl/workbook.xml") as part:
        sheets = ET.parse(part).getroot().find(f"{_MAIN}sheets")  # noqa: S314 - document types were refused above
    if sheets is None:
        raise ValueError
    wanted = sheets[0].attrib[_RELATION]
    with _part(archive, "xl/_rels/workbook.xml.rels") as part:
        for each in ET.parse(part).getroot():  # noqa: S314
            if each.get("Id") == wanted:
                target = each.attrib["Target"]
                return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise ValueError(wanted)


def _shared(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    texts = []
    with _part(archive, "xl/sharedStrings.xml") as part:
        for _, element in ET.iterparse(part):  # noqa: S314
            if element.tag == f"{_MAIN}si":
                texts.append(_text(element))
                element.clear()
    return texts


def _rows(sheet: IO[bytes], shared: Sequence[str]) -> Iterator[Sequence[str]]:
    width, data = 0, None
    for event, element in ET.iterparse(sheet, ("start", "end")):  # noqa: S314
        if event == "start":
            data = element if element.tag == f"{_MAIN}sheetData" else data
        elif element.tag == f"{_MAIN}row":
            cells: list[str] = []
            for cell in element.iter(f"{_MAIN}c"):
                at = _column(cell.attrib["r"]) if "r" in cell.attrib else len(cells)
                if not len(cells) <= at <= MOST_COLUMNS:
                    raise ValueError(cell.get("r"))
                cells += [""] * (at - len(cells)) + [_value(cell, shared)]
            # Excel leaves empty cells at a row's end out.
            width = width or len(cells)
            yield cells + [""] * (width - len(cells))
            if data is not None:
                data.clear()


def _value(cell: Element, shared: Sequence[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(f"{_MAIN}is")
        return "" if inline is None else _text(inline)
    value = cell.find(f"{_MAIN}v")
    text = "" if value is None else value.text or ""
    return shared[int(text)] if kind == "s" and text else text


def _text(element: Element) -> str:
    # Without the readings that stand above Japanese text.
    runs = [each for each in element if each.tag in {f"{_MAIN}t", f"{_MAIN}r"}]
    return "".join(part.text or "" for run in runs for part in run.iter(f"{_MAIN}t"))


def _column(reference: str) -> int:
    found = re.match(r"([A-Z]{1,3})\d+$", reference)
    if found is None:
        raise ValueError(reference)
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SCHEMAS: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """Return a workbook of sheets by name whose cells are all text; the same bytes for the same sheets."""
    names = list(sheets)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_SCHEMAS}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
            for n, _ in enumerate(names, start=1)
        )
        + "</Types>",
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN[1:-1]}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(names, start=1))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{n}.xml") for n, _ in enumerate(names, start=1)]
        ),
    }
    for n, rows in enumerate(sheets.values(), start=1):
        parts[f"xl/worksheets/sheet{n}.xml"] = _sheet(rows)
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts.items():
            # A fixed day, so that nothing depends on the clock.
            archive.writestr(zipfile.ZipInfo(path, (2000, 1, 1, 0, 0, 0)), _XML + text)
    return made.getvalue()


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_SCHEMAS}/relationships">{listed}</Relationships>'


def _sheet(rows: Sequence[Sequence[str]]) -> str:
    lines = [
        "<row>" + "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>' for cell in row)
        + "</row>"
        for row in rows
    ]  # fmt: skip
    return f'<worksheet xmlns="{_MAIN[1:-1]}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
