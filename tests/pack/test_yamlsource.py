"""YAML as located values: what is read, what is refused, and that nothing takes long or raises."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pathfinder.files import FileRefusedError, read_bytes
from pathfinder.pack import yaml_file as yamlsource
from pathfinder.pack.nodes import Broken, Mapping, Node, Problem, Scalar, Sequence, as_number
from pathfinder.pack.yaml_file import PureParser, parse

if TYPE_CHECKING:
    from pathlib import Path

HANG = 20.0
"""Seconds that no refusal may take on any machine; they take hundredths."""


def _plain(node: Node | None) -> Any:
    if isinstance(node, Sequence):
        return [_plain(each) for each in node.items]
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, (_, value) in node.entries.items()}
    return node.text if isinstance(node, Scalar) else None


def _marks(node: Node | None) -> Any:
    if isinstance(node, Sequence):
        return node.line, node.column, [_marks(each) for each in node.items]
    if isinstance(node, Mapping):
        return (
            node.line,
            node.column,
            {key: (at.line, at.column, _marks(value)) for key, (at, value) in node.entries.items()},
        )
    if isinstance(node, Scalar):
        return node.line, node.column, node.text, node.plain
    return None if node is None else (node.line, node.column)


def _parse(text: str | bytes) -> tuple[Node | None, list[str]]:
    problems: list[Problem] = []
    node = parse(text if isinstance(text, bytes) else text.encode(), "f", problems)
    return node, [str(each) for each in problems]


@pytest.mark.parametrize(
    "text", ["no", "010", "12:30", "2024-01-01", "0x10", "1_000", "true", ".inf", "null", "~", "=", "1e3"]
)
def test_text_is_text(text: str) -> None:
    """What other readers take for a number, a date or a truth value is the text as written."""
    node, problems = _parse(f"a: {text}\n")
    assert _plain(node) == {"a": text}
    assert problems == []


def test_every_value_knows_its_place() -> None:
    """Keys and values of every kind carry the line and column where they begin, from 1."""
    node, problems = _parse("a: b\n\"c d\":\n  - e\n  - {f: ü, g: 'h'}\nempty:\n")
    assert problems == []
    assert _marks(node) == (
        1,
        1,
        {
            "a": (1, 1, (1, 4, "b", True)),
            "c d": (
                2,
                1,
                (
                    3,
                    3,
                    [(3, 5, "e", True), (4, 5, {"f": (4, 6, (4, 9, "ü", True)), "g": (4, 12, (4, 15, "h", False))})],
                ),
            ),
            "empty": (5, 1, (5, 1, "", True)),
        },
    )


def test_what_is_refused_does_not_stop_the_reading() -> None:
    """Anchors, aliases, tags, merge keys and repeated keys are each noted, and the rest is read on."""
    node, problems = _parse("a: &x 1\nb: *x\nc: !!str 2\n<<: {d: 3}\na: 4\ne: 5\n")
    assert _plain(node) == {"a": "1", "b": None, "c": "2", "e": "5"}
    assert problems == [
        "f:1:4: an anchor (&x) is not allowed: remove it, or put the text in quotes",
        "f:2:4: an alias (*x) is not allowed: write the value out, or put it in quotes",
        "f:3:4: a tag (!) is not allowed: remove it, or put the text in quotes",
        'f:4:1: a merge key ("<<") is not allowed: write the keys out',
        'f:5:1: the key "a" stands here a second time: the first is in line 1',
    ]


@pytest.mark.parametrize(
    ("text", "null"), [("~", True), ("null", True), ("", True), ('""', False), ("'null'", False), ("nil", False)]
)
def test_null(text: str, null: bool) -> None:  # noqa: FBT001
    """Nothing, `~` and `null` are null when they stand without quotes."""
    node, _ = _parse(f"- {text}\n")
    assert isinstance(node, Sequence)
    (item,) = node.items
    assert isinstance(item, Scalar)
    assert item.null is null


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1.0), ("-1", -1.0), ("+.5", 0.5), ("010", 10.0), ("1.", 1.0), ("2e-1", 0.2), ("-0", 0.0), ("1E5", 100000.0)],
)
def test_numbers(text: str, number: float) -> None:
    """Decimal whole numbers and floats of YAML 1.2 are numbers."""
    assert as_number(Scalar(text, 1, 1, plain=True)) == number


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x", 'needs a number, not "x"'),
        ("", "needs a number, and nothing is here"),
        ("~", "needs a number, and nothing is here"),
        ("0x10", 'needs a number, not "0x10": write it in decimal'),
        ("0o7", 'needs a number, not "0o7": write it in decimal'),
        ("1_000", 'needs a number, not "1_000": leave out the underscores'),
        ("1,5", 'needs a number, not "1,5": write a decimal point instead of the comma'),
        ("-.inf", 'needs a number, not "-.inf": only finite numbers serve'),
        (".NaN", 'needs a number, not ".NaN": only finite numbers serve'),
        ("nan", 'needs a number, not "nan": only finite numbers serve'),
        ("1e999", 'needs a number, and "1e999" is too large'),
        ("9" * 9000, f'needs a number, and "{"9" * 60}..." is too large'),
        ("--1", 'needs a number, not "--1"'),
        ("1e", 'needs a number, not "1e"'),
        (".", 'needs a number, not "."'),
        ("\u0661", 'needs a number, not "\u0661"'),
        ("true", 'needs a number, not "true"'),
    ],
)
def test_no_numbers(text: str, message: str) -> None:
    """Everything else says what is wanted instead."""
    with pytest.raises(ValueError, match=r"^needs a number") as caught:
        as_number(Scalar(text, 1, 1, plain=True))
    assert str(caught.value) == message


def test_a_number_in_quotes_is_text() -> None:
    """A quoted number is refused with the remedy, a quoted word without one."""
    with pytest.raises(ValueError, match=r'^needs a number, and "2" is text: remove the quotes$'):
        as_number(Scalar("2", 1, 1, plain=False))
    with pytest.raises(ValueError, match=r'^needs a number, and "two" is text$'):
        as_number(Scalar("two", 1, 1, plain=False))


def test_strings_are_cleaned() -> None:
    """Values and keys lose control, direction and invisible characters, and a warning says so."""
    problems: list[Problem] = []
    node = parse(b'"\\e[1mkey\\u202e": "a\\a\\u009bb\\tc\\nd"\n', "f", problems)
    assert _plain(node) == {"[1mkey": "ab\tc\nd"}
    assert [(each.severity, each.column) for each in problems] == [("warning", 1), ("warning", 19)]


def test_keys_that_look_alike_are_the_same_key() -> None:
    """Two keys that differ only by what cleaning takes away are one key twice."""
    _, problems = _parse('a: 1\n"a\\u200b": 2\n')
    assert problems[-1] == 'f:2:1: the key "a" stands here a second time: the first is in line 1'


def test_problems_sort_and_print() -> None:
    """A problem prints as file:line:column: where: message, and problems sort by file and place."""
    first, second = Problem("a", 2, 10, "w", "m"), Problem("a", 10, 1, "", "m", "warning")
    assert sorted([second, first]) == [first, second]
    assert [str(first), str(second)] == ["a:2:10: w: m", "a:10:1: m"]


DEEP = "[", "{", "- ", "? ", "[{", "{[", "!!x [", "&a [", "{a: ", "- - - "


@pytest.mark.parametrize("piece", DEEP)
def test_depth_is_bounded(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred thousand bytes of opening marks (which crash a composing loader), or five million, are refused at once."""
    for size in (100_000, 4_900_000):
        data = (piece * (size // len(piece))).encode()
        for parser in (yamlsource.PARSER, PureParser):
            with monkeypatch.context() as patch:
                patch.setattr(yamlsource, "PARSER", parser)
                begin = time.perf_counter()
                node, problems = _parse(data)
                assert time.perf_counter() - begin < HANG
            assert node is None
            assert problems


BOMBS = {
    "spaces": b" " * 4_999_999,
    "newlines": b"\n" * 4_999_999,
    "comments": b"#\n" * 2_000_000,
    "one text": b"x" * 4_999_999,
    "words": b"x " * 2_400_000,
    "quoted": b'"' + b"x\n" * 2_400_000 + b'"',
    "open quote": b'"' + b"x" * 4_000_000,
    "block": b"a: |\n" + b"  x\n" * 1_200_000,
    "percent": b"%" * 4_000_000,
    "directives": b"".join(b"%%TAG !a%d! tag:x\n" % i for i in range(200_000)) + b"---\na\n",
    "directives after a document": b"a\n...\n"
    + b"".join(b"%%TAG !a%d! tag:x\n" % i for i in range(200_000))
    + b"---\na\n",
    "directives behind": b"a: b\n" + b"".join(b"%%TAG !a%d! tag:x\n" % i for i in range(200_000)) + b"---\na\n",
    "version": b"%YAML 1." + b"1" * 4_000_000 + b"\n---\na\n",
    "documents": b"---\n" * 1_200_000,
    "values": b"[" + b"a," * 2_400_000 + b"]",
    "keys": b"".join(b"k%d: v\n" % i for i in range(400_000)),
    "same key": b"k: v\n" * 900_000,
    "aliases": b"[" + b"*a," * 1_600_000 + b"]",
    "anchor": b"&" + b"a" * 4_000_000 + b" x",
    "tabs": b"\t" * 4_000_000,
    "laughs": b"a: &a [x,x]\n"
    + b"".join(b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c]\n" % (i + 1, i + 1, *[i] * 6) for i in range(97, 121)),
    "merge": b"a: &a {x: 1}\n"
    + b"".join(b"%c: &%c {<<: [*%c,*%c,*%c,*%c]}\n" % (i + 1, i + 1, *[i] * 4) for i in range(97, 121)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_do_nothing(name: str) -> None:
    """Large and multiplying texts are read or refused soon."""
    begin = time.perf_counter()
    problems: list[Problem] = []
    parse(BOMBS[name], "f", problems)
    assert time.perf_counter() - begin < HANG
    assert len(problems) <= 1001


def test_nothing_is_empty() -> None:
    """A text without a value is refused."""
    for text in ("", "\n", "# x\n", "---\n...\n"):
        _, problems = _parse(text)
        assert [each.rpartition(": ")[2] for each in problems] in (["is empty"], []), text
    assert _parse("  \n# x\n") == (None, ["f:1:1: is empty"])


def test_large_files_are_refused_unread(tmp_path: Path) -> None:
    """A file above the limit is refused, one of exactly the limit is read."""
    file = tmp_path / "f.yaml"
    file.write_bytes(b" " * 5_000_001)
    with pytest.raises(FileRefusedError, match=r"^is larger than 5 MB$"):
        read_bytes(file)
    file.write_bytes(b" " * 5_000_000)
    assert len(read_bytes(file)) == 5_000_000


@pytest.mark.parametrize(
    "data", [b"a: b\r\nc: d\r\n", b"a: b\rc: d\r", b"\xef\xbb\xbfa: b\nc: d", b"---\na: b\nc: d\n...\n"]
)
def test_line_breaks_and_marks_do_not_matter(data: bytes) -> None:
    """Windows line breaks, a byte order mark and document marks change neither values nor places."""
    node, problems = _parse(data)
    assert (_plain(node), problems) == ({"a": "b", "c": "d"}, [])
    assert isinstance(node, Mapping)
    key, _ = node.entries["c"]
    assert (key.line - data.startswith(b"---"), key.column) == (2, 1)


def test_a_tab_counts_as_one_column() -> None:
    """A tab between things is a space; one in the indentation is refused."""
    node, problems = _parse("a:\tb # c\n\t\n# d\n\t# e\nf: [1,\t2]\n")
    assert (_plain(node), problems) == ({"a": "b", "f": ["1", "2"]}, [])
    assert _parse("a:\n\tb: c\n") == (None, ["f:2:1: a tab stands in the indentation: use spaces"])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: {b: c?, d: e}", {"a": {"b": "c?", "d": "e"}}),
        ("[a? , b?]", ["a?", "b?"]),
        ('a: "b?\n  c"', {"a": "b? c"}),
        ("a: 'it''s'", {"a": "it's"}),
        ("a: >-\n  b\n\n  c\n", {"a": "b\nc"}),
        ("a: |2\n    b\n", {"a": "  b\n"}),
        ("- a\n-\n- b", ["a", "", "b"]),
        ("a:\n- b\n-\n", {"a": ["b", ""]}),
    ],
)
@pytest.mark.parametrize("parser", ["C", "pure"])
def test_both_parsers_read_odd_texts_alike(text: str, value: Any, parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Question marks, folding and empty entries mean the same with and without libyaml."""
    if parser == "pure":
        monkeypatch.setattr(yamlsource, "PARSER", PureParser)
    node, problems = _parse(text)
    assert (_plain(node), problems) == (value, [])


@given(st.text(st.sampled_from("ab:-?#&*!|>'\"%@`[]{}, \n\t\\\x00\u202eé\U0001f600"), max_size=60))
def test_any_text_gives_values_or_problems(text: str) -> None:
    """No text raises, and None never comes back without a problem."""
    node, problems = _parse(text)
    assert problems or node is not None


@given(
    st.recursive(
        st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
        max_leaves=12,
    )
)
@settings(deadline=None)
def test_what_a_writer_wrote_is_read(value: Any) -> None:
    """Whatever PyYAML writes in quotes, without aliases, comes back as the cleaned texts."""
    from pathfinder.text import clean

    def cleaned(each: Any) -> Any:
        if isinstance(each, dict):
            return {clean(key): cleaned(inner) for key, inner in each.items()}
        return [cleaned(inner) for inner in each] if isinstance(each, list) else clean(each)

    def keys(each: Any) -> list[str]:
        inner = each.values() if isinstance(each, dict) else each if isinstance(each, list) else []
        return [*([clean(key) for key in each] if isinstance(each, dict) else []), *itertools.chain(*map(keys, inner))]

    if len(set(keys(value))) < len(keys(value)):
        return
    text = yaml.dump(value, default_style='"', Dumper=_NoAliases, allow_unicode=False, width=1000)
    node, problems = _parse(text.replace("!!null ", ""))
    assert not [each for each in problems if "left out" not in each]
    assert _plain(node) == cleaned(value)


class _NoAliases(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True


def test_broken_values_keep_their_place() -> None:
    """What stands for a refused value still has a line and a column."""
    node, _ = _parse("a:\n  - *x\n")
    assert isinstance(node, Mapping)
    (item,) = node.entries["a"][1].items  # type: ignore[union-attr]
    assert isinstance(item, Broken)
    assert (item.line, item.column) == (2, 5)
