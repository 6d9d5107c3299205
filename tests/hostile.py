"""Texts that try to be more than text, packs full of them, and what no output may hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import yaml
from typer.testing import CliRunner

from example_packs import PACKS
from pathfinder.cli import app

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from typer.testing import Result

ATTACKS: Final = {
    "CSI": "\x1b[2J\x1b[31mred",
    "C1 CSI": "\x9b31mred",
    "OSC 0": "\x1b]0;owned\x1b\\",
    "OSC 8": "\x1b]8;;https://evil.example\x07press\x1b]8;;\x07",
    "OSC 52": "\x1b]52;c;aGk=\x07",
    "DCS": "\x1bPq\x90q\x9c",
    "bidi": "\u202eabc\u202c \u2066x\u2069 \u200ey\u200f\u061c",
    "NUL": "a\x00b",
    "tags": "seen\U000e0041\U000e0042\U000e007f",
    "no width": "\u200ba\ufeffb\u2060",
    "hidden": "a\u00adb\u034fc\u115f\u3164\uffa0d\u17b4e\u180bf\ufe00g\ufffch",
    "smuggled": "seen\U000e0100\U000e01ef\U000e0080",
    "no character": "a\ufdd0b\uffffc\U0010ffffd",
    "strings": "\x1b_G\x1b\\\x1b^x\x1b\\\x1bXy\x1b\\",
    "joiner": "Dorf\u200d",
    "CR": "good\rbad",
    "breaks": "a\x85b\u2028c\u2029d\x0be\x0cf",
    "backspace": "ab\x08\x08cd\x7f",
    "Rich": "[red]x[/red] [/x] [link=https://evil.example]y[/link] [bold :smile:",
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)>&lt;b&gt;",
    "template": "{{ 7*7 }}{% raw %}${HOME} %s {0} %(x)n",
    "Markdown": "[press](javascript:alert(1)) ![x](https://evil.example/x.png) `code` | cell",
    "workflow": "::error file=x::pwned",
    "old workflow": "x ##[add-mask]pwned",
    "shell": "a b'; touch pwned; $(touch pwned) `touch pwned` \u2019; touch pwned; \u2019",
}
ALL: Final = " ".join(ATTACKS.values())
LONG: Final = "lengthy-" * 1240

CONTROLS: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\uffa0\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\ufff0-\ufffc\ufffe\uffff\ud800-\udfff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U0010fffe\U0010ffff]"
)
"""What may stand in no output: controls, directions, things without width; newlines and tabs may."""

_COLOUR: Final = re.compile("\x1b\\[([0-9;]*)m")
_TEXTS: Final = {
    "title", "about", "name", "summary", "label", "value", "headline", "text", "more", "when", "why", "topic", "question",
    "answer", "publisher",
}  # fmt: skip
_HIGHEST: Final = {2: "x", 4: "u", 8: "U"}

SHEET: Final = "format: 1\npack: where-to-live\nanswers: {night: 2, neighbours: some, purse: 4}\nlean: city\n"
FEW: Final = "format: 1\npack: where-to-live\nanswers: {night: 2}\n"
"""After which a question is asked for by its topic."""


def raw(text: str) -> list[str]:
    """Return what stands in a text and may not, Rich's colours apart."""
    return CONTROLS.findall(_COLOUR.sub("", text))


def colours(text: str) -> set[str]:
    """Return the colours and weights that a text switches on."""
    return set(_COLOUR.findall(text))


def squeezed(text: str) -> str:
    """Return a text without colours and white space, so that line breaks do not matter."""
    return "".join(_COLOUR.sub("", text).split())


def run(*arguments: str, **environment: str) -> Result:
    """Run the program in this process; raises what it lets escape."""
    result = CliRunner().invoke(app, list(arguments), env=environment, prog_name="pathfinder")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def written(value: Any) -> str:
    """Return a value as YAML in which everything but plain ASCII is an escape."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(key)}: {written(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return '"' + "".join(map(_escaped, value)) + '"' if isinstance(value, str) else str(value)


def rich_pack() -> dict[str, Any]:
    """Return the files of the example pack that has everything, as values by their names."""
    folder = PACKS / "good" / "rich"
    return {each.name: yaml.safe_load(each.read_bytes()) for each in sorted(folder.iterdir())}


def write_pack(folder: Path, files: Mapping[str, Any]) -> Path:
    """Write the files of a pack and return its folder."""
    folder.mkdir()
    for name, value in files.items():
        (folder / name).write_text(written(value), encoding="utf-8")
    return folder


def attacked(text: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the rich pack with a mark and the text in every place that holds text, and the places by their marks."""
    places: dict[str, str] = {}

    def mark(place: str) -> str:
        found = next((each for each, name in places.items() if name == place), None)
        return found or (places.setdefault(f"qz{len(places):02}qz", place) and list(places)[-1])

    def rewritten(value: Any, place: str) -> Any:
        if isinstance(value, dict):
            return {key: rewritten(each, f"{place}.{key}") for key, each in value.items()}
        if isinstance(value, list):
            return [rewritten(each, place) for each in value]
        if place.rpartition(".")[2] in _TEXTS or place.endswith(".keywords"):
            return f"{mark(place)} {text}"
        return value

    return {name: rewritten(value, name.removesuffix(".yaml")) for name, value in rich_pack().items()}, places


def strings(value: Any) -> Iterator[str]:
    """Yield every text in a JSON value, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def _escaped(character: str) -> str:
    if " " <= character <= "~" and character not in '"\\':
        return character
    digits = next(each for each in _HIGHEST if ord(character) < 16**each)
    return f"\\{_HIGHEST[digits]}{ord(character):0{digits}x}"
