"""Everything known about one answer sheet, as one value.

The terminal, the reports, JSON and saved sessions all read the same `Result`; nothing is worked out twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pathfinder.result import certainty as confidence
from pathfinder.result import explain, scoring
from pathfinder.result.certainty import Verdict
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pathfinder.answers.interview import AnswerSheet
    from pathfinder.pack import Pack
    from pathfinder.result.certainty import Confidence, Note
    from pathfinder.result.explain import Explanation
    from pathfinder.result.scoring import Match, Ranking


class Assessed(NamedTuple):
    """A ranking and how sure it is."""

    ranking: Ranking
    confidence: Confidence


@value
class Result:
    """What a sheet says; `tracks` holds, for each path that has tracks, their own ranking."""

    pack: Pack
    sheet: AnswerSheet
    ranking: Ranking
    confidence: Confidence
    verdict: Verdict
    explanation: Explanation
    tracks: Mapping[str, Assessed]
    notes: tuple[Note, ...]

    @property
    def answered(self) -> int:
        """How many of the pack's questions were answered, skips not counted."""
        return len(self.ranking.evidence.terms)

    @property
    def decided(self) -> bool:
        """Whether the verdict is for one path."""
        return self.verdict in {Verdict.CLEAR, Verdict.LIKELY, Verdict.LEANING}

    @property
    def recommended(self) -> tuple[Match, ...]:
        """Those in the first place and, where a single one is too close to call, its runner-up.

        With the runner-up come those below it that come first at least as often. Nobody where there is no preference
        or too little to go by, however the scores stand.
        """
        leaders = self.ranking.leaders
        if self.verdict in {Verdict.NO_PREFERENCE, Verdict.PROVISIONAL}:
            return ()
        if self.verdict is not Verdict.TOO_CLOSE or len(leaders) > 1:
            return leaders
        leader, second, *others = self.ranking.standing
        often = self.confidence.first
        return (leader, second, *(each for each in others if often[each.place] >= often[second.place]))


def evaluate(pack: Pack, sheet: AnswerSheet) -> Result:
    """Work out everything about a sheet that fits the pack."""
    ranking = scoring.rank(pack, sheet)
    sure = confidence.assess(ranking)
    return Result(
        pack=pack,
        sheet=sheet,
        ranking=ranking,
        confidence=sure,
        verdict=confidence.verdict(ranking, sure),
        explanation=explain.explain(pack, sheet, ranking),
        tracks={each.id: _assessed(scoring.rank(pack, sheet, each.tracks)) for each in pack.paths if each.tracks},
        notes=confidence.notes(pack, sheet, ranking, sure),
    )


def _assessed(ranking: Ranking) -> Assessed:
    return Assessed(ranking, confidence.assess(ranking))
