"""Two people's answers -> what is said about them: the screen, the page and Markdown all draw this.

No sentence has a person as its subject, so that "You" reads as well as a name; and all of it is the same for the two
in the other order, with the columns exchanged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pathfinder.answers.interview import answer_words
from pathfinder.result.beside import lay_beside
from pathfinder.result.certainty import Verdict
from pathfinder.show.sentences import joined, topic, within
from pathfinder.value import value

if TYPE_CHECKING:
    from pathfinder.answers import Difference
    from pathfinder.pack import Pack
    from pathfinder.result import Result
    from pathfinder.result.beside import Beside, Effect

IMPORTANCE: Final = {"most": "matters most", "none": "does not matter", None: "as usual"}

SMALL: Final = 0.005
"""Less than this would be printed as nothing."""

MOST_ROWS: Final = 12


@value
class TwoPeopleRow:
    """Something that differs: what each of the two says, and who is nearer to the first path by how much for it."""

    label: str
    cells: tuple[str, str]
    nearer: str = ""
    amount: str = ""


@value
class Talk:
    """A question to talk about, and what each of the two answered."""

    question: str
    answers: tuple[str, str]


@value
class TwoPeoplePage:
    """Two people side by side; `paths` are the two between which the differences are counted, "" where it is one only.

    `rows` and `others` add up to `total`, `stated` are differences that no score counts, and `note` says what is behind
    the numbers.
    """

    title: str
    names: tuple[str, str]
    outcomes: tuple[str, str]
    ranking: tuple[TwoPeopleRow, ...]
    paths: tuple[str, str]
    rows: tuple[TwoPeopleRow, ...]
    others: TwoPeopleRow | None
    total: TwoPeopleRow
    stated: tuple[TwoPeopleRow, ...]
    agreed: tuple[str, ...]
    least: str
    talk: tuple[Talk, ...]
    note: str


def two_people_page(names: tuple[str, str], results: tuple[Result, Result], changed: Difference) -> TwoPeoplePage:
    """Return what there is to say about two people who answered the same quiz."""
    pack, beside = results[0].pack, lay_beside(*results)
    first = pack.path_by_id[beside.pair[0]].name
    shown = [effect for effect in beside.effects if abs(effect.amount) >= SMALL][:MOST_ROWS]
    rest = beside.change - sum(part.amount for part in shown)
    left = len(beside.effects) - len(shown)
    others = _row(names, f"Everything else ({left} more)" if left else "Everything else", ("", ""), rest)
    return TwoPeoplePage(
        title=pack.title,
        names=names,
        outcomes=(outcome(results[0]), outcome(results[1])),
        ranking=_ranking(results),
        paths=(first, pack.path_by_id[beside.pair[1]].name),
        rows=tuple(_effect(pack, names, changed, part) for part in shown),
        others=others if others.amount else None,
        total=_row(names, "Together", (_signed(beside.margins[0]), _signed(beside.margins[1])), beside.change),
        stated=tuple(_stated(pack, changed)),
        agreed=_agreed(pack, beside),
        least=_least(pack, names, results, beside),
        talk=tuple(Talk(question=pack.question_by_id[q].text, answers=_both(pack, results, q)) for q in beside.talk),
        note=(
            f"Each number says how far an answer moves the person named toward {first}. They add up to the last "
            f"line: how far {first} is ahead of {pack.path_by_id[beside.pair[1]].name} for each of the two."
        ),
    )


def outcome(result: Result) -> str:
    """Return what came out, without saying for whom."""
    names = [match.path.name for match in result.ranking.standing]
    if not names:
        return "every path ruled out"
    if result.verdict is Verdict.NO_PREFERENCE:
        return "no clear wish yet"
    if result.verdict is Verdict.PROVISIONAL:
        return "too early to say"
    if result.verdict is Verdict.TOO_CLOSE:
        return f"too close to call between {joined([match.path.name for match in result.recommended])}"
    sure = {Verdict.CLEAR: "clearly", Verdict.LIKELY: "likely", Verdict.LEANING: "only just"}[result.verdict]
    return f"{names[0]}, {sure}" if len(names) > 1 else f"{names[0]}, the only path not ruled out"


def _ranking(results: tuple[Result, Result]) -> tuple[TwoPeopleRow, ...]:
    sides = [found.ranking.by_path for found in results]
    order = sorted(results[0].pack.paths, key=lambda path: -round(sum(side[path.id].match for side in sides), 6))

    def cell(path: str, side: int) -> str:
        match = sides[side][path]
        return "ruled out" if match.ruled_out else f"{match.match:.0f}"

    return tuple(TwoPeopleRow(label=path.name, cells=(cell(path.id, 0), cell(path.id, 1))) for path in order)


def _effect(pack: Pack, names: tuple[str, str], changed: Difference, effect: Effect) -> TwoPeopleRow:
    listed = changed.answers if effect.kind == "answer" else changed.importance
    change = next(each for each in listed if each.what == effect.what)
    if effect.kind == "answer":
        label = topic(pack.question_by_id[effect.what])
        question = pack.question_by_id[effect.what]
        cells = (answer_words(question, change.before), answer_words(question, change.after))
    else:
        label = f"Importance: {pack.dimension_by_id[effect.what].name}"
        cells = (IMPORTANCE[change.before], IMPORTANCE[change.after])
    return _row(names, label, cells, effect.amount)


def _row(names: tuple[str, str], label: str, cells: tuple[str, str], amount: float) -> TwoPeopleRow:
    counts = abs(amount) >= SMALL
    return TwoPeopleRow(
        label=label,
        cells=cells,
        nearer=names[1 if amount > 0 else 0] if counts else "",
        amount=f"{abs(amount):.2f}" if counts else "",
    )


def _signed(amount: float) -> str:
    return f"{amount:+.2f}".replace("-", "\u2212") if abs(amount) >= SMALL else "0"


def _both(pack: Pack, results: tuple[Result, Result], question: str) -> tuple[str, str]:
    first, second = (
        answer_words(pack.question_by_id[question], found.sheet.answers.get(question)) for found in results
    )
    return first, second


def _stated(pack: Pack, changed: Difference) -> list[TwoPeopleRow]:
    rows = [
        TwoPeopleRow(
            label=f"Rules out {pack.path_by_id[change.what].name}",
            cells=("yes" if change.before else "no", "yes" if change.after else "no"),
        )
        for change in changed.ruled_out
    ]
    if changed.lean:
        hunches = (changed.lean.before, changed.lean.after)
        first, second = (pack.path_by_id[each].name if each else "none" for each in hunches)
        rows.append(TwoPeopleRow(label="Hunch before the result", cells=(first, second)))
    return rows


def _agreed(pack: Pack, beside: Beside) -> tuple[str, ...]:
    def listed(ids: tuple[str, ...]) -> str:
        return joined([within(pack.dimension_by_id[each].name) for each in ids])

    told = [f"The same answer to {beside.alike} of the {beside.both_answered} questions that both answered."]
    if beside.both_want:
        told.append(f"Both want {listed(beside.both_want)}.")
    if beside.neither_wants:
        told.append(f"Both could do without {listed(beside.neither_wants)}.")
    return tuple(told)


def _least(pack: Pack, names: tuple[str, str], results: tuple[Result, Result], beside: Beside) -> str:
    if beside.least is None:
        return "Each path is ruled out by one of them."
    if any(found.verdict is Verdict.NO_PREFERENCE for found in results):
        return "Where one has no clear wish, no path costs anything yet."
    name = pack.path_by_id[beside.least].name
    if max(beside.losses) < SMALL:
        return f"{name} fits both best."
    lost = [f"{loss:.0f} {'point' if f'{loss:.0f}' == '1' else 'points'}" for loss in beside.losses]
    # In an order that does not depend on who stands first.
    told = ", ".join(sorted(f"{who}: {points}" for who, points in zip(names, lost, strict=True)))
    return f"{name} is where the one who gives up more gives up least, in points of match ({told})."
