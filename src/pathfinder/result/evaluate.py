"""Everything known about one answer sheet, as one value.

The terminal, the reports, JSON and saved sessions all read the same `Result`; nothing is worked out twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathfinder.result import certainty, scoring
from pathfinder.result.certainty import Verdict
from pathfinder.result.explain import explain
from pathfinder.result.wishes import wishes_by_id
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pathfinder.answers.interview import AnswerSheet
    from pathfinder.pack import Pack
    from pathfinder.result.certainty import Note
    from pathfinder.result.explain import Explanation
    from pathfinder.result.scoring import Match, Ranking
    from pathfinder.result.wishes import Wish

DECIDED = frozenset({Verdict.CLEAR, Verdict.LIKELY, Verdict.LEANING})


@value
class Result:
    """What a sheet says.

    `wishes` are by dimension, `tracks` hold the own ranking of each recommended path that has any. `noise` is how much
    the answers scatter, 1 being usual; `contradictory` says that they scatter like answers picked at random.
    """

    pack: Pack
    sheet: AnswerSheet
    ranking: Ranking
    verdict: Verdict
    explanation: Explanation
    tracks: Mapping[str, Ranking]
    notes: tuple[Note, ...]
    wishes: Mapping[str, Wish]
    noise: float
    contradictory: bool

    @property
    def answered(self) -> int:
        """How many of the pack's questions were answered, skips not counted."""
        return len(self.ranking.evidence.wishes.terms)

    @property
    def decided(self) -> bool:
        """Whether the verdict is for one path."""
        return self.verdict in DECIDED

    @property
    def recommended(self) -> tuple[Match, ...]:
        """Those that the verdict names."""
        return recommended(self.ranking, self.verdict)


def evaluate(pack: Pack, sheet: AnswerSheet) -> Result:
    """Work out everything about a sheet that fits the pack."""
    ranking = scoring.rank(pack, sheet)
    said = certainty.verdict(pack, ranking)
    wishes = ranking.evidence.wishes
    tracks = {each.path.id: pack.path_by_id[each.path.id].tracks for each in recommended(ranking, said)}
    return Result(
        pack=pack,
        sheet=sheet,
        ranking=ranking,
        verdict=said,
        explanation=explain(pack, ranking),
        tracks={path: scoring.rank_by(wishes, each) for path, each in tracks.items() if each},
        notes=tuple(certainty.notes_on(ranking)),
        wishes=wishes_by_id(wishes),
        noise=wishes.noise,
        contradictory=wishes.contradictory,
    )


def recommended(ranking: Ranking, verdict: Verdict) -> tuple[Match, ...]:
    """Return those in the first place and, where a single one is too close to call, its runner-up.

    With the runner-up come those below it that come first at least as often. Nobody where there is no preference
    or too little to go by, however the scores stand.
    """
    leaders = ranking.leaders
    if verdict in {Verdict.NO_PREFERENCE, Verdict.PROVISIONAL}:
        return ()
    if verdict is not Verdict.TOO_CLOSE or len(leaders) > 1:
        return leaders
    leader, second, *others = ranking.standing
    return (leader, second, *(each for each in others if each.first >= second.first))
