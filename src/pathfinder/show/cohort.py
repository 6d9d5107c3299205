"""What is said about a cohort, once for the screen, the page and Markdown: titles, notes and tables of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pathfinder import __version__
from pathfinder.show.sentences import VERDICTS
from pathfinder.text import percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pathfinder.cohort.evidence import Again, Item, Outcome, Validity
    from pathfinder.cohort.figures import Share
    from pathfinder.cohort.group import Group
    from pathfinder.cohort.run import Cohort
    from pathfinder.pack import Pack

SCHEMA: Final = "pathfinder.cohort/1"

REST: Final = "The smaller groups together"
UNNAMED: Final = "(empty)"
_FIRST: Final = (
    "A path comes first wherever a result names it, even a result that only leans. A result that is too close to call "
    "counts for its first path."
)
_CONTRADICT: Final = "gave answers that contradict each other about as much as answers picked at random."


class Section(NamedTuple):
    """A title, a quieter note beside it, a table, and sentences below."""

    title: str
    note: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    below: tuple[str, ...] = ()


class CohortPage(NamedTuple):
    """Everything that is said about a cohort."""

    title: str
    lead: str
    basis: tuple[str, ...]
    sections: tuple[Section, ...]


def cohort_page(cohort: Cohort) -> CohortPage:
    """Return what is said about a cohort."""
    whole = cohort.whole
    basis = [rows_read(cohort)]
    if cohort.by is not None and whole is not None and not cohort.groups:
        basis.append(f"Split by {cohort.by}, this would show a group under {cohort.least}; so it is shown undivided.")
    if cohort.elsewhere:
        basis.append(
            f"{_people(cohort.elsewhere)} chose something that is no path here; they count in no figure about choices."
        )
    if whole is None:
        lead = f"Fewer than {cohort.least} people: nothing is shown about so small a group."
        return CohortPage(cohort.pack.title, lead, tuple(basis), ())
    sections = [*_group(cohort.pack, whole)]
    if cohort.groups:
        sections += _split(cohort)
    if cohort.evidence is not None:
        sections += _evidence(cohort.pack, cohort.evidence, cohort.least)
    return CohortPage(cohort.pack.title, _lead(cohort.pack, whole), tuple(basis), tuple(sections))


def rows_read(cohort: Cohort) -> str:
    """Return how many rows were read and refused."""
    rows = cohort.read + cohort.refused
    return f"{rows:,} row{'' if rows == 1 else 's'}: {cohort.read:,} read, {cohort.refused:,} refused."


def _lead(pack: Pack, group: Group) -> str:
    often = sorted(pack.paths, key=lambda each: -group.first[each.id].number)
    best = group.first[often[0].id]
    if not best.number:
        return f"{_people(group.people)}, and for none of them a path comes first."
    return f"{often[0].name} comes first most often: for {best.number:,} of {_people(group.people)} ({percent(best.value)})."


def _group(pack: Pack, group: Group) -> Iterator[Section]:
    rows = [(path.name, *_share(group.first[path.id])) for path in pack.paths]
    rows.append(("Nobody is recommended", *_share(group.nobody)))
    yield Section(
        "Who comes first", "how often, with 95% intervals", ("Path", "People", "Share", "95%"), tuple(rows),
        (_FIRST,),
    )  # fmt: skip
    yield Section(
        "How sure",
        "",
        ("Verdict", "People", "Share", "95%"),
        tuple((word, *_share(group.verdicts[key])) for key, word in VERDICTS.items()),
        (f"{_people(group.contradictory.number)} ({percent(group.contradictory.value)}) {_CONTRADICT}",),
    )
    divider = "" if group.divider is None else pack.question_by_id[group.divider].text
    yield Section(
        "What they want", "-1 little, 1 much; the spread is a standard deviation; profiles from -2 to 2",
        ("Dimension", "Mean", "Spread", *(path.name for path in pack.paths)),
        tuple(
            (dimension.name, _signed(group.wishes[dimension.id].value), f"{group.wishes[dimension.id].sd:.2f}",
             *(f"{path.profile.get(dimension.id, 0):+g}" if path.profile.get(dimension.id) else "0" for path in pack.paths))
            for dimension in pack.dimensions
        ),
        (f"The question that divides them most: \u201c{divider}\u201d",) if divider else (),
    )  # fmt: skip


def _split(cohort: Cohort) -> Iterator[Section]:
    pack = cohort.pack
    rest = f"No group under {cohort.least} is shown; such groups are merged with the smallest others."
    yield Section(
        f"Who comes first, by {cohort.by}", "", ("Group", "People", *(each.name for each in pack.paths), "Nobody"),
        tuple(
            (_name(group), f"{group.people:,}", *(_with_interval(group.first[path.id]) for path in pack.paths), percent(group.nobody.value))
            for group in cohort.groups
        ),
        (rest,),
    )  # fmt: skip
    yield Section(
        f"What they want, by {cohort.by}", "means from -1 to 1", ("Dimension", *map(_name, cohort.groups)),
        tuple((dimension.name, *(_signed(group.wishes[dimension.id].value) for group in cohort.groups)) for dimension in pack.dimensions),
        tuple(
            f"{_name(group)}: \u201c{pack.question_by_id[group.divider].text}\u201d divides them most."
            for group in cohort.groups
            if group.divider is not None
        ),
    )  # fmt: skip


def _name(group: Group) -> str:
    return REST if group.rest else group.name or UNNAMED


def _evidence(pack: Pack, evidence: Validity, least: int) -> Iterator[Section]:
    if evidence.outcome is not None:
        yield _outcome(evidence.outcome)
    if evidence.again is not None:
        yield _again(pack, evidence.again)
    yield Section(
        "The questions", f"what fewer than {least} people say is left out",
        ("Question", "Skipped", "Agrees with the rest"),
        tuple((pack.question_by_id[name].text, percent(item.skipped.value), _rest(pack, item)) for name, item in evidence.items.items()),
        ("How far an answer agrees with the rest is its correlation with the wish that all other answers say.",),
    )  # fmt: skip


def _outcome(outcome: Outcome) -> Section:
    rows = tuple(
        (f"{percent(bin_.low)} to {percent(bin_.high)}", f"{bin_.chosen.whole:,}", percent(bin_.said), percent(bin_.chosen.value), _interval(bin_.chosen))
        for bin_ in outcome.calibration
    )  # fmt: skip
    hits, commonest = outcome.hits, outcome.commonest
    return Section(
        "What they really chose", f"{_people(outcome.known)} whose choice is known",
        ("Said to come first", "People", "Said", "Chose it", "95%"), rows,
        (
            f"The path named first is what they chose for {hits.number:,} of {_people(hits.whole)}: {percent(hits.value)} ({_interval(hits)}).",
            f"Always naming the commonest choice would be right for {percent(commonest.value)} ({_interval(commonest)}).",
        ),
    )  # fmt: skip


def _again(pack: Pack, again: Again) -> Section:
    rows = tuple(
        (pack.question_by_id[name].text, f"{each.same.whole:,}", percent(each.same.value), _interval(each.same), _r(each.correlation))
        for name, each in again.answers.items()
    )  # fmt: skip
    return Section(
        "The same people again", f"{_people(again.people)} who answered twice",
        ("Question", "People", "Same answer", "95%", "r"), rows,
        (f"The same path was named for {again.same.number:,} of them: {percent(again.same.value)} ({_interval(again.same)}).",),
    )  # fmt: skip


def _rest(pack: Pack, item: Item) -> str:
    several = len(item.rest) > 1
    return ", ".join(
        f"{_r(r)} ({pack.dimension_by_id[name].name})" if several else _r(r) for name, (_, r) in item.rest.items()
    )


def _r(correlation: float | None) -> str:
    return "" if correlation is None else _signed(correlation)


def _share(share: Share) -> tuple[str, str, str]:
    return f"{share.number:,}", percent(share.value), _interval(share)


def _interval(share: Share) -> str:
    return f"{percent(share.low)} to {percent(share.high)}"


def _with_interval(share: Share) -> str:
    return f"{percent(share.value)} ({_interval(share)})"


def _signed(number: float) -> str:
    text = f"{number:+.2f}"
    return "0.00" if float(text) == 0 else text


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"


def cohort_json(cohort: Cohort) -> dict[str, Any]:
    """Return a cohort in the shape of `cohort --json`; numbers are not rounded."""
    pack = cohort.pack
    return {
        "schema": SCHEMA,
        "pathfinder": __version__,
        "pack": pack.identity,
        "rows": cohort.read + cohort.refused,
        "read": cohort.read,
        "refused": cohort.refused,
        "unused_columns": list(cohort.unused),
        "least": cohort.least,
        "whole": None if cohort.whole is None else _group_json(cohort.whole),
        "by": cohort.by,
        "groups": [_group_json(group) for group in cohort.groups],
        "evidence": None if cohort.evidence is None else _evidence_json(cohort.evidence, cohort.elsewhere),
    }


def _group_json(group: Group) -> dict[str, Any]:
    return {
        "name": group.name,
        "merged": group.rest,
        "people": group.people,
        "first": _shares(group.first),
        "nobody": group.nobody._asdict(),
        "verdicts": _shares(group.verdicts),
        "contradictory": group.contradictory._asdict(),
        "wishes": {name: {"mean": each.value, "sd": each.sd} for name, each in group.wishes.items()},
        "divider": group.divider,
    }


def _shares(shares: Mapping[str, Share]) -> dict[str, Any]:
    return {name: each._asdict() for name, each in shares.items()}


def _evidence_json(evidence: Validity, elsewhere: int) -> dict[str, Any]:
    outcome, again = evidence.outcome, evidence.again
    return {
        "outcome": None if outcome is None else {
            "known": outcome.known,
            "elsewhere": elsewhere,
            "hits": outcome.hits._asdict(),
            "commonest": outcome.commonest._asdict(),
            "calibration": [bin_._asdict() | {"chosen": bin_.chosen._asdict()} for bin_ in outcome.calibration],
        },
        "again": None if again is None else {
            "people": again.people,
            "same": again.same._asdict(),
            "answers": {
                name: {"same": each.same._asdict(), "correlation": each.correlation}
                for name, each in again.answers.items()
            },
        },
        "questions": {
            name: {
                "skipped": item.skipped._asdict(),
                "rest": {dimension: {"people": n, "correlation": r} for dimension, (n, r) in item.rest.items()},
            }
            for name, item in evidence.items.items()
        },
    }  # fmt: skip


def lines(names: Sequence[str], most: int) -> str:
    """Return names in a row, the first ones of many."""
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
