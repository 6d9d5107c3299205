"""Finds FAQ entries by words, topic or id, with SQLite's full-text index: word stems, rare words first, and a way past typos."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, Final

from pathfinder.errors import PackError
from pathfinder.text import near

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pathfinder.pack.model import Faq

_ASKED: Final = 3.0
"""How much a word in the question or the keywords counts; in the answer it counts 1."""
_SHARE_OF_BEST: Final = 0.5
"""Entries scoring under this share of the best one are left out."""
_SHARE_OF_WORDS: Final = 0.35
_ENOUGH_WORDS: Final = 2.0
"""An entry has to hold this share of the words, or so many of them; one in the answer alone is half a word."""
_ALTERNATIVE: Final = 0.7
"""How much a word counts that was found only as the beginning of another one, or as a typo of it."""
_COMPOUND: Final = re.compile(r"[^\W_]+(?:[-./]+[^\W_]+)*")
_HELD_TOGETHER: Final = re.compile(r"\b[^\W_]+(?:[-./]+[^\W_]+)+")
_WORD: Final = re.compile(r"[^\W_]+")
_APOSTROPHE: Final = re.compile("['\u2019](?:s\\b)?")
_MOST_LETTERS: Final = 1_000
_MOST_WORDS: Final = 30
_LONG: Final = 5
_EDITS: Final = 2
_PAIR: Final = 0.5
_SHORTEST_IN_PAIR: Final = 3
_LEAST_RARITY: Final = 0.1
_ALIKE: Final = 0.8

_OF_EVERY_QUESTION: Final = """
a about after all also always am an and any anything are as at be because been being but by can cannot cant
could did do does doing done dont for from get gets getting go goes going good had has have having how i if im
in into is isnt it its just know like long look make makes many me mean means more most much must my need
needs never no not nothing of off on one only or our out over really should so some something such than that
thats the their them then there these they thing things this those to too use very want wants was way we well
were what whats when where which who whom whose why will with without would yes you your
"""
_WITHOUT_WEIGHT: Final = frozenset(_OF_EVERY_QUESTION.split())
"""They count only when there is no other word."""


def search(entries: Sequence[Faq], words: str) -> tuple[Faq, ...]:
    """Return the entries that fit the words, best first; empty when none does, or only by words that say little."""
    exact = tuple(entry for entry in entries if entry.id.lower() == words.strip().lower())
    if exact:
        return exact
    with closing(_Index(entries)) as index:
        scores, held = index.scores(words)
    floor = _SHARE_OF_BEST * max(scores.values(), default=0.0)
    needed = min(_SHARE_OF_WORDS * len(_asked(words)), _ENOUGH_WORDS)
    fitting = [at for at, score in scores.items() if score >= floor and held[at] >= needed]
    return tuple(entries[at] for at in sorted(fitting, key=lambda at: (-scores[at], at)))


def topics(entries: Iterable[Faq]) -> tuple[str, ...]:
    """Return all topics in the order in which the entries name them first."""
    return tuple(dict.fromkeys(topic for entry in entries for topic in entry.topics))


def nearest_topics(entries: Sequence[Faq], words: str) -> tuple[str, ...]:
    """Return the topics of entries that have something of the words, for when none fits; all topics when none has."""
    with closing(_Index(entries)) as index:
        scores, _ = index.scores(words)
    ranked = sorted(scores, key=lambda at: (-scores[at], at))
    return topics(entries[at] for at in ranked[:3]) or topics(entries)


def by_topic(entries: Iterable[Faq]) -> dict[str, list[Faq]]:
    """Return the entries under the first topic that each one names; "" holds those without any."""
    grouped: dict[str, list[Faq]] = {}
    for entry in entries:
        grouped.setdefault(entry.topics[0] if entry.topics else "", []).append(entry)
    return grouped


class _Index:
    """The entries in a full-text index: what is asked (question and keywords) and what is answered."""

    def __init__(self, entries: Sequence[Faq]) -> None:
        self._entries = entries
        self._base = sqlite3.connect(":memory:")
        try:
            self._base.execute(
                "CREATE VIRTUAL TABLE faq USING fts5(asked, answer, tokenize='porter unicode61 remove_diacritics 2', detail=column)"
            )
        except sqlite3.OperationalError as error:
            self.close()
            raise PackError(f"this Python's SQLite cannot search texts ({error})") from error
        rows = ((at, _asked_text(entry), _answer_text(entry)) for at, entry in enumerate(entries))
        self._base.executemany("INSERT INTO faq(rowid, asked, answer) VALUES (?, ?, ?)", rows)

    def close(self) -> None:
        """Give the memory back."""
        self._base.close()

    def scores(self, words: str) -> tuple[dict[int, float], dict[int, float]]:
        """Return by entry how well it fits, and how many of the words it holds."""
        scores: dict[int, float] = {}
        held: dict[int, float] = {}
        found = [self._holders(each) for each in _asked(words)]
        found += [self._matching(f'"{each}"', _PAIR) for each in dict.fromkeys(_pairs(words))]
        for holders in found:
            rarity = max(_LEAST_RARITY, log((len(self._entries) - len(holders) + 0.5) / (len(holders) + 0.5)))
            for at, (weight, share) in holders.items():
                scores[at] = scores.get(at, 0.0) + weight * rarity
                held[at] = held.get(at, 0.0) + share
        return scores, held

    def _holders(self, word: str) -> dict[int, tuple[float, float]]:
        """Return by entry how much a word counts there, and as what share of a word."""
        joined = _joined(word)
        found = self._matching(f'"{joined}"', 1.0)
        if joined != word and not found:
            return self._matching(" AND ".join(f'"{each}"' for each in _WORD.findall(word)), 1.0)
        if found or len(word) < _LONG:
            return found
        found = self._matching(f'"{word}"*', _ALTERNATIVE)
        if found:
            return found
        texts = (f"{_asked_text(entry)} {entry.answer}" for entry in self._entries)
        known = {each for text in texts for each in _WORD.findall(text.lower()) if each[0] == word[0]}
        meant = near(word, [each for each in known if abs(len(each) - len(word)) <= _EDITS], _ALIKE)
        return self._matching(f'"{meant}"', _ALTERNATIVE) if meant else {}

    def _matching(self, query: str, quality: float) -> dict[int, tuple[float, float]]:
        found = {}
        for column, weight, share in (("answer", 1.0, 0.5), ("asked", _ASKED, 1.0)):
            for (at,) in self._base.execute("SELECT rowid FROM faq WHERE faq MATCH ?", (f"{column} : ({query})",)):
                found[at] = quality * weight, share
        return found


def _compounds(text: str) -> list[str]:
    """Return the words of a text in small letters; a hyphen, a dot or a slash holds some together."""
    return _COMPOUND.findall(_APOSTROPHE.sub("", text.lower()))


def _joined(compound: str) -> str:
    return "".join(_WORD.findall(compound))


def _asked_text(entry: Faq) -> str:
    """Return question, keywords and id with every two neighbours joined as well: "burn out" is "burnout"."""
    found = []
    for text in (entry.question, *entry.keywords, entry.id):
        compounds = _compounds(text)
        words = _WORD.findall(" ".join(compounds))
        found += [*words, *map(_joined, compounds), *map("".join, pairwise(words))]
    return " ".join(found)


def _answer_text(entry: Faq) -> str:
    return " ".join((entry.answer, *map(_joined, _HELD_TOGETHER.findall(entry.answer))))


def _asked(words: str) -> list[str]:
    """Return the words that tell something, compounds as they are."""
    found = _compounds(words[:_MOST_LETTERS])[:_MOST_WORDS]
    return list(dict.fromkeys([each for each in found if each not in _WITHOUT_WEIGHT] or found))


def _pairs(words: str) -> list[str]:
    """Return every two neighbours joined, when one of them tells something."""
    single = _WORD.findall(" ".join(_compounds(words[:_MOST_LETTERS])[:_MOST_WORDS]))
    return [
        first + second
        for first, second in pairwise(single)
        if not _WITHOUT_WEIGHT.issuperset((first, second)) and min(len(first), len(second)) >= _SHORTEST_IN_PAIR
    ]
