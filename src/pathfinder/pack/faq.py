"""Finds FAQ entries by words, topic or id: plain word matching, with room for plurals and a speller for typos."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pathfinder.pack.model import Faq

    Speller = Callable[[str, Iterable[str]], Sequence[str]]

_FIELD_WEIGHTS: Final = (("keywords", 3.0), ("question", 3.0), ("topics", 2.0), ("id", 2.0), ("answer", 1.0))
_PREFIX_QUALITY: Final = 0.7
_SPELLED_QUALITY: Final = 0.6
_PREFIX_FROM: Final = 4
_MOST_LETTERS: Final = 1_000
_MOST_WORDS: Final = 50
"""Each word is compared with all others of the pack."""
_SHARE_OF_BEST: Final = 0.4
"""Entries scoring under this share of the best one are left out."""

_STOPWORDS: Final = frozenset(
    [
        "a",
        "about",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "get",
        "had",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "me",
        "my",
        "of",
        "on",
        "or",
        "should",
        "so",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "they",
        "this",
        "to",
        "was",
        "we",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)


@dataclass(frozen=True, slots=True)
class Found:
    """An entry and how well it fits the words asked for (> 0, comparable within one search only)."""

    entry: Faq
    score: float


def search(entries: Sequence[Faq], words: str, speller: Speller) -> tuple[Found, ...]:
    """Return the entries that fit the words, best first; empty when no word is found anywhere.

    `speller(word, vocabulary)` returns the words of the vocabulary that `word` may be a misspelling of;
    it is asked only about words that occur nowhere.
    """
    exact = [Found(each, float("inf")) for each in entries if each.id.lower() == words.strip().lower()]
    if exact:
        return tuple(exact)
    index = [_fields(each) for each in entries]
    spread = Counter(word for fields in index for word in fields)
    scores = [0.0] * len(index)
    for asked in _asked(words):
        forms = _forms(asked, spread, speller)
        holders = sum(1 for fields in index if any(form in fields for form in forms))
        for place, fields in enumerate(index):
            best = max((quality * fields.get(form, 0.0) for form, quality in forms.items()), default=0.0)
            scores[place] += best * log(1 + len(index) / max(1, holders))
    ranked = sorted(range(len(index)), key=lambda place: -scores[place])
    floor = _SHARE_OF_BEST * max(scores, default=0.0)
    return tuple(Found(entries[p], scores[p]) for p in ranked if scores[p] > 0 and scores[p] >= floor)


def nearest(entries: Sequence[Faq], words: str, count: int = 3) -> tuple[Faq, ...]:
    """Return the entries whose questions and keywords look most like the words, letter by letter."""
    wanted = _trigrams(words[:_MOST_LETTERS])

    def likeness(entry: Faq) -> float:
        own = _trigrams(" ".join((entry.question, *entry.keywords)))
        return len(wanted & own) / len(wanted | own) if wanted | own else 0.0

    return tuple(sorted(entries, key=likeness, reverse=True)[:count])


def topics(entries: Iterable[Faq]) -> tuple[str, ...]:
    """Return all topics in the order in which the entries name them first."""
    return tuple(dict.fromkeys(topic for each in entries for topic in each.topics))


def by_topic(entries: Iterable[Faq]) -> dict[str, list[Faq]]:
    """Return the entries under the first topic that each one names; "" holds those without any."""
    grouped: dict[str, list[Faq]] = {}
    for each in entries:
        grouped.setdefault(each.topics[0] if each.topics else "", []).append(each)
    return grouped


def _words(text: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return [_stem(word) for word in re.findall(r"\w+", re.sub(r"['\u2019](?:s\b)?", "", plain))]


def _stem(word: str) -> str:
    # Only plurals: a stemmer that does more finds "university" under "universal".
    if len(word) > 4 and word.endswith("ies"):  # noqa: PLR2004
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):  # noqa: PLR2004
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):  # noqa: PLR2004
        return word[:-1]
    return word


def _asked(words: str) -> list[str]:
    asked = list(dict.fromkeys(_words(words[:_MOST_LETTERS])))[:_MOST_WORDS]
    return [word for word in asked if word not in _STOPWORDS] or asked


def _fields(entry: Faq) -> dict[str, float]:
    weights: dict[str, float] = {}
    for name, weight in _FIELD_WEIGHTS:
        value = getattr(entry, name)
        for word in _words(value if isinstance(value, str) else " ".join(value)):
            weights[word] = max(weight, weights.get(word, 0.0))
    return weights


def _forms(asked: str, vocabulary: Iterable[str], speller: Speller) -> dict[str, float]:
    forms = {}
    if len(asked) >= _PREFIX_FROM:
        forms = {word: _PREFIX_QUALITY for word in vocabulary if word.startswith(asked)}
    if asked in vocabulary:
        forms[asked] = 1.0
    return forms or dict.fromkeys(speller(asked, vocabulary), _SPELLED_QUALITY)


def _trigrams(text: str) -> set[str]:
    padded = f"  {' '.join(_words(text))} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}
