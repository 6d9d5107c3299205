"""Takes out of a text what could steer a terminal or hide from a reader; done once, where text enters."""

from __future__ import annotations

from typing import Final


def _table() -> dict[int, str | None]:
    removed = [
        *range(0x20),  # C0, ESC among them
        *range(0x7F, 0xA0),  # DEL and C1: a terminal may take U+009B for ESC [
        0x061C,  # Arabic letter mark
        0x180E,  # Mongolian vowel separator, without width
        0x200B,  # zero-width space; U+200C and U+200D stay, scripts and emoji need them
        *range(0x200E, 0x2010),  # direction marks
        *range(0x202A, 0x202F),  # bidirectional embeddings and overrides
        *range(0x2060, 0x2070),  # word joiner, invisible operators, bidirectional isolates
        0xFEFF,  # byte order mark
        *range(0xFFF9, 0xFFFC),  # interlinear annotation
        *range(0xE0000, 0xE0080),  # tag characters
    ]
    table: dict[int, str | None] = dict.fromkeys(removed)
    table.update(dict.fromkeys((0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), " "))
    # Half a pair, from a file name that is not UTF-8, could not be printed at all.
    table.update(dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))
    del table[0x09], table[0x0A]
    return table


_TABLE: Final = _table()
_ONE_LINE: Final = {**_TABLE, 0x09: " ", 0x0A: " "}


def clean(text: str) -> str:
    """Return the text without control, direction and invisible characters; newlines and tabs stay.

    Other line separators become spaces, lone surrogates U+FFFD. Cleaning a clean text changes nothing.
    """
    return text if text.isprintable() else text.translate(_TABLE)


def one_line(text: str) -> str:
    """Return the text as `clean` does, with newlines and tabs as spaces: for names within a message."""
    return text if text.isprintable() else text.translate(_ONE_LINE)
