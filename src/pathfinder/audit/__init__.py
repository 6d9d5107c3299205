"""Is the pack itself fair? Every check of a pack's paths and questions, with what to change.

The checks and their limits were found by simulation; they say what a pack does to simulated people, and
nothing about real ones. Rows stand in the order of `findings.CHECKS`, and the same pack gives the same rows.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final

from pathfinder.audit import check_content as content
from pathfinder.audit import check_dates as dates
from pathfinder.audit import check_paths as paths
from pathfinder.audit.crowd import Crowd
from pathfinder.audit.findings import CHECKS, LEVELS, Audit, Group, Level, Row
from pathfinder.audit.model import model

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from pathfinder.audit.model import Model
    from pathfinder.pack import Pack

__all__ = ["CHECKS", "LEVELS", "Audit", "Group", "Level", "Row", "audit"]

SEED: Final = 20_240_229
BATCH: Final = 1000
LEAST_PEOPLE: Final = 4000
MOST_PEOPLE: Final = 12_000


def audit(pack: Pack, progress: Callable[[float], None] | None = None, *, day: date | None = None) -> Audit:
    """Audit a valid pack; `progress` gets the share of the work done, 0..1, never falling.

    On which `day` tells how old dated claims are; without it nothing is said about them.
    """
    tell = progress or (lambda _: None)
    taken = model(pack)
    rows = list(paths.reachable(taken, lambda share: tell(0.2 * share)))
    crowd = _crowd(taken, lambda share: tell(0.2 + 0.8 * share))
    rows += paths.base_rates(taken, crowd)
    rows += paths.blends(taken)
    rows += content.dead_questions(taken, crowd)
    rows += paths.straight_liners(taken)
    rows += content.keying(taken)
    rows += paths.ideals(taken)
    rows += content.items(pack)
    rows += paths.retest(crowd, pack.id)
    rows += content.balance(pack)
    rows += dates.checked(pack, day) if day else ()
    tell(1.0)
    return Audit(pack=pack, rows=tuple(rows), respondents=crowd.people, seed=SEED)


def _crowd(taken: Model, progress: Callable[[float], None]) -> Crowd:
    # More people than the first are asked only
    # while some estimate stands so near to a limit that noise could decide its verdict.
    crowd = Crowd(taken, Random(SEED))  # noqa: S311 - repeatable on purpose, and no secret
    while crowd.people < LEAST_PEOPLE or (crowd.people < MOST_PEOPLE and paths.borderline(crowd)):
        crowd.draw(BATCH, flips=crowd.people < LEAST_PEOPLE)
        progress(crowd.people / MOST_PEOPLE)
    return crowd
