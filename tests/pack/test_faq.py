"""Finding FAQ entries by words."""

from __future__ import annotations

import time

import pytest

from hostile import run
from pathfinder.pack import Faq, Pack, faq
from pathfinder.spelling import similar

ENTRIES = (
    Faq(
        id="switch",
        question="Can I switch paths?",
        answer="Yes, in both directions.",
        keywords=("change",),
        topics=("moving",),
    ),
    Faq(id="loans", question="Are my loans forgiven?", answer="After ten years, switch or not.", topics=("money",)),
    Faq(id="pay", question="Who earns more?", answer="It depends on the specialty.", topics=("money", "work")),
)


def ids(words: str) -> list[str]:
    """Return the ids found for some words."""
    return [each.entry.id for each in faq.search(ENTRIES, words, similar)]


def test_a_word_in_the_question_beats_the_same_word_in_an_answer() -> None:
    """Where a word stands decides the order."""
    assert ids("switch") == ["switch"]
    assert [each.entry.id for each in faq.search(ENTRIES[1:], "switch", similar)] == ["loans"]


@pytest.mark.parametrize("words", ["loan", "LOANS", "Loans?", "loans'", "laons", "my loans"])
def test_plurals_case_punctuation_and_typos_do_not_matter(words: str) -> None:
    """However a word is written, its entry is found."""
    assert ids(words) == ["loans"]


def test_keywords_find_an_entry_whose_text_lacks_the_word() -> None:
    """Keywords are searched like the question itself."""
    assert ids("change") == ["switch"]


def test_an_id_finds_its_entry_alone() -> None:
    """An entry's id is the surest way to it."""
    assert ids("pay") == ["pay"]


def test_words_that_everybody_uses_find_nothing_by_themselves() -> None:
    """Stop words count only when there is no other word."""
    assert ids("what about the loans") == ["loans"]
    assert ids("can") == ["switch"]


def test_more_matching_words_come_first() -> None:
    """An entry that has both words goes before those that have one."""
    assert ids("switch loans")[0] == "loans"


def test_an_unknown_word_finds_nothing_and_the_nearest_question_is_offered() -> None:
    """Nothing is found for nonsense, but something near can be named."""
    assert ids("xyzzyqqq") == []
    assert [each.id for each in faq.nearest(ENTRIES, "forgiveness of loan", 1)] == ["loans"]


def test_short_words_are_never_corrected() -> None:
    """Three letters one edit apart are different words."""
    assert similar("pay", ["way", "pat"]) == []
    assert similar("spell", ["spill", "skull"]) == ["spill"]


def test_topics_stand_in_the_order_of_the_file() -> None:
    """Topics keep the author's order, and every entry stands under its first one."""
    assert faq.topics(ENTRIES) == ("moving", "money", "work")
    assert {topic: [each.id for each in group] for topic, group in faq.by_topic(ENTRIES).items()} == {
        "moving": ["switch"],
        "money": ["loans", "pay"],
    }


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("switch from practice to academia", "switch-paths"),
        ("phd", "phd-needed"),
        ("visa", "visa-and-path"),
        ("h1b", "visa-and-path"),
        ("student loans forgiveness", "loan-forgiveness"),
        ("step 1", "usmle-weight"),
        ("which path is best", "how-to-choose"),
        ("rural work and loans", "debt-and-path"),
        ("do you score my age", "what-it-is-not"),
        ("tenure", "tenure-and-promotion"),
        ("burnout", "burnout-and-fit"),
        ("burnuot", "burnout-and-fit"),
        ("part-time", "part-time"),
        ("salary", "pay-difference"),
        ("grants", "funding-odds"),
        ("step 1 score", "usmle-weight"),
        ("both", "hybrid-feasible"),
        ("private practice", "private-practice-today"),
        ("flexible schedule", "flexible-hours"),
        ("shadowing", "try-cheaply"),
        ("main differences", "main-differences"),
        ("what does the percentage mean", "reading-the-result"),
    ],
)
def test_people_find_the_answer_in_the_bundled_pack(bundled: Pack, words: str, expected: str) -> None:
    """Words that people type lead to the right answer among the first two, which are shown in full."""
    assert expected in [each.entry.id for each in faq.search(bundled.faq, words, similar)[:2]]


def test_more_words_than_anybody_asks_cost_no_more(bundled: Pack) -> None:
    """Ten thousand different words, and one of a hundred thousand letters, take as long as a question of fifty words."""
    begin = time.process_time()
    for words in (" ".join(f"word{each}" for each in range(10_000)), "x" * 100_000, "switch " * 20_000):
        faq.search(bundled.faq, words, similar)
        faq.nearest(bundled.faq, words)
    assert time.process_time() - begin < 2
    many = " ".join(["switch", *(f"word{each}" for each in range(10_000))])
    assert "switch" in [each.entry.id for each in faq.search(ENTRIES, many, similar)]


def test_what_was_not_found_is_repeated_in_part() -> None:
    """A question longer than anybody reads is cut where nothing is found; one of spaces is none at all."""
    told = run("faq", "xyzzy" * 20_000)
    assert (told.exit_code, len(told.stdout) < 2_000) == (1, True)
    assert run("faq", "  ").stdout == run("faq").stdout
