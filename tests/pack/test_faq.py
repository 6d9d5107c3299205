"""Finding FAQ entries by words."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from hostile import run
from pathfinder.pack import Faq, Pack, faq

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
    return [each.id for each in faq.search(ENTRIES, words)]


def test_a_word_in_the_question_beats_the_same_word_in_an_answer() -> None:
    """Where a word stands decides the order."""
    assert ids("switch") == ["switch"]
    assert [each.id for each in faq.search(ENTRIES[1:], "switch")] == ["loans"]


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


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("parttime", "part-time"),
        ("part time", "part-time"),
        ("part/time", "part-time"),
        ("work-life", "part-time"),
        ("worklife", "part-time"),
        ("md/phd", "phd"),
        ("mdphd", "phd"),
        ("M.D./Ph.D.", "phd"),
        ("P.S.L.F.", "phd"),
        ("r-01", "phd"),
    ],
)
def test_joined_and_split_spellings_are_the_same(words: str, found: str) -> None:
    """Hyphens, dots, slashes and spaces within a word do not matter, on either side."""
    entries = (
        Faq(id="part-time", question="May I work part-time?", answer="Yes.", keywords=("work life balance",)),
        Faq(id="phd", question="Do I need an MD-PhD?", answer="No.", keywords=("md phd", "pslf", "r01 success")),
        Faq(id="other", question="May I leave?", answer="Yes, at any time; life goes on.", keywords=("quit",)),
    )
    assert [each.id for each in faq.search(entries, words)][:1] == [found]


def test_an_unknown_word_finds_nothing_and_topics_are_offered() -> None:
    """Nothing is found for nonsense, nor where most words are unknown; topics of what is near can be named."""
    assert ids("xyzzyqqq") == []
    assert ids("best restaurants serving switch noodles") == []
    assert faq.nearest_topics(ENTRIES, "xyzzyqqq") == ("moving", "money", "work")
    assert faq.nearest_topics(ENTRIES, "xyzzy qqq jjj specialty") == ("money", "work")


def test_a_topic_is_no_text() -> None:
    """What a topic is called finds nothing: its entries would all be found, however little they fit."""
    assert ids("moving") == []


def test_short_words_are_never_corrected() -> None:
    """Four letters one edit apart are different words."""
    assert ids("pax") == []
    assert ids("tean") == []
    assert ids("specialy") == ["pay"]


def test_topics_stand_in_the_order_of_the_file() -> None:
    """Topics keep the author's order, and every entry stands under its first one."""
    assert faq.topics(ENTRIES) == ("moving", "money", "work")
    assert {topic: [each.id for each in group] for topic, group in faq.by_topic(ENTRIES).items()} == {
        "moving": ["switch"],
        "money": ["loans", "pay"],
    }


@pytest.mark.parametrize(("name", "fewest"), [("faq_searches", 96), ("faq_other_searches", 92)])
def test_people_find_the_answer_in_the_bundled_pack(bundled: Pack, name: str, fewest: int) -> None:
    """What people type leads to the right answer first, or to an honest nothing, as often as it did when this was measured."""
    data = Path(__file__).resolve().parents[1] / "data" / f"{name}.yaml"
    searches = {str(words): str(right).split(" | ") for words, right in yaml.safe_load(data.read_text("utf-8")).items()}
    first = {words: next((each.id for each in faq.search(bundled.faq, words)), "none") for words in searches}
    missed = [words for words, right in searches.items() if first[words] not in right]
    assert len(searches) - len(missed) >= fewest, missed


def test_more_words_than_anybody_asks_cost_no_more(bundled: Pack) -> None:
    """Ten thousand different words, and one of a hundred thousand letters, take as long as a question of fifty words."""
    begin = time.process_time()
    for words in (" ".join(f"word{each}" for each in range(10_000)), "x" * 100_000, "switch " * 20_000):
        faq.search(bundled.faq, words)
        faq.nearest_topics(bundled.faq, words)
    assert time.process_time() - begin < 2
    assert faq.search(ENTRIES, " ".join(["switch", *(f"word{each}" for each in range(10_000))])) == ()


def test_what_was_not_found_is_repeated_in_part() -> None:
    """A question longer than anybody reads is cut where nothing is found; one of spaces is refused."""
    told = run("faq", "xyzzy" * 20_000)
    assert (told.exit_code, len(told.stdout) < 2_000) == (1, True)
    assert run("faq", "  ").exit_code == 2
