"""What would change a result, and what helps where it is not decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pathfinder.pack import SKIP
from pathfinder.result.certainty import ANSWERED_LEAST, Verdict
from pathfinder.show.parts import Change, Help, Turning
from pathfinder.show.sentences import capital, ended, joined, option_words, topic, within
from pathfinder.text import counted, several

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathfinder.pack import Pack
    from pathfinder.result import Result
    from pathfinder.result.answer_changes import Turn
    from pathfinder.result.explain import Threshold

CLOSE: Final = 3
"""A result that so few other answers would change is close, and told in full."""

THRESHOLDS: Final = 3
"""So many importances at which the result would turn are told."""

_MATTERING: Final = (
    (0.0, "did not matter to you"),
    (0.4, "mattered far less to you"),
    (0.7, "mattered half as much to you"),
    (0.95, "mattered a little less to you"),
    (1.35, "mattered a little more to you"),
    (1.75, "mattered half as much again to you"),
    (2.4, "mattered twice as much to you"),
    (3.0, "mattered three times as much to you"),
)
"""How an importance is called, up to so many times the present one; more than that nobody can imagine."""


def change(result: Result) -> Change | None:
    """Return what would change the result, short when it is clear and in full when it is close; None without one."""
    if not result.recommended or len(result.ranking.standing) == 1:
        return None
    if result.verdict is Verdict.TOO_CLOSE:
        return _decider(result)
    pack, found = result.pack, result.explanation
    thresholds = tuple(_thresholds(pack, found.critical))
    weights = () if thresholds else ("Changing how much any one topic matters to you would not change the result.",)
    title = "What would change it"
    fewest = found.tipping
    if fewest is None:
        brief = "No other answers of yours would put another path first."
        return Change(title=title, brief=brief, paragraphs=(brief, *weights), thresholds=thresholds)
    name, count = pack.path_by_id[fewest.makes_first].name, len(fewest.changes)
    if count > CLOSE:
        least = "At least" if fewest.smallest else "About"
        said = f"{least} {counted(count)} answers would have to differ"
        full = f"{said} for {name} to come first, so this will not tip easily."
        brief = f"Hard to change: {within(said)}."
        return Change(title=title, brief=brief, paragraphs=(full, *weights), thresholds=thresholds)
    told = found.turns[:1] if result.verdict is Verdict.CLEAR else found.turns
    return Change(
        title=title,
        brief=_close(pack, fewest),
        paragraphs=weights,
        turnings=tuple(turning(pack, turn, by_steps=turn is not fewest) for turn in told),
        thresholds=thresholds,
    )


def _close(pack: Pack, turn: Turn) -> str:
    topics = [topic(pack.question_by_id[each.question]) for each in turn.changes]
    if len(topics) == 1:
        return ended(f"One other answer would change it: {topics[0]}")
    return ended(f"{capital(counted(len(topics)))} other answers would change it: {joined(topics)}")


def _place(turn: Turn) -> str:
    return "level with it" if turn.tied else "first"


def _decider(result: Result) -> Change:
    pack, found = result.pack, result.explanation
    topics = [topic(pack.question_by_id[each]) for each in _telling(result)]
    turns = found.turns if len(result.ranking.leaders) == 1 else ()
    brief = ended(f"The question that would tell most: {topics[0]}") if topics else "No single answer would decide it."
    return Change(
        title="What would decide it",
        brief=brief,
        turnings=tuple(turning(pack, turn, by_steps=turn is not found.tipping) for turn in turns),
        thresholds=tuple(_thresholds(pack, found.critical)),
    )


def turning(pack: Pack, turn: Turn, *, by_steps: bool = False) -> Turning:
    """Return a set of changes in words; `by_steps` says that its steps are the fewest, not its answers."""
    count, name = len(turn.changes), pack.path_by_id[turn.makes_first].name
    answers = f"{counted(count)} other answer{'' if count == 1 else 's'}"
    does = f"put {name} {_place(turn)}"
    if by_steps:
        heading = f"Or in smaller steps, {answers} would {does}:"
    elif turn.smallest or count == 1:
        heading = f"{capital(answers)} would {does}:"
    else:
        heading = f"One way to {does}, with {answers}:"
    changes = tuple(
        f"{topic(pack.question_by_id[each.question])}: from \u201c{option_words(pack, each.question, each.before)}\u201d "
        f"to \u201c{option_words(pack, each.question, each.after)}\u201d"
        for each in turn.changes
    )
    return Turning(heading=heading, changes=changes)


def _thresholds(pack: Pack, critical: Iterable[Threshold]) -> list[str]:
    said = []
    for threshold in critical:
        name, other = pack.dimension_by_id[threshold.dimension].name, pack.path_by_id[threshold.makes_first].name
        words = _mattering(threshold)
        if words:
            said.append(f"If {within(name)} {words}, {other} would tie.")
    return said[:THRESHOLDS]


def _mattering(threshold: Threshold) -> str:
    if not threshold.before:
        return "mattered to you after all" if threshold.after <= _MATTERING[-1][0] else ""
    share = threshold.after / threshold.before
    return next((words for most, words in _MATTERING if share <= most), "")


def help_for(result: Result) -> Help | None:
    """Return why the result is not decided, and what helps for that kind; None where it is."""
    if not result.ranking.standing:
        return Help(text="Bring back the path that you are least sure about ruling out, and see what comes first then.")
    if not result.recommended:
        return _contradictory(result) if result.contradictory else _missing(result)
    if result.verdict is Verdict.TOO_CLOSE:
        names = joined([match.path.name for match in result.recommended])
        text = f"{names} suit you about equally. Two days of shadowing in each will tell you more than another look at this quiz."
        return _asking(result, text)
    return _against_hunch(result)


def _missing(result: Result) -> Help:
    if result.verdict is Verdict.PROVISIONAL:
        missing = min(ANSWERED_LEAST, len(result.pack.questions)) - result.answered
        more = f"{capital(counted(missing))} more answer{'' if missing == 1 else 's'}"
        return _asking(result, f"{more} will make this a result.")
    return _asking(result, f"{_unclear(result)}, so little is decided here.")


def _against_hunch(result: Result) -> Help | None:
    hunch = next((match for match in result.ranking.standing if match.path.id == result.sheet.lean), None)
    if hunch is None or hunch in result.recommended:
        return None
    return Help(text="Your hunch and your answers differ. Before you follow either, shadow somebody in each for a day.")


def _unclear(result: Result) -> str:
    scales = [
        question
        for question in result.pack.questions
        if question.scale and result.sheet.answers.get(question.id, SKIP) != SKIP
    ]
    middle = sum(result.sheet.answers[each.id] == "3" for each in scales)
    if 2 * middle > len(scales):
        return f"You chose the middle on {middle} of {len(scales)} statements"
    if result.answered < ANSWERED_LEAST:
        return f"You answered {result.answered} of {several(len(result.pack.questions), 'question')}"
    return "Your answers pull in different directions"


def _asking(result: Result, text: str) -> Help:
    found = [result.pack.question_by_id[each] for each in _telling(result)]
    if not found:
        return Help(text=text)
    lead = (
        "This question would tell most:"
        if len(found) == 1
        else f"These {counted(len(found))} questions would tell most:"
    )
    said = tuple(
        f"{each.topic}: \u201c{each.text}\u201d" if each.topic else f"\u201c{each.text}\u201d" for each in found
    )
    return Help(text=text, lead=lead, questions=said, topics=tuple(map(topic, found)))


def _telling(result: Result) -> tuple[str, ...]:
    divider = result.explanation.divider
    return result.explanation.telling or ((divider,) if divider else ())


def _contradictory(result: Result) -> Help:
    pack, pairs = result.pack, result.explanation.pulling

    def answered(question: str) -> str:
        return f"{topic(pack.question_by_id[question])} (\u201c{option_words(pack, question, result.sheet.answers[question])}\u201d)"

    return Help(
        text="Some answers pull against each other. Read these once more, and change what you did not mean.",
        lead="Pulling against each other most:" if pairs else "",
        questions=tuple(f"{answered(pair.more)} and {answered(pair.less)}" for pair in pairs),
        topics=tuple(
            f"{topic(pack.question_by_id[pair.more])} / {topic(pack.question_by_id[pair.less])}" for pair in pairs
        ),
    )
