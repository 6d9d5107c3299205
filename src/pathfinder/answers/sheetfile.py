"""An answer sheet as a file, in YAML or JSON: read, checked against its pack, written in one step."""

from __future__ import annotations

import json
import os
import re
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pathfinder.answers.interview import MOST_IMPORTANT, STEPS, AnswerSheet, sheet_to_data
from pathfinder.errors import SheetError
from pathfinder.files import NOT_OURS, STREAM, FileRefusedError, is_free, read_bytes, reason, write_private
from pathfinder.pack import SKIP
from pathfinder.pack.fields import Fields
from pathfinder.pack.ids import Ids
from pathfinder.pack.nodes import Broken, Mapping, Problem, Scalar, Sequence, TooManyError, as_number_or_none, shown
from pathfinder.pack.paths import has_format
from pathfinder.pack.reader import Reader
from pathfinder.pack.yaml_file import parse
from pathfinder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathfinder.pack import Pack, Question
    from pathfinder.pack.nodes import Node

LARGEST_SHEET: Final = 1_000_000
_WHOLE_STEPS: Final = tuple(map(float, STEPS))
"""Spreadsheets write 4.0 for 4."""
_SHOWN_OPTIONS: Final = 8
_TAKEN_FOR_OTHERS: Final = ("y", "n", "yes", "no", "on", "off", "true", "false", "null")
_REQUIRED: Final = ("format", "pack", "answers")
SUFFIXES: Final = (".yaml", ".yml", ".json")
_OPTIONAL: Final = ("matters_most", "does_not_matter", "rule_out", "lean", "$schema")


def read_sheet(path: Path, pack: Pack) -> AnswerSheet:
    """Return the sheet in a YAML or JSON file; raises SheetError naming the first problem, where, and how many more."""
    name = "standard input" if path == STREAM else one_line(str(path))
    problems: list[Problem] = []
    try:
        data = _from_stream() if path == STREAM else read_bytes(path, limit=LARGEST_SHEET)
    except FileRefusedError as error:
        hint = "; - reads what is piped in" if "pipe" in str(error) else ""
        raise SheetError(f"{name} {error}{hint}") from None
    node = _parse(data, name, problems)
    sheet = None if node is None else sheet_from_node(node, pack, name, problems)
    errors = sorted(each for each in problems if each.severity == "error")
    if sheet is None or errors:
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise SheetError(f"{errors[0]}{more}")
    return sheet


def _from_stream() -> bytes:
    """Return what standard input holds; raises FileRefusedError when a person sits there or it is too much."""
    if sys.stdin.isatty():
        raise FileRefusedError("is a terminal, not a file")
    try:
        data = sys.stdin.buffer.read(LARGEST_SHEET + 1)
    except OSError as error:
        raise FileRefusedError(f"cannot be read: {reason(error)}") from None
    if len(data) > LARGEST_SHEET:
        raise FileRefusedError(f"is larger than {LARGEST_SHEET / 1_000_000:g} MB")
    return data


def sheet_from_node(node: Node, pack: Pack, name: str, problems: list[Problem]) -> AnswerSheet | None:
    """Return the sheet that a file's value is, noting every problem; None when it fits this pack in no way."""
    reader = Reader(name, problems)
    try:
        if not _is_for(reader, node, pack):
            return None
        _refuse_nothing(reader, node)
        fields = Fields(reader, node, "", _REQUIRED, _OPTIONAL)
        dimensions, paths = _ids("dimension", pack.dimension_by_id), _ids("path", pack.path_by_id)
        matters = fields.references("matters_most", dimensions, MOST_IMPORTANT, repeats="error")
        matters_not = fields.references("does_not_matter", dimensions, len(pack.dimensions), repeats="error")
        _refuse_both(fields, matters)
        return AnswerSheet(
            pack=pack.id,
            answers=_answers(fields, pack),
            matters_most=matters,
            does_not_matter=matters_not,
            rule_out=fields.references("rule_out", paths, len(pack.paths), repeats="error"),
            lean=fields.reference("lean", paths),
        )
    except TooManyError:
        return None


def write_sheet(path: Path, sheet: AnswerSheet, pack: Pack) -> None:
    """Write the sheet, answers in the pack's order, in one step and for its owner only.

    JSON when the name ends in .json, else YAML; YAML to standard output. A symbolic link stays, and what it points to
    is replaced. Raises SheetError, too, when something stands there that is no answer sheet as this program writes it.
    """
    data = sheet_to_data(sheet)
    order = {each.id: place for place, each in enumerate(pack.in_order)}
    data["answers"] = dict(sorted(data["answers"].items(), key=lambda item: order.get(item[0], len(order))))
    text = _written(data, path.name)
    if path == STREAM:
        sys.stdout.write(text)
        return
    try:
        target = Path(os.path.realpath(path))
        if target.is_symlink() or (path.exists() and not path.is_file()):
            raise SheetError(f"{one_line(str(path))} cannot be written: it is not a file")
        if not is_free(target, partial(_is_ours, path.name)):
            raise SheetError(f"{one_line(str(path))} {NOT_OURS}")
        write_private(target, text.encode())
    except (OSError, ValueError) as error:
        raise SheetError(f"{one_line(str(path))} cannot be written: {reason(error)}") from error


def _is_ours(name: str, data: bytes) -> bool:
    """Whether a file is an answer sheet, for whatever pack, byte by byte as it is written here."""
    node = _parse(data, name, [])
    if not isinstance(node, Mapping) or not node.entries.keys() >= {*_REQUIRED}:
        return False
    return _written(_values(node), name).encode() == data


def _values(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {name: _values(value) for name, (_, value) in node.entries.items()}
    if isinstance(node, Sequence):
        return [_values(each) for each in node.items]
    text = node.text if isinstance(node, Scalar) else ""
    return int(text) if isinstance(node, Scalar) and node.plain and re.fullmatch("[0-9]{1,9}", text) else text


def _parse(data: bytes, name: str, problems: list[Problem]) -> Node | None:
    is_json = name.lower().endswith(".json")
    if not is_json and data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        found: list[Problem] = []
        node = parse(data, name, found, json=True)
        if node is not None:
            problems += found
            return node
    return parse(data, name, problems, json=is_json)


def _refuse_nothing(reader: Reader, node: Node) -> None:
    """Note the keys that other programs write with null where nothing was said, once each."""
    entries = node.entries if isinstance(node, Mapping) else {}
    for key in _OPTIONAL:
        value = entries[key][1] if key in entries else None
        if isinstance(value, Scalar) and value.null:
            reader.add(value, key, "is empty: leave the line out")
            entries[key] = entries[key][0], Broken(value.line, value.column)


def _is_for(reader: Reader, node: Node, pack: Pack) -> bool:
    if not has_format(reader, node):
        return False
    entry = node.entries.get("pack") if isinstance(node, Mapping) else None
    scalar = None if entry is None else reader.scalar(entry[1], "pack")
    if scalar is not None and scalar.text != pack.id:
        reader.add(scalar, "pack", f'the sheet is for the pack {shown(scalar.text)}, and this is "{pack.id}"')
        return False
    return True


def _ids(kind: str, known: Iterable[str]) -> Ids:
    ids = Ids(kind)
    ids.places = {each: Scalar(each, 1, 1, plain=False) for each in known}
    ids.complete = True
    return ids


def _refuse_both(fields: Fields, matters: tuple[str, ...]) -> None:
    node = fields.value("does_not_matter")
    for each in node.items if isinstance(node, Sequence) else ():
        if isinstance(each, Scalar) and each.text in matters:
            message = f"{shown(each.text)} stands in matters_most too: it can be in one of them"
            fields.reader.add(each, "does_not_matter", message)


def _answers(fields: Fields, pack: Pack) -> dict[str, str]:
    node = fields.value("answers")
    mapping = None if node is None else fields.reader.mapping(node, "answers")
    answers = {}
    for name, (at, value) in mapping.entries.items() if mapping is not None else ():
        question = pack.question_by_id.get(name)
        if question is None:
            if fields.reader.has_lookalike(at, "answers"):
                continue
            hint = fields.reader.guesses.near(name, pack.question_by_id)
            fields.reader.add(at, "answers", f"there is no question {shown(name)}{hint}")
        else:
            answers[name] = _answer(fields.reader, value, question)
    return answers


def _answer(reader: Reader, node: Node, question: Question) -> str:
    if isinstance(node, Scalar) and node.null:
        reader.add(node, f"answers.{question.id}", f"is empty: leave the line out, or write {SKIP}")
        return SKIP
    scalar = reader.scalar(node, f"answers.{question.id}")
    if scalar is None:
        return SKIP
    text = scalar.text.strip()
    if question.scale is not None and (number := as_number_or_none(text)) in _WHOLE_STEPS:
        text = str(int(number))
    options = [each.id for each in question.options]
    if text == SKIP or text in options:
        return text
    if question.scale is not None:
        wanted, hint = "a number from 1 to 5", ""
    elif len(options) <= _SHOWN_OPTIONS:
        wanted, hint = f"one of {', '.join(options)}", reader.guesses.near(text, options)
    else:
        wanted, hint = f"one of its {len(options)} options", reader.guesses.near(text, options)
    reader.add(scalar, f"answers.{question.id}", f"needs {wanted}, or {SKIP}, not {shown(text)}{hint}")
    return SKIP


def _written(data: dict[str, Any], name: str) -> str:
    if name.lower().endswith(".json"):
        return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    return _as_yaml(data)


def _as_yaml(data: dict[str, Any]) -> str:
    lines = []
    for key, value in data.items():
        if isinstance(value, dict):
            lines.append(f"{key}:" if value else f"{key}: {{}}")
            lines += [f"  {_word(name)}: {_word(each)}" for name, each in value.items()]
        elif isinstance(value, list):
            lines.append(f"{key}: [{', '.join(map(_word, value))}]")
        else:
            lines.append(f"{key}: {_word(value)}")
    return "\n".join(lines) + "\n"


def _word(value: str | int) -> str:
    """Return an id as it stands in YAML, in quotes where any reader could take it for something else."""
    if isinstance(value, int):
        return str(value)
    return value if value[:1].isalpha() and value.lower() not in _TAKEN_FOR_OTHERS else f'"{value}"'
