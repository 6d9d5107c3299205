"""Pack + answer sheet -> ranking, by the centred profile cosine; every score keeps the terms it is made of.

With the question's weight multiplied into its effects e, dimension weights w, profile levels t = level / 2
in [-1, 1] and the person's importance m (2, 1 or 0):

    n_d  = sum over answered questions of max over options |e|
    u_d  = sum over answered questions of the chosen option's e, divided by n_d     (0 without evidence)
    c_pd = w_d t_pd / sqrt(sum_d w_d t_pd^2)
    S_p  = sum_d m_d c_pd u_d

S is linear in the answers, so contributions of dimensions and of questions each add up to it. Sums are
exact (math.fsum): the order of questions, options or paths in a file cannot change a digit.
"""

from __future__ import annotations

from math import fsum, hypot, sqrt
from typing import TYPE_CHECKING, Final

from pathfinder.pack import SKIP
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pathfinder.answers.interview import AnswerSheet
    from pathfinder.pack import Dimension, Pack, Question, Track

TIE: Final = 1e-9
"""Scores closer than this share a rank."""

PROVISIONAL_BELOW: Final = 0.5
"""Coverage under this makes a result provisional."""

MATTERS_MOST: Final = 2.0


@value
class Term:
    """One answered question: `gain[o][p]` is what option o gives path p, `chosen` the option's place.

    `effects[o]` maps a dimension's place to e of option o, with the question's weight multiplied in and
    divided by n_d, so that u_d is the sum of the chosen ones.
    """

    question: Question
    chosen: int
    effects: tuple[Mapping[int, float], ...]
    gain: tuple[tuple[float, ...], ...]


@value
class Evidence:
    """What a sheet says, in arrays over dimensions (d) and candidates (p), in the order of the pack.

    `importance[d]` in {0, 1, 2}; `amount[d]` = n_d >= 0; `preference[d]` = u_d in [-1, 1];
    `profile[p][d]` = c_pd; `score[p]` = S_p.
    """

    dimensions: tuple[Dimension, ...]
    candidates: tuple[Track, ...]
    importance: tuple[float, ...]
    amount: tuple[float, ...]
    preference: tuple[float, ...]
    profile: tuple[tuple[float, ...], ...]
    terms: tuple[Term, ...]
    score: tuple[float, ...]


@value
class Match:
    """How one path fits: `score` is S, `match` 0..100, `contributions` add up to `score` by dimension.

    `place` is the path's place in the evidence; `ruled_out` holds the reasons, empty when there is none:
    "" for the person's own dealbreaker, otherwise the id of the question whose answer excludes the path.
    """

    path: Track
    place: int
    rank: int
    score: float
    match: float
    contributions: Mapping[str, float]
    ruled_out: tuple[str, ...] = ()


@value
class Ranking:
    """All paths, best first, ruled-out ones last; equal scores share a rank and stand by id.

    `coverage` and `strength` are in 0..1; `provisional` says that coverage is under a half.
    """

    matches: tuple[Match, ...]
    evidence: Evidence
    coverage: float
    strength: float

    @property
    def provisional(self) -> bool:
        """Whether too few questions were answered to trust the order."""
        return self.coverage < PROVISIONAL_BELOW

    @property
    def standing(self) -> tuple[Match, ...]:
        """The matches that are not ruled out, best first."""
        return tuple(each for each in self.matches if not each.ruled_out)

    @property
    def leaders(self) -> tuple[Match, ...]:
        """Those that share first place; empty when everything is ruled out."""
        return tuple(each for each in self.standing if each.rank == 1)


def rank(pack: Pack, sheet: AnswerSheet, candidates: Sequence[Track] | None = None) -> Ranking:
    """Rank the pack's paths by a sheet that fits the pack, or other candidates, such as one path's tracks.

    Dealbreakers exclude paths, never other candidates.
    """
    evidence = weigh(pack, sheet, tuple(pack.paths if candidates is None else candidates))
    roots = [sqrt(each.weight) for each in pack.dimensions]
    mattering = [root * m for root, m in zip(roots, evidence.importance, strict=True)]
    wanted = hypot(*(rm * u for rm, u in zip(mattering, evidence.preference, strict=True)))
    possible = hypot(*mattering)
    reasons = exclusions(pack, sheet) if candidates is None else {}
    return Ranking(
        matches=_matches(evidence, wanted, reasons),
        evidence=evidence,
        coverage=coverage(pack, sheet),
        strength=wanted / possible if possible > 0 else 0.0,
    )


def weigh(pack: Pack, sheet: AnswerSheet, candidates: tuple[Track, ...]) -> Evidence:
    """Turn the answers into preferences, terms and scores."""
    place = {each.id: d for d, each in enumerate(pack.dimensions)}
    importance = tuple(_importance(sheet, each.id) for each in pack.dimensions)
    profile = tuple(_direction(each, pack.dimensions) for each in candidates)
    answered = [each for each in pack.questions if sheet.answers.get(each.id, SKIP) != SKIP]
    heaviest = max((each.weight for each in answered), default=1.0)
    effects = [_effects(each, place, each.weight / heaviest) for each in answered]
    chosen = [each.index(sheet.answers[each.id]) for each in answered]
    amount = _amounts(effects, len(place))
    worth = [[m * c[d] / amount[d] if amount[d] > 0 else 0.0 for c in profile] for d, m in enumerate(importance)]
    preference = [0.0] * len(place)
    for d, parts in _gather(row[o] for row, o in zip(effects, chosen, strict=True)).items():
        preference[d] = fsum(parts) / amount[d] if amount[d] > 0 else 0.0
    return Evidence(
        dimensions=pack.dimensions,
        candidates=candidates,
        importance=importance,
        amount=tuple(n * heaviest for n in amount),
        preference=tuple(preference),
        profile=profile,
        terms=tuple(
            Term(
                question=question,
                chosen=o,
                effects=tuple({d: e / amount[d] for d, e in each.items() if amount[d] > 0} for each in row),
                gain=tuple(_gain(each, worth, len(candidates)) for each in row),
            )
            for question, o, row in zip(answered, chosen, effects, strict=True)
        ),
        score=tuple(fsum(m * c * u for m, c, u in zip(importance, row, preference, strict=True)) for row in profile),
    )


def coverage(pack: Pack, sheet: AnswerSheet) -> float:
    """Return the share of the pack's evidence that the answers give, 0..1."""
    heaviest = max(each.weight for each in pack.questions)
    reach = {each.id: each.weight / heaviest * _reach(each) for each in pack.questions}
    given = fsum(r for q, r in reach.items() if sheet.answers.get(q, SKIP) != SKIP)
    return given / fsum(reach.values())


def exclusions(pack: Pack, sheet: AnswerSheet) -> dict[str, tuple[str, ...]]:
    """Return why paths are excluded: "" for the person's dealbreaker, then the ids of questions."""
    reasons: dict[str, list[str]] = {each: [""] for each in sheet.rule_out}
    for question in pack.questions:
        answer = sheet.answers.get(question.id, SKIP)
        if answer != SKIP:
            for path in question.option(answer).rules_out:
                reasons.setdefault(path, []).append(question.id)
    return {path: tuple(each) for path, each in reasons.items()}


def _importance(sheet: AnswerSheet, dimension: str) -> float:
    if dimension in sheet.does_not_matter:
        return 0.0
    return MATTERS_MOST if dimension in sheet.matters_most else 1.0


def _direction(candidate: Track, dimensions: tuple[Dimension, ...]) -> tuple[float, ...]:
    # w t / sqrt(sum w t^2) by way of sqrt(w), which neither overflows nor vanishes for any weight.
    roots = [sqrt(each.weight) for each in dimensions]
    wanted = [root * candidate.profile.get(each.id, 0.0) / 2 for root, each in zip(roots, dimensions, strict=True)]
    norm = hypot(*wanted)
    return tuple(root * (t / norm) if norm > 0 else 0.0 for root, t in zip(roots, wanted, strict=True))


def _effects(question: Question, place: Mapping[str, int], weight: float) -> tuple[dict[int, float], ...]:
    return tuple({place[d]: e * weight for d, e in each.effects.items()} for each in question.options)


def _gather(rows: Iterable[Mapping[int, float]]) -> dict[int, list[float]]:
    gathered: dict[int, list[float]] = {}
    for row in rows:
        for d, e in row.items():
            gathered.setdefault(d, []).append(e)
    return gathered


def _amounts(effects: Sequence[tuple[Mapping[int, float], ...]], dimensions: int) -> list[float]:
    largest = [{d: max(map(abs, parts)) for d, parts in _gather(row).items()} for row in effects]
    amount = [0.0] * dimensions
    for d, parts in _gather(largest).items():
        amount[d] = fsum(parts)
    return amount


def _gain(effects: Mapping[int, float], worth: Sequence[Sequence[float]], candidates: int) -> tuple[float, ...]:
    return tuple(fsum(e * worth[d][p] for d, e in effects.items()) for p in range(candidates))


def _reach(question: Question) -> float:
    largest: dict[str, float] = {}
    for option in question.options:
        for dimension, effect in option.effects.items():
            largest[dimension] = max(largest.get(dimension, 0.0), abs(effect))
    return fsum(largest.values())


def _matches(evidence: Evidence, wanted: float, reasons: Mapping[str, tuple[str, ...]]) -> tuple[Match, ...]:
    def order(p: int) -> tuple[int, float, str]:
        return len(reasons.get(evidence.candidates[p].id, ())), -round(evidence.score[p], 9), evidence.candidates[p].id

    matches: list[Match] = []
    for p in sorted(range(len(evidence.candidates)), key=order):
        path, score = evidence.candidates[p], evidence.score[p]
        ruled_out = reasons.get(path.id, ())
        # With the first of those that share a rank, since ties with the one before could go on without end.
        before = next((each for each in matches if each.rank == matches[-1].rank), None)
        tied = before and len(before.ruled_out) == len(ruled_out) and before.score - score < TIE
        matches.append(
            Match(
                path=path,
                place=p,
                rank=before.rank if before and tied else len(matches) + 1,
                score=score,
                match=min(100.0, max(0.0, 50 + 50 * score / wanted)) if wanted > 0 else 50.0,
                contributions=_contributions(evidence, p),
                ruled_out=ruled_out,
            )
        )
    return tuple(matches)


def _contributions(evidence: Evidence, p: int) -> dict[str, float]:
    rows = zip(evidence.dimensions, evidence.importance, evidence.profile[p], evidence.preference, strict=True)
    # Adding 0.0 turns a negative zero into a plain one.
    return {d.id: m * c * u + 0.0 for d, m, c, u in rows}
