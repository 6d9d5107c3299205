"""A pack as one SELECT that scores every row of a table: ANSI CASE and doubles, for DuckDB, Spark, BigQuery, Snowflake.

The layers are those of `result`: answers, wishes, scores. Every number is a double (0.5E0): Spark would read 0.5 as a
decimal, and round.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pathfinder.answers.interview import AnswerSheet
from pathfinder.cohort.names import DOES_NOT_MATTER, MATTERS_MOST, RULE_OUT, codes, members, variables
from pathfinder.errors import UsageError
from pathfinder.result.reading import PRIOR_PRECISION, readings
from pathfinder.result.scoring import TIE, weigh
from pathfinder.result.wishes import MATTERS_MOST as MOST
from pathfinder.result.wishes import listen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pathfinder.pack import Pack, Question
    from pathfinder.result.reading import Reading

_TABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*){0,3}")


def select(pack: Pack, table: str = "answers", *, marks: bool = True) -> str:
    """Return the SELECT; `marks` says that the table has the columns matters_most, does_not_matter and rule_out.

    It gives every column of the table and: answered, theta_D (the wish on a dimension), score_P and match_P, out_P (1 for a
    path that is ruled out), best (the path with the highest score that is not, the first by id of those that share it, null
    when all are out) and tied (how many share it). Raises UsageError when `table` is no name of a table.
    """
    if not _TABLE.fullmatch(table):
        raise UsageError("the name of a table has letters, digits and underscores, with dots between its parts")
    dimensions = variables(each.id for each in pack.dimensions)
    paths = variables(each.id for each in pack.paths)
    layers = (
        ("given", table, _given(pack, marks=marks)),
        ("known", "given", _known(pack, dimensions)),
        ("wished", "known", _wished(pack, dimensions)),
        ("scored", "wished", _scored(pack, dimensions, paths)),
    )
    # A table's name was checked above, and no id has a quote in it.
    parts = [
        f"{name} AS (\n  SELECT t.*,\n{_listed(columns)}\n  FROM {source} t\n)"  # noqa: S608
        for name, source, columns in layers
    ]
    last = _listed(_best(pack, paths))
    return f"{_about(pack)}WITH {', '.join(parts)}\nSELECT t.*,\n{last}\nFROM scored t\n"


def double(value: float) -> str:
    """Return a double as every dialect reads it, with all its digits."""
    digits = repr(value).upper()
    text = digits if "E" in digits else f"{digits}E0"
    return f"({text})" if value < 0 else text


def _about(pack: Pack) -> str:
    named = variables(each.id for each in pack.questions)
    renamed = [f"--   {name}: {each}" for each, name in named.items() if each != name]
    lines = [
        f"-- {pack.id} {pack.version} ({pack.fingerprint[:19]}): scores of every row.",
        "-- An answer is an option's id (1 to 5 for a scale), as text or number; anything else, null and skip are none.",
        *(["-- Columns, where a question's id is no name of a column:", *renamed] if renamed else []),
    ]
    return "\n".join(lines) + "\n"


def _given(pack: Pack, *, marks: bool) -> Iterator[str]:
    """Yield which option was chosen (1, 2, ... or 0), how much each dimension matters, and what is refused."""
    named = variables(each.id for each in pack.questions)
    for q, question in enumerate(pack.questions):
        cell = f"TRIM(CAST(t.{named[question.id]} AS STRING))"
        yield f"CASE {cell} {' '.join(_chosen(question))} ELSE 0 END AS q{q}_"
    for d, dimension in enumerate(pack.dimensions):
        yield (f"{_importance(pack, dimension.id)} AS m{d}_" if marks else f"1E0 AS m{d}_")
    for p, path in enumerate(pack.paths):
        yield (f"{_named(pack, RULE_OUT, path.id, '1', '0')} AS r{p}_" if marks else f"0 AS r{p}_")


def _chosen(question: Question) -> Iterator[str]:
    made = variables(each.id for each in question.options)
    for o, option in enumerate(question.options, start=1):
        words = [option.id]
        if question.scale is not None:
            words.append(f"{option.id}.0")
        elif made[option.id] != option.id:
            words.append(made[option.id])
        for word in words:
            yield f"WHEN {_quoted(word)} THEN {o}"


def _importance(pack: Pack, dimension: str) -> str:
    most = _named(pack, MATTERS_MOST, dimension, double(MOST), "1E0")
    return _named(pack, DOES_NOT_MATTER, dimension, "0E0", most)


def _named(pack: Pack, column: str, member: str, then: str, otherwise: str) -> str:
    # Whether a list, cut at ";" or ",", holds an id: taking it out changes the list. LIKE would take "_" for any letter.
    marked = f"';' || REPLACE(REPLACE(LOWER(COALESCE(CAST(t.{column} AS STRING), '')), ' ', ''), ',', ';') || ';'"
    words = {member.lower(), variables(members(pack, column))[member], codes(members(pack, column))[member]}
    held = " OR ".join(f"REPLACE({marked}, {_quoted(f';{each};')}, '') <> {marked}" for each in sorted(words))
    return f"CASE WHEN {held} THEN {then} ELSE {otherwise} END"


def _known(pack: Pack, dimensions: dict[str, str]) -> Iterator[str]:
    """Yield the precision of each wish, and how many questions were answered."""
    places = {each.id: q for q, each in enumerate(pack.questions)}
    answered = [f"CASE WHEN t.q{q}_ > 0 THEN 1 ELSE 0 END" for q in places.values()]
    yield f"{' + '.join(answered)} AS answered"
    for d, name in enumerate(dimensions.values()):
        terms = [
            f"CASE WHEN t.q{places[reading.question.id]}_ > 0 THEN {double(reading.precision[n])} ELSE 0E0 END"
            for reading, n in _readers(pack, d)
        ]
        yield f"{_sum([double(PRIOR_PRECISION), *terms])} AS p_{name}"


def _readers(pack: Pack, d: int) -> Iterator[tuple[Reading, int]]:
    for reading in readings(pack):
        if d in reading.places:
            yield reading, reading.places.index(d)


def _wished(pack: Pack, dimensions: dict[str, str]) -> Iterator[str]:
    places = {each.id: q for q, each in enumerate(pack.questions)}
    for d, name in enumerate(dimensions.values()):
        terms = []
        for reading, n in _readers(pack, d):
            cases = " ".join(f"WHEN {o} THEN {double(pulls[n])}" for o, pulls in enumerate(reading.pulls, start=1))
            terms.append(f"CASE t.q{places[reading.question.id]}_ {cases} ELSE 0E0 END")
        yield f"({_sum(terms)}) / t.p_{name} AS theta_{name}"


def _scored(pack: Pack, dimensions: dict[str, str], paths: dict[str, str]) -> Iterator[str]:
    profile = weigh(listen(pack, AnswerSheet(pack=pack.id)), pack.paths).profile
    places = {each.id: q for q, each in enumerate(pack.questions)}
    for p, (path, name) in enumerate(paths.items()):
        terms = [
            f"t.m{d}_ * {double(profile[p][d])} * t.theta_{wish}"
            for d, wish in enumerate(dimensions.values())
            if profile[p][d]
        ]
        yield f"{_sum(terms)} AS score_{name}"
        out = [
            f"t.q{places[question.id]}_ = {o}"
            for question in pack.questions
            for o, option in enumerate(question.options, start=1)
            if path in option.rules_out
        ]
        yield f"CASE WHEN {' OR '.join([f't.r{p}_ = 1', *out])} THEN 1 ELSE 0 END AS out_{name}"
    weights = [each.weight for each in pack.dimensions]
    squares = [
        f"{double(weight)} * t.m{d}_ * t.m{d}_ * t.theta_{wish} * t.theta_{wish}"
        for d, (weight, wish) in enumerate(zip(weights, dimensions.values(), strict=True))
    ]
    yield f"SQRT({_sum(squares)}) AS wanted_"
    mattering = [f"{double(weight)} * t.m{d}_ * t.m{d}_" for d, weight in enumerate(weights)]
    yield f"{double(TIE)} * SQRT({_sum(mattering)}) AS faint_"


def _best(pack: Pack, paths: dict[str, str]) -> Iterator[str]:
    for name in paths.values():
        match = f"5E1 + 5E1 * t.score_{name} / t.wanted_"
        yield (
            f"CASE WHEN t.wanted_ < t.faint_ OR t.wanted_ <= 0E0 THEN 5E1 WHEN {match} > 1E2 THEN 1E2 "
            f"WHEN {match} < 0E0 THEN 0E0 ELSE {match} END AS match_{name}"
        )
    # The highest score of those that are not ruled out; no score of ours is near -1E9.
    high = (
        "GREATEST(" + ", ".join(f"CASE WHEN t.out_{n} = 1 THEN -1E9 ELSE t.score_{n} END" for n in paths.values()) + ")"
    )
    first = {each: f"t.out_{name} = 0 AND {high} - t.score_{name} < {double(TIE)}" for each, name in paths.items()}
    ordered = sorted(each.id for each in pack.paths)
    cases = " ".join(f"WHEN {first[each]} THEN {_quoted(each)}" for each in ordered)
    yield f"CASE {cases} ELSE NULL END AS best"
    yield f"{' + '.join(f'CASE WHEN {first[each]} THEN 1 ELSE 0 END' for each in ordered)} AS tied"


def _sum(terms: Sequence[str]) -> str:
    return " + ".join(terms) or "0E0"


def _listed(columns: Iterable[str]) -> str:
    return ",\n".join(f"    {each}" for each in columns)


def _quoted(text: str) -> str:
    # An id has no quote in it.
    return f"'{text}'"
