"""What is taken out of text where it enters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathfinder import text as clean_module
from pathfinder.text import clean, first_sentence, one_line, parts


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("plain", "plain"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]52;c;aGk=\x07", "]52;c;aGk="),
        ("\x9b31mC1 \x85 \x7f", "31mC1   "),
        ("a\rb\x0bc\u2028d\u2029e", "a b c d e"),
        ("\u202eoverride\u202c \u2066isolate\u2069 \u200emark\u200f\u061c", "override isolate mark"),
        ("\ufeffzero\u200bwidth\U000e0041\U000e007f\u2060\u2064", "zerowidth"),
        ("\U0001f468\u200d\U0001f469 \u0645\u06cc\u200c\u062e", "\U0001f468\u200d\U0001f469 \u0645\u06cc\u200c\u062e"),
        ("\u05d0\u05d1\u05d2 \u4e2d\u6587 e\u0301 \ufe0f", "\u05d0\u05d1\u05d2 \u4e2d\u6587 e\u0301 \ufe0f"),
        ("name-\udce4.yaml", "name-\ufffd.yaml"),
        ("", ""),
    ],
)
def test_clean(text: str, left: str) -> None:
    """Controls and invisible characters go, other line separators become spaces, scripts and emoji stay."""
    assert clean(text) == left


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Yes. And more.", "Yes."),
        ("It pays 3.5 times as much! Or so.", "It pays 3.5 times as much!"),
        ('They say "no." Then yes.', 'They say "no."'),
        ("(Or so?) Yes.", "(Or so?)"),
        ("No end", "No end"),
        ("No end\n\nA paragraph.", "No end"),
        ("", ""),
    ],
)
def test_first_sentence(text: str, first: str) -> None:
    """A sentence ends at its mark, with what closes behind it, or at the end of its line."""
    assert first_sentence(text) == first


def test_one_line() -> None:
    """In a name newlines and tabs are spaces too."""
    assert one_line("a\nb\tc\x1bd") == "a b cd"


def test_commas_of_input_methods_separate_too() -> None:
    """Whoever types Chinese, Japanese or Arabic need not change the keyboard for a list."""
    assert parts("1,2\uff0c3\u30014\u060c5") == ["1", "2", "3", "4", "5"]
    assert parts("") == [""]


@given(st.text(st.characters()))
def test_cleaning_once_is_enough(text: str) -> None:
    """A cleaned text is clean, can be encoded, and holds no control character but newline and tab."""
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert cleaned.encode().decode() == cleaned
    assert not any(unicodedata.category(each) == "Cc" for each in cleaned.replace("\n", "").replace("\t", ""))
    assert "\n" not in one_line(text)


def test_the_quick_look_misses_nothing() -> None:
    """Whatever is taken out is no printable character in this Python, or one of those that are looked for by name."""
    for code, left in clean_module._table(one_line=True).items():
        character = chr(code)
        if left != character:
            assert one_line(f"a{character}b") != f"a{character}b", hex(code)
