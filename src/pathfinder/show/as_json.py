"""A result as the JSON of the contract; numbers in it are not rounded for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pathfinder import __version__
from pathfinder.show.sentences import note_sentence, reason_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathfinder.pack import Pack
    from pathfinder.result import Assessed, Result
    from pathfinder.result.answer_changes import Turn
    from pathfinder.result.explain import Comparison
    from pathfinder.result.scoring import Match

SCHEMA: Final = "pathfinder.result/1"


def to_json(result: Result) -> dict[str, Any]:
    """Return the result in the shape of `quiz --json`; numbers are not rounded for people."""
    return {
        "schema": SCHEMA,
        "pathfinder": __version__,
        "pack": {
            "id": result.pack.id,
            "version": result.pack.version,
            "fingerprint": result.pack.fingerprint,
        },
        "verdict": str(result.verdict),
        "coverage": result.ranking.coverage,
        "strength": result.ranking.strength,
        "provisional": result.ranking.provisional,
        "ranking": [_match(result, each) for each in result.ranking.matches],
        "against_runner_up": _against(result.explanation.against_runner_up),
        "tipping_points": turn_json(result.pack, result.explanation.tipping),
        "critical_importance": [
            {"dimension": each.dimension, "from": each.before, "to": each.after, "makes_first": each.makes_first}
            for each in result.explanation.critical
        ],
        "notes": [note_sentence(result.pack, each) for each in result.notes],
    }


def turn_json(pack: Pack, turn: Turn | None) -> list[dict[str, Any]]:
    """Return a set of answer changes as JSON: steps of a scale as numbers, options by id."""
    return [
        {
            "question": each.question,
            "from": _answer(pack, each.question, each.before),
            "to": _answer(pack, each.question, each.after),
            "makes_first": turn.makes_first,
        }
        for turn in ([turn] if turn else ())
        for each in turn.changes
    ]


def _answer(pack: Pack, question: str, option: str) -> str | int:
    return int(option) if pack.question_by_id[question].scale else option


def _match(result: Result, match: Match) -> dict[str, Any]:
    return {
        "path": match.path.id,
        "rank": match.rank,
        "score": match.score,
        "match": match.match,
        "first": result.confidence.first[match.place],
        "ruled_out": reason_words(result.pack, result.sheet, match.ruled_out) or None,
        "contributions": dict(match.contributions),
        "tracks": list(_tracks(result.tracks.get(match.path.id))),
    }


def _tracks(assessed: Assessed | None) -> Iterable[dict[str, Any]]:
    for each in assessed.ranking.matches if assessed else ():
        first = assessed.confidence.first[each.place] if assessed else 0.0
        yield {"track": each.path.id, "rank": each.rank, "score": each.score, "match": each.match, "first": first}


def _against(comparison: Comparison | None) -> dict[str, Any] | None:
    if comparison is None:
        return None
    return {
        "path": comparison.other,
        "margin": comparison.margin,
        "contributions": {each.dimension: each.amount for each in comparison.contributions},
    }
