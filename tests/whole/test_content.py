"""The bundled pack as an adviser and a sceptic would read it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from pathfinder import pack as packfile
from pathfinder.answers.sheetfile import read_sheet
from pathfinder.result import Result, evaluate

if TYPE_CHECKING:
    from pathfinder.pack import CareerPath, Fact, NextStep, Pack, Statement, Track

HERE = Path(__file__).resolve().parents[1]
CLAIMS = yaml.safe_load((HERE / "claims.yaml").read_text(encoding="utf-8"))["claims"]
PORTRAITS = yaml.safe_load((HERE / "portraits" / "expected.yaml").read_text(encoding="utf-8"))["portraits"]
FEWEST, MOST = 6, 8
PORTRAITS_IN_ALL, PATHS_AS_EXPECTED, TRACKS_AS_EXPECTED = 22, 20, 18
# What a director, a court, an agency or a market moves, and so has to say when it was last looked up: the names of laws, programs
# and payers, and amounts of money.
MOVES = re.compile(r"\b(PSLF|loans?|visas?|J-1|H-1B|NIH|NHSC|Medicare|[Nn]on-competes?|tax)\b|\$\d")


def whole(entry: Statement | Fact | NextStep) -> str:
    """Return all that an entry says: its headline or value, its text and what can be read on demand."""
    parts = (getattr(entry, name, None) for name in ("headline", "value", "text", "more"))
    return " ".join(" ".join(part.split()) for part in parts if part)


def text_at(pack: Pack, place: str) -> str:
    """Return the text at a place such as paths.academic.pros.0, faq.part-time or about; that of an entry is its whole."""
    first, *rest = place.split(".")
    if first == "faq":
        return next(each.answer for each in pack.faq if each.id == rest[0])
    if first == "about":
        return pack.about
    node: Track = pack.path_by_id[rest[0]]
    rest = rest[1:]
    if rest[0] == "tracks":
        node = next(each for each in pack.path_by_id[place.split(".")[1]].tracks if each.id == rest[1])
        rest = rest[2:]
    if rest[0] == "summary":
        return node.summary
    return whole(getattr(node, rest[0])[int(rest[1])])


def test_every_claim_of_the_article_has_a_place() -> None:
    """C1 to C29 and FAQ1 to FAQ5 are all carried somewhere."""
    assert list(CLAIMS) == [*(f"C{n}" for n in range(1, 30)), *(f"FAQ{n}" for n in range(1, 6))]
    assert all(CLAIMS.values())


@pytest.mark.parametrize(
    ("claim", "entry"), [(claim, entry) for claim, entries in CLAIMS.items() for entry in entries], ids=str
)
def test_the_place_of_a_claim_still_carries_it(bundled: Pack, claim: str, entry: dict[str, str]) -> None:
    """A text that carries a claim begins as it did when somebody read it against the claim."""
    assert " ".join(text_at(bundled, entry["place"]).split()).startswith(entry["begins"]), claim


@pytest.mark.parametrize("portrait", PORTRAITS, ids=lambda each: each["id"])
def test_an_adviser_would_accept_the_result_of_each_portrait(bundled: Pack, portrait: dict[str, Any]) -> None:
    """Path, certainty and track of each described person are among those that an adviser would accept."""
    found = result_of(bundled, portrait["id"])
    leader = found.ranking.standing[0].path.id
    assert leader in portrait["accept"]
    assert found.verdict in portrait["verdicts"]
    accepted = portrait["tracks"].get(leader)
    assert accepted is None or found.tracks[leader].matches[0].path.id in accepted


def test_most_portraits_get_just_what_an_adviser_expects(bundled: Pack) -> None:
    """The expected path comes first in 20 of 22 at least, and the expected track of it among the first two in 18."""
    paths = tracks = 0
    for portrait in PORTRAITS:
        found = result_of(bundled, portrait["id"])
        first = portrait["first"]
        paths += found.ranking.standing[0].path.id == first
        best = [each.path.id for each in found.tracks[first].matches[:2]] if first in found.tracks else []
        accepted = portrait["tracks"].get(first)
        tracks += bool(best) and (accepted is None or accepted[0] in best)
    assert len(PORTRAITS) == PORTRAITS_IN_ALL
    assert paths >= PATHS_AS_EXPECTED
    assert tracks >= TRACKS_AS_EXPECTED


def result_of(pack: Pack, portrait: str) -> Result:
    """Return the result of a portrait's sheet."""
    return evaluate(pack, read_sheet(HERE / "portraits" / f"{portrait}.yaml", pack))


def test_the_quiz_has_as_many_questions_as_it_needs(bundled: Pack) -> None:
    """24 to 30 questions over three themes, each with a reason why it is asked."""
    assert 24 <= len(bundled.questions) <= 30
    assert {each.theme for each in bundled.questions} == set(bundled.themes) == {"interests", "lifestyle", "goals"}
    assert all(each.why for each in bundled.questions)


def test_half_of_each_dimensions_scale_items_are_reverse_keyed(bundled: Pack) -> None:
    """Somebody who agrees to everything is not thereby high on everything."""
    for dimension in bundled.dimensions:
        keys = [q.scale.keyed for q in bundled.questions if q.scale and q.scale.dimension == dimension.id]
        assert keys.count("+") == keys.count("-") > 0, dimension.id


def test_scale_items_are_neither_negated_nor_double_barrelled(bundled: Pack) -> None:
    """An item says one thing and says it straight."""
    for question in bundled.questions:
        if question.scale:
            assert not re.search(r"\b(not|never|no|none|and|or)\b|n't\b", question.text), question.text


def test_nobody_is_asked_who_they_are(bundled: Pack) -> None:
    """Gender, race, age, family, visa, nationality and exam scores are never scored."""
    private = r"\b(gender|sex|race|ethnic\w*|age|old|married|children|(my|your) family|visa|citizen\w*|national\w*|usmle|step [123])\b"
    for question in bundled.questions:
        for text in (question.text, *(each.text for each in question.options)):
            assert not re.search(private, text, re.IGNORECASE), text


def sides(path: CareerPath) -> tuple[int, ...]:
    """Return how many pros and challenges a path has, and how many characters of headline and text each side takes."""
    return (
        len(path.pros),
        len(path.challenges),
        *(sum(len(each.headline or "") + len(each.text) for each in side) for side in (path.pros, path.challenges)),
    )


def test_no_path_is_advertised(bundled: Pack) -> None:
    """Pros and challenges of all paths are within one of each other in number and within 15 % in length."""
    counts = [count for path in bundled.paths for count in sides(path)[:2]]
    lengths = [length for path in bundled.paths for length in sides(path)[2:]]
    assert FEWEST <= min(counts) <= max(counts) <= MOST
    assert max(counts) - min(counts) <= 1
    assert max(lengths) <= 1.15 * min(lengths)


def test_the_pack_is_written_in_its_own_form() -> None:
    """No headline, text, value, topic, next step or first sentence of an answer is longer than `pack check` likes it."""
    problems: list[packfile.Problem] = []
    packfile.read_pack(packfile.bundled(), problems)
    assert problems == []


def test_every_entry_has_its_short_form(bundled: Pack) -> None:
    """Statements have a headline, rows a value, questions a topic: what tables and lists show."""
    for path in bundled.paths:
        assert all(fact.value for fact in path.facts), path.id
        for each in (path, *path.tracks):
            assert all(s.headline for s in (*each.pros, *each.challenges)), each.id
    assert all(each.topic for each in bundled.questions)


def test_what_moves_says_when_it_was_looked_up(bundled: Pack) -> None:
    """Law, loans, visas, funding and amounts of pay carry a date."""
    for path in bundled.paths:
        for each in (path, *path.tracks):
            entries: list[Fact | Statement] = [*each.facts, *each.pros, *each.challenges]
            assert not [whole(entry) for entry in entries if not entry.checked and MOVES.search(whole(entry))]
    for answer in bundled.faq:
        assert answer.checked or "this-quiz" in answer.topics or not MOVES.search(answer.answer), answer.id


def test_visas_and_licenses_are_told_once(bundled: Pack) -> None:
    """They are the same on all paths, so they stand in the FAQ and in no row."""
    labels = {fact.label for path in bundled.paths for fact in path.facts}
    assert not any(re.search(r"visa|licen", label, re.IGNORECASE) for label in labels)
    assert {"visas", "training-and-license"} <= {topic for each in bundled.faq for topic in each.topics}


def test_every_statement_is_tied_to_a_dimension_and_a_source(bundled: Pack) -> None:
    """Nothing is said for or against a path or a track without evidence."""
    for path in bundled.paths:
        for each in (path, *path.tracks):
            assert all(s.dimension and s.sources for s in (*each.pros, *each.challenges)), each.id
        assert all(fact.sources for fact in path.facts)


def test_all_paths_answer_the_same_questions(bundled: Pack) -> None:
    """The rows of facts, the activities of the week and the times of next steps are those of every path."""
    for name in ("facts", "week", "next_steps"):
        rows = [
            tuple(path.week)
            if name == "week"
            else tuple(dict.fromkeys(getattr(e, "label", None) or e.when for e in getattr(path, name)))
            for path in bundled.paths
        ]
        assert rows[0]
        assert len(set(rows)) == 1, name
    assert all(sum(path.week.values()) == 10 for path in bundled.paths)
    assert all(len(path.next_steps) >= 5 and len(path.tracks) >= 3 for path in bundled.paths)


def test_the_faq_is_long_enough_and_grouped(bundled: Pack) -> None:
    """Twenty or more answers, each with a topic, and sourced unless it is about the quiz itself."""
    assert len(bundled.faq) >= 20
    assert all(each.topics and each.keywords for each in bundled.faq)
    assert all(each.sources or "this-quiz" in each.topics for each in bundled.faq)


def test_every_source_is_a_real_reference(bundled: Pack) -> None:
    """Every source has a title and a publisher, and those with a link can be followed."""
    for source in bundled.sources:
        assert source.title, source.id
        assert source.publisher, source.id
        assert source.url is None or source.url.startswith(("https://", "http://")), source.id
