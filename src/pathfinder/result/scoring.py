"""Wishes + profiles -> ranking, by the centred profile cosine; every score keeps the terms it is made of.

With dimension weights w, profile levels t = level / 2 in [-1, 1], the person's importance m (1.5, 1 or 0) and the
wishes theta of `wishes`:

    c_pd = w_d t_pd / sqrt(sum_d w_d t_pd^2)
    S_p  = sum_d m_d c_pd theta_d
    V_d  = m_d^2 (v_d + .16 (theta_d^2 + v_d)), and P(first) from S with the covariance sum_d c_pd c_rd V_d

S is linear in the answers, so contributions of dimensions and of questions each add up to it.
"""

from __future__ import annotations

from math import fsum, hypot, sqrt
from operator import mul, sub
from typing import TYPE_CHECKING, Final

from pathfinder.pack import SKIP
from pathfinder.result.normal import first
from pathfinder.result.reading import PRIOR_PRECISION
from pathfinder.result.wishes import listen
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pathfinder.answers.interview import AnswerSheet
    from pathfinder.pack import Dimension, Pack, Track
    from pathfinder.result.wishes import Wishes

TIE: Final = 1e-9
"""Scores closer than this share a rank; wishes weaker than this share of the importances point nowhere."""


@value
class Evidence:
    """What wishes say about candidates, in the order of the pack: `profile[p][d]` = c_pd (candidates x dimensions), `score[p]` = S_p."""

    wishes: Wishes
    candidates: tuple[Track, ...]
    profile: tuple[tuple[float, ...], ...]
    score: tuple[float, ...]

    @property
    def worth(self) -> list[list[float]]:
        """What a wish on a dimension (inner) is worth to a candidate (outer): m_d c_pd."""
        return [list(map(mul, self.wishes.importance, row)) for row in self.profile]


@value
class Match:
    """How one path fits: `score` is S, `match` 0..100, `first` the probability of coming first, 0 when ruled out.

    `contributions` (by dimension) and `answers` (by question) each add up to `score`. `place` is the path's place in the
    evidence; `ruled_out` holds the reasons, empty when there is none: "" for the person's own dealbreaker, otherwise
    the id of the question whose answer excludes the path.
    """

    path: Track
    place: int
    rank: int
    score: float
    match: float
    first: float
    contributions: Mapping[str, float]
    answers: Mapping[str, float]
    ruled_out: tuple[str, ...] = ()


@value
class Ranking:
    """All paths, best first, ruled-out ones last; equal scores share a rank and stand by id.

    `strength` says how much the person wants anything at all: 0 to about 1.7, and 1 is usual whatever was asked.
    """

    matches: tuple[Match, ...]
    evidence: Evidence
    strength: float

    @property
    def standing(self) -> tuple[Match, ...]:
        """The matches that are not ruled out, best first."""
        return tuple(match for match in self.matches if not match.ruled_out)

    @property
    def by_path(self) -> dict[str, Match]:
        """The matches by the ids of their paths, best first."""
        return {match.path.id: match for match in self.matches}

    @property
    def leaders(self) -> tuple[Match, ...]:
        """Those that share first place; empty when everything is ruled out."""
        return tuple(match for match in self.standing if match.rank == 1)


def rank(pack: Pack, sheet: AnswerSheet) -> Ranking:
    """Rank the pack's paths by a sheet that fits the pack."""
    return rank_by(listen(pack, sheet), pack.paths, exclusions(pack, sheet))


def rank_by(
    wishes: Wishes, candidates: tuple[Track, ...], reasons: Mapping[str, tuple[str, ...]] | None = None
) -> Ranking:
    """Rank any candidates, such as one path's tracks, by the same wishes; `reasons` say which are ruled out."""
    evidence = weigh(wishes, candidates)
    roots = [sqrt(dimension.weight) for dimension in wishes.dimensions]
    mattering = list(map(mul, roots, wishes.importance))
    wanted = hypot(*map(mul, mattering, wishes.value))
    known = hypot(
        *(m * sqrt(max(0.0, 1 / PRIOR_PRECISION - 1 / p)) for m, p in zip(mattering, wishes.precision, strict=True))
    )
    return Ranking(
        matches=_matches(evidence, wanted if wanted >= TIE * hypot(*mattering) else 0.0, reasons or {}),
        evidence=evidence,
        strength=wanted / known if known > 0 else 0.0,
    )


def weigh(wishes: Wishes, candidates: tuple[Track, ...]) -> Evidence:
    """Hold candidates against wishes; a score lies within the length of m theta, weighed by the dimensions, on either side of 0."""
    profile = tuple(_direction(path, wishes.dimensions) for path in candidates)
    mattering = list(map(mul, wishes.importance, wishes.value))
    return Evidence(
        wishes=wishes,
        candidates=candidates,
        profile=profile,
        score=tuple(fsum(map(mul, row, mattering)) for row in profile),
    )


def gains(evidence: Evidence) -> list[list[list[float]]]:
    """Return by answered question, option and candidate (in this order of indices) what the option adds to S."""
    worth = evidence.worth
    found = []
    for term in evidence.wishes.terms:
        places = term.reading.places
        share = [[row[d] / evidence.wishes.precision[d] for d in places] for row in worth]
        found.append([[fsum(map(mul, pull, row)) for row in share] for pull in term.reading.pulls])
    return found


def chances(evidence: Evidence, standing: Sequence[int], variance: Sequence[float]) -> tuple[float, ...]:
    """Return the probability, 0..1, that each of `standing` (places) is first when wishes are unsure by `variance`, by dimension."""
    if not standing:
        return ()
    # By the differences to the best one: what all have in common would only cost digits.
    leader = standing[0]
    loads = [list(map(sub, evidence.profile[p], evidence.profile[leader])) for p in standing]
    return first([evidence.score[p] - evidence.score[leader] for p in standing], loads, variance)


def exclusions(pack: Pack, sheet: AnswerSheet) -> dict[str, tuple[str, ...]]:
    """Return why paths are excluded: "" for the person's dealbreaker, then the ids of questions."""
    reasons: dict[str, list[str]] = {each: [""] for each in sheet.rule_out}
    for question in pack.questions:
        answer = sheet.answers.get(question.id, SKIP)
        if answer != SKIP:
            for path in question.option(answer).rules_out:
                reasons.setdefault(path, []).append(question.id)
    return {path: tuple(each) for path, each in reasons.items()}


def _direction(candidate: Track, dimensions: tuple[Dimension, ...]) -> tuple[float, ...]:
    # w t / sqrt(sum w t^2) by way of sqrt(w), which neither overflows nor vanishes for any weight.
    roots = [sqrt(dimension.weight) for dimension in dimensions]
    wanted = [root * candidate.profile.get(each.id, 0.0) / 2 for root, each in zip(roots, dimensions, strict=True)]
    norm = hypot(*wanted)
    return tuple(root * (t / norm) if norm > 0 else 0.0 for root, t in zip(roots, wanted, strict=True))


def _matches(evidence: Evidence, wanted: float, reasons: Mapping[str, tuple[str, ...]]) -> tuple[Match, ...]:
    def order(p: int) -> tuple[int, float, str]:
        return len(reasons.get(evidence.candidates[p].id, ())), -round(evidence.score[p], 9), evidence.candidates[p].id

    places = sorted(range(len(evidence.candidates)), key=order)
    # In the order of the ranking, so that the one in the file changes no digit.
    standing = [p for p in places if evidence.candidates[p].id not in reasons]
    sure = dict(zip(standing, chances(evidence, standing, evidence.wishes.unsure), strict=True))
    worth = evidence.worth
    matches: list[Match] = []
    for p in places:
        path, score = evidence.candidates[p], evidence.score[p]
        ruled_out = reasons.get(path.id, ())
        # With the first of those that share a rank, since ties with the one before could go on without end.
        before = next((match for match in matches if match.rank == matches[-1].rank), None)
        tied = before and len(before.ruled_out) == len(ruled_out) and before.score - score < TIE
        matches.append(
            Match(
                path=path,
                place=p,
                rank=before.rank if before and tied else len(matches) + 1,
                score=score,
                match=min(100.0, max(0.0, 50 + 50 * score / wanted)) if wanted > 0 else 50.0,
                first=sure.get(p, 0.0),
                contributions=_contributions(evidence.wishes, worth[p]),
                answers=_answers(evidence.wishes, worth[p]),
                ruled_out=ruled_out,
            )
        )
    return tuple(matches)


def _contributions(wishes: Wishes, worth: Sequence[float]) -> dict[str, float]:
    # Adding 0.0 turns a negative zero into a plain one.
    return {d.id: each * theta + 0.0 for d, each, theta in zip(wishes.dimensions, worth, wishes.value, strict=True)}


def _answers(wishes: Wishes, worth: Sequence[float]) -> dict[str, float]:
    return {
        reading.question.id: fsum([worth[d] * part for d, part in zip(reading.places, parts, strict=True)]) + 0.0
        for reading, _, parts in wishes.terms
    }
