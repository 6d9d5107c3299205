"""The first sheet of an Excel workbook as rows of text, by the standard library alone."""

from __future__ import annotations

import re
import zipfile
from typing import IO, TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from pathfinder.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
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
