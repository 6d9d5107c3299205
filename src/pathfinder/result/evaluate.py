"""Everything known about one answer sheet, as one value.

The terminal, the reports, JSON, saved sessions and cohorts all read the same `Result`; nothing is worked out twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pathfinder.result import certainty, scoring
from pathfinder.result.certainty import Verdict
from pathfinder.result.explain import explain
from pathfinder.result.wishes import wishes_by_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pathfinder.answers.interview import AnswerSheet
    from pathfinder.pack import Pack
    from pathfinder.result.certainty import Note
    from pathfinder.result.explain import Explanation
    from pathfinder.result.scoring import Match, Ranking
    from pathfinder.result.wishes import Wish

DECIDED = frozenset({Verdict.CLEAR, Verdict.LIKELY, Verdict.LEANING})


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a sheet says; what not everybody asks for is worked out when somebody does, and once."""

    pack: Pack
    sheet: AnswerSheet
    ranking: Ranking
    verdict: Verdict

    @cached_property
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
        return (leader, second, *(each for each in others if each.first >= second.first))

    @property
    def first(self) -> Match | None:
        """The path that is named first, None where nobody is recommended."""
        return self.recommended[0] if self.recommended else None

    @property
    def decided(self) -> bool:
        """Whether the verdict is for one path."""
        return self.verdict in DECIDED

    @property
    def answered(self) -> int:
        """How many of the pack's questions were answered, skips not counted."""
        return len(self.ranking.evidence.wishes.terms)

    @property
    def noise(self) -> float:
        """How much the answers scatter: 0 or more, 1 being usual."""
        return self.ranking.evidence.wishes.noise

    @property
    def contradictory(self) -> bool:
        """Whether the answers scatter like answers picked at random."""
        return self.ranking.evidence.wishes.contradictory

    @cached_property
    def wishes(self) -> Mapping[str, Wish]:
        """What the person wants, by dimension."""
        return wishes_by_id(self.ranking.evidence.wishes)

    @cached_property
    def explanation(self) -> Explanation:
        """Why the ranking is what it is, and what would change it."""
        return explain(self.pack, self.ranking)

    @cached_property
    def tracks(self) -> Mapping[str, Ranking]:
        """The own ranking of each recommended path that has tracks, by the path."""
        wishes = self.ranking.evidence.wishes
        tracks = {match.path.id: self.pack.path_by_id[match.path.id].tracks for match in self.recommended}
        return {path: scoring.rank_by(wishes, each) for path, each in tracks.items() if each}

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """What else ought to be said."""
        return tuple(certainty.notes_on(self.ranking))


def evaluate(pack: Pack, sheet: AnswerSheet) -> Result:
    """Return the result of a sheet that fits the pack."""
    ranking = scoring.rank(pack, sheet)
    return Result(pack=pack, sheet=sheet, ranking=ranking, verdict=certainty.verdict(pack, ranking))
