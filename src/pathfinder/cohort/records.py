"""What a cohort writes about each person: the columns of a result, and a result as one line of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathfinder.result import scoring

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pathfinder.pack import Pack
    from pathfinder.result import Result


def result_columns(pack: Pack) -> dict[str, type[str | int | float]]:
    """Return the columns of a result and what each holds."""
    paths = [each.id for each in pack.paths]
    return {
        "first": str,
        "verdict": str,
        **{f"first_{each}": float for each in paths},
        **{f"match_{each}": float for each in paths},
        "track": str,
        "contradictory": int,
        "answered": int,
    }


def record(person: Result) -> Mapping[str, str | int | float]:
    """Return what a person's answers say by column, unrounded, as `quiz --json` has it."""
    matches = person.ranking.by_path
    paths = [each.id for each in person.pack.paths]
    return {
        "first": "" if person.first is None else person.first.path.id,
        "verdict": str(person.verdict),
        **{f"first_{each}": matches[each].first for each in paths},
        **{f"match_{each}": matches[each].match for each in paths},
        "track": "" if person.first is None else _track(person, person.first.path.id),
        "contradictory": int(person.contradictory),
        "answered": person.answered,
    }


def _track(person: Result, path: str) -> str:
    """Return the path's track that its own ranking has first; by the scores alone, which say it ten times faster."""
    tracks = person.pack.path_by_id[path].tracks
    if not tracks:
        return ""
    score = scoring.weigh(person.ranking.evidence.wishes, tracks).score
    return min(zip(score, tracks, strict=True), key=lambda each: (-round(each[0], 9), each[1].id))[1].id
