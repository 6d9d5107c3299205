"""A result as the JSON of the contract; numbers in it are not rounded for people."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from pathfinder import __version__
from pathfinder.answers import Session
from pathfinder.show.outline import notes
from pathfinder.show.sentences import reason_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pathfinder.answers import BrokenSession, Difference
    from pathfinder.pack import Faq, Pack, Problem
    from pathfinder.result import Result
    from pathfinder.result.answer_changes import Turn
    from pathfinder.result.beside import Beside
    from pathfinder.result.explain import Lead
    from pathfinder.result.scoring import Match, Ranking

SCHEMA: Final = "pathfinder.result/2"


def to_json(result: Result) -> dict[str, Any]:
    """Return the result in the shape of `quiz --json`; numbers are not rounded for people."""
    return {
        "schema": SCHEMA,
        "pathfinder": __version__,
        "pack": result.pack.identity,
        "verdict": str(result.verdict),
        "answered": result.answered,
        "questions": len(result.pack.questions),
        "strength": result.ranking.strength,
        "noise": result.noise,
        "contradictory": result.contradictory,
        "wishes": {name: {"value": each.value, "sd": each.sd} for name, each in result.wishes.items()},
        "ranking": [_match(result, match) for match in result.ranking.matches],
        "against_runner_up": _against(result.explanation.against_runner_up),
        "tipping_points": turn_json(result.pack, result.explanation.tipping),
        "critical_importance": [
            {
                "dimension": threshold.dimension,
                "from": threshold.before,
                "to": threshold.after,
                "makes_first": threshold.makes_first,
            }
            for threshold in result.explanation.critical
        ],
        "notes": list(notes(result)),
    }


def turn_json(pack: Pack, turn: Turn | None) -> list[dict[str, Any]]:
    """Return a set of answer changes as JSON: steps of a scale as numbers, options by id."""
    return [
        {
            "question": change.question,
            "from": _answer(pack, change.question, change.before),
            "to": _answer(pack, change.question, change.after),
            "makes_first": turn.makes_first,
        }
        for turn in ([turn] if turn else ())
        for change in turn.changes
    ]


def _answer(pack: Pack, question: str, option: str) -> str | int:
    return int(option) if pack.question_by_id[question].scale else option


def _match(result: Result, match: Match) -> dict[str, Any]:
    return {
        "path": match.path.id,
        **picked(match, "rank", "score", "match", "first"),
        "ruled_out": reason_words(result.pack, result.sheet, match.ruled_out) or None,
        "contributions": dict(match.contributions),
        "answers": dict(match.answers),
        "tracks": list(_tracks(result.tracks.get(match.path.id))),
    }


def _tracks(ranking: Ranking | None) -> Iterable[dict[str, Any]]:
    for match in ranking.matches if ranking else ():
        yield {"track": match.path.id} | picked(match, "rank", "score", "match", "first")


def _against(comparison: Lead | None) -> dict[str, Any] | None:
    if comparison is None:
        return None
    return {
        "path": comparison.other,
        "margin": comparison.margin,
        "contributions": {part.dimension: part.amount for part in comparison.contributions},
    }


def sessions_json(entries: Sequence[Session | BrokenSession], changed: Mapping[str, bool | None]) -> dict[str, Any]:
    """Return saved quizzes in the shape of `sessions --json`; `changed` says of which ids the pack has changed since."""
    return {"schema": "pathfinder.sessions/1", "sessions": [_entry(entry, changed) for entry in entries]}


def _entry(entry: Session | BrokenSession, changed: Mapping[str, bool | None]) -> dict[str, Any]:
    if not isinstance(entry, Session):
        return {"session": entry.id, "problem": entry.problem}
    return {
        "session": entry.id,
        "created": entry.created.isoformat(),
        "updated": entry.updated.isoformat(),
        "name": entry.name,
        "pack": entry.pack.id,
        "pack_changed": changed.get(entry.id),
        "asked": len(entry.sheet.answers),
        "questions": len(entry.order),
        "finished": entry.finished,
        "verdict": entry.verdict,
        "leader": list(entry.leader) if entry.leader is not None else None,
    }


def diff_json(
    ids: tuple[str, str], changed: Difference, results: tuple[Result, Result], beside: Beside
) -> dict[str, Any]:
    """Return two quizzes and what changed between them in the shape of `sessions diff --json`."""

    def rows(changes: Any) -> list[dict[str, Any]]:
        return [{"what": change.what, "from": change.before, "to": change.after} for change in changes]

    return {
        "schema": "pathfinder.diff/1",
        "sessions": list(ids),
        "answers": rows(changed.answers),
        "importance": rows(changed.importance),
        "ruled_out": rows(changed.ruled_out),
        "lean": rows([changed.lean] if changed.lean else []),
        "margin": {
            "paths": list(beside.pair),
            "from": beside.margins[0],
            "to": beside.margins[1],
            "effects": [asdict(effect) for effect in beside.effects],
            "rest": beside.rest,
        },
        "agreed": {
            "same_answers": beside.alike,
            "both_answered": beside.both_answered,
            "both_want": list(beside.both_want),
            "neither_wants": list(beside.neither_wants),
        },
        "least_loss": {"path": beside.least, "losses": list(beside.losses)},
        "talk": list(beside.talk),
        "before": to_json(results[0]),
        "after": to_json(results[1]),
    }


def check_json(problems: Sequence[Problem]) -> dict[str, Any]:
    """Return the problems of a pack in the shape of `pack check --format json`."""
    return {
        "schema": "pathfinder.check/1",
        "problems": [asdict(problem) for problem in problems],
    }


def faq_json(words: str, topic: str | None, found: Sequence[Faq], nearest: Sequence[str]) -> dict[str, Any]:
    """Return what a search found in the shape of `faq --json`, best first."""
    return {
        "schema": "pathfinder.faq/1",
        "words": words,
        "topic": topic,
        "found": [picked(each, "id", "question", "answer", "topics", "paths", "sources") for each in found],
        "nearest": list(nearest),
    }


def picked(value: object, *names: str) -> dict[str, Any]:
    """Return some fields of a value by their names, lists for tuples."""
    fields = {name: getattr(value, name) for name in names}
    return {name: list(field) if isinstance(field, tuple) else field for name, field in fields.items()}
