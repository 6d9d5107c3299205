"""A sheet's result without its explanations: what a cohort needs of each person, by the same functions as `evaluate`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pathfinder.result import certainty, scoring
from pathfinder.result.evaluate import recommended

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pathfinder.answers.interview import AnswerSheet
    from pathfinder.pack import Pack
    from pathfinder.result.certainty import Verdict
    from pathfinder.result.scoring import Match, Ranking


class Assessed(NamedTuple):
    """What a person's answers say: `first` is the path named first, None where nobody is recommended."""

    sheet: AnswerSheet
    ranking: Ranking
    verdict: Verdict
    first: Match | None

    @property
    def contradictory(self) -> bool:
        """Whether the answers scatter like answers picked at random."""
        return self.ranking.evidence.wishes.contradictory

    @property
    def answered(self) -> int:
        """How many questions were answered, skips not counted."""
        return len(self.ranking.evidence.wishes.terms)


def assess_sheet(pack: Pack, sheet: AnswerSheet) -> Assessed:
    """Work out the ranking and the verdict of a sheet that fits the pack."""
    ranking = scoring.rank(pack, sheet)
    verdict = certainty.verdict(pack, ranking)
    named = recommended(ranking, verdict)
    return Assessed(sheet, ranking, verdict, named[0] if named else None)


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


def record(pack: Pack, person: Assessed) -> Mapping[str, str | int | float]:
    """Return what a person's answers say by column, unrounded, as `quiz --json` has it."""
    matches = person.ranking.by_path
    paths = [each.id for each in pack.paths]
    return {
        "first": "" if person.first is None else person.first.path.id,
        "verdict": str(person.verdict),
        **{f"first_{each}": matches[each].first for each in paths},
        **{f"match_{each}": matches[each].match for each in paths},
        "track": "" if person.first is None else _track(pack, person, person.first.path.id),
        "contradictory": int(person.contradictory),
        "answered": person.answered,
    }


def _track(pack: Pack, person: Assessed, path: str) -> str:
    """Return the path's track that its own ranking has first; by the scores alone, which say it ten times faster."""
    tracks = pack.path_by_id[path].tracks
    if not tracks:
        return ""
    score = scoring.weigh(person.ranking.evidence.wishes, tracks).score
    return min(zip(score, tracks, strict=True), key=lambda each: (-round(each[0], 9), each[1].id))[1].id
