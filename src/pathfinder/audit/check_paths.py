"""The checks of paths and tracks: can each come first, how often, is it a blend, does its person find it."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Final

from pathfinder.audit.blends import gap
from pathfinder.audit.findings import CheckRow, Level
from pathfinder.audit.model import extreme, ideal
from pathfinder.audit.reach import reach
from pathfinder.result.certainty import Verdict, verdict
from pathfinder.result.scoring import TIE, rank
from pathfinder.text import percent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pathfinder.audit.crowd import Crowd, Estimate
    from pathfinder.audit.model import Model
    from pathfinder.audit.reach import Reach

RATES: Final = (0.25, 0.5, 1.75)
"""Of an equal share: below the first is an error, outside the other two a warning."""

GAPS: Final = (0.3, 0.6)
"""Distances from the blends of the others: below the first is an error, below the second a warning."""

MOST_PATHS_FOR_GAPS: Final = 5

STRAIGHT: Final[Mapping[Verdict, Level]] = {Verdict.CLEAR: "error", Verdict.LIKELY: "warning"}
"""What it means when the same option throughout gets this verdict."""

IDEAL_MATCH: Final = 90.0
IDEAL_FIRST: Final = 0.9
RETEST: Final = 0.8
SAME_WINNER: Final = 0.7


def reachable(model: Model, progress: Callable[[float], None]) -> Iterator[CheckRow]:
    """Check that some complete sheet puts each path first, and each track first within its path."""
    ids = [path.id for path in model.candidates]
    groups: list[tuple[str, tuple[int, ...]]] = [("", tuple(range(model.paths)))]
    groups += [(f"{path.id}/", places) for path, places in zip(model.pack.paths, model.tracks, strict=True)]
    done = 0
    for prefix, group in groups:
        if len(group) > 1:
            gain = [[[row[c] for c in group] for row in options] for options in model.gain]
            for place, c in enumerate(group):
                found = reach(gain, place, None if prefix else model.excludes)
                yield _reachable(prefix + ids[c], [ids[r] for r in group], found)
                done += 1
                progress(done / len(ids))


def _reachable(subject: str, ids: list[str], found: Reach) -> CheckRow:
    values = {"margin": found.margin, "bound": found.bound}
    values |= {f"mixture.{rival}": share for rival, share in zip(ids, found.mixture, strict=True) if share > TIE}
    blend = mixture(ids, found.mixture)
    advice = f"Give {subject} a demand of its own: a dimension on which it stands apart from {_others(ids, found)}."
    level: Level = "error"
    if found.possible:
        level, finding = "ok", f"Some answers put {subject} first."
    elif found.possible is None:
        level, finding = "warning", f"No answers that put {subject} first were found, and no proof that there are none."
    elif found.bound > TIE:
        finding = f"No complete set of answers puts {subject} first; all were gone through."
    elif isfinite(found.bound):
        finding = f"No complete set of answers puts {subject} first: {blend} always scores at least as much."
    else:
        finding = f"Every answer to some question rules {subject} out."
        advice = "Let one option of each question leave it in."
    return CheckRow(
        check="reachable",
        subject=subject,
        level=level,
        values={name: each for name, each in values.items() if isfinite(each)},
        measured=f"leads by up to {found.margin:.2f}" if found.possible else "never first" if blend else "excluded",
        finding=finding,
        advice=advice,
    )


def mixture(ids: Sequence[str], amounts: Sequence[float]) -> str:
    """Return a blend in words, largest part first: "a mix of 62% this and 38% that"; "" for none."""
    total = sum(amounts)
    parts = sorted(((a / total, name) for a, name in zip(amounts, ids, strict=True) if a > TIE), reverse=True)
    if len(parts) == 1:
        return parts[0][1]
    return "a mix of " + " and ".join(f"{share:.0%} {name}" for share, name in parts) if parts else ""


def _others(ids: Sequence[str], found: Reach) -> str:
    return " and ".join(name for name, part in zip(ids, found.mixture, strict=True) if part > TIE) or "the others"


def base_rates(model: Model, crowd: Crowd) -> Iterator[CheckRow]:
    """Check how often each path comes first, and each track among the people whose path comes first."""
    for path, share in zip(model.pack.paths, crowd.first, strict=True):
        yield _base_rate(path.id, share, model.paths, "error")
    for path, shares in zip(model.pack.paths, crowd.within, strict=True):
        if len(shares) > 1:
            for track, share in zip(path.tracks, shares, strict=True):
                # A rare track leaves its path standing, so it is never an error.
                yield _base_rate(f"{path.id}/{track.id}", share, len(shares), "warning")


def _base_rate(subject: str, share: Estimate, rivals: int, gravest: Level) -> CheckRow:
    never, low, high = (each / rivals for each in RATES)
    level: Level = "ok"
    advice = f"Lower the levels that {subject} shares with what most answers favour, or sharpen the others."
    if share.value < low:
        level = gravest if share.value < never else "warning"
        advice = f"Give {subject} stronger levels where it stands alone, or ask more about what only it offers."
    elif share.value > high:
        level = "warning"
    return CheckRow(
        check="base-rate",
        subject=subject,
        level=level,
        values={"share": share.value, "error": share.error, "low": low, "high": high},
        measured=percent(share.value),
        finding=f"{subject} comes first for {percent(share.value)} of simulated people (± {100 * share.error:.1f}); "
        f"{percent(low)} to {percent(high)} is fair.",
        advice=advice,
    )


def blends(model: Model) -> Iterator[CheckRow]:
    """Check that no path's profile is nearly a blend of the others; up to five paths, more blend by necessity."""
    if not 1 < model.paths <= MOST_PATHS_FOR_GAPS:
        return
    roots = [dimension.weight**0.5 for dimension in model.pack.dimensions]
    # c over sqrt(w) has length 1, and c_p is a blend of the other c exactly when this is one of theirs.
    units = [[c / root for c, root in zip(row, roots, strict=True)] for row in model.profile[: model.paths]]
    for p, path in enumerate(model.pack.paths):
        rivals = [r for r in range(model.paths) if r != p]
        distance, amounts = gap(units[p], [units[r] for r in rivals])
        ids = [model.pack.paths[r].id for r in rivals]
        level: Level = "error" if distance < GAPS[0] else "warning" if distance < GAPS[1] else "ok"
        nearest = mixture(ids, amounts) or "nothing like it"
        yield CheckRow(
            check="mixture",
            subject=path.id,
            level=level,
            values={"distance": distance} | {f"mixture.{name}": each for name, each in zip(ids, amounts, strict=True)},
            measured=f"{distance:.2f}",
            finding=f"{path.id} is {distance:.2f} away from the nearest blend of the others: {nearest}.",
            advice=f"Give {path.id} demands that neither part of the blend has, of level 1.5 or 2.",
        )


def ideals(model: Model) -> Iterator[CheckRow]:
    """Check that a person who wants exactly what a path is gets it, with certainty."""
    for p, path in enumerate(model.pack.paths):
        ranking = rank(model.pack, model.sheet(ideal(model, p)))
        match, first = next((match.match, match.first) for match in ranking.matches if match.place == p)
        rival = next((match.path.id for match in ranking.standing if match.place != p), "the others")
        fine = match >= IDEAL_MATCH and first >= IDEAL_FIRST
        yield CheckRow(
            check="ideal",
            subject=path.id,
            level="ok" if fine else "warning",
            values={"match": match, "first": first},
            measured=f"{match:.0f}%",
            finding=f"Whoever wants exactly {path.id} matches it by {match:.0f}% and gets it first with P = {first:.2f}.",
            advice=f"Ask about every dimension of {path.id}'s profile, and offer options near its levels."
            if match < IDEAL_MATCH
            else f"Set the profiles of {path.id} and {rival} further apart, or ask more about where they differ.",
        )


def straight_liners(model: Model) -> Iterator[CheckRow]:
    """Check that choosing the same place throughout does not make a path look certain."""
    for end in ("first", "last", "middle"):
        ranking = rank(model.pack, model.sheet(extreme(model, end)))
        said = verdict(model.pack, ranking)
        most = max(ranking.matches, key=lambda each: each.first)
        level, name, first = STRAIGHT.get(said, "ok"), most.path.id, most.first
        yield CheckRow(
            check="straight-liner",
            subject=f"always {end}",
            level=level,
            values={"first": first},
            measured=str(said),
            finding=f"The {end} option throughout gives the verdict {said}, {name} first with P = {first:.2f}.",
            advice=f"Vary the order of options, so that what favours {name} stands in all places.",
        )


def retest(crowd: Crowd, pack_id: str) -> Iterator[CheckRow]:
    """Check that a simulated person who takes the quiz twice gets the same result."""
    r, same = min(crowd.correlation), crowd.same
    fine = r >= RETEST and same.value >= SAME_WINNER
    yield CheckRow(
        check="retest",
        subject=pack_id,
        level="ok" if fine else "warning",
        values={"r": r, "same": same.value, "error": same.error},
        measured=f"r = {r:.2f}, same first {percent(same.value)}",
        finding=f"Asked twice, simulated people get the same path in {percent(same.value)} (± {100 * same.error:.1f}); "
        f"scores correlate by {r:.2f} at least.",
        advice="Ask more questions (20 to 30, three for each dimension) or set the profiles further apart.",
    )


def borderline(crowd: Crowd) -> bool:
    """Tell whether noise could decide a verdict on base rates or on the retest."""
    near = crowd.same.near(SAME_WINNER) or any(
        abs(r - RETEST) < 3 * (1 - r * r) / crowd.people**0.5 for r in (min(crowd.correlation),)
    )
    shares = [(share, crowd.model.paths) for share in crowd.first]
    shares += [(share, len(row)) for row in crowd.within if len(row) > 1 for share in row]
    return near or any(share.near(limit / rivals) for share, rivals in shares for limit in RATES)
