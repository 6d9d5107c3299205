"""Is the pack itself fair? Every check of a pack's paths and questions, with what to change.

The checks and their limits were found by simulation; they say what a pack does to simulated people, and
nothing about real ones. Rows stand in the order of `findings.CHECKS`, and the same pack gives the same rows.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Final

from pathfinder.audit import check_content, check_dates, check_paths
from pathfinder.audit.crowd import Crowd
from pathfinder.audit.findings import CHECKS, LEVELS, Audit, CheckGroup, CheckRow, Level
from pathfinder.audit.model import model

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from pathfinder.audit.model import Model
    from pathfinder.pack import Pack

__all__ = ["CHECKS", "LEVELS", "Audit", "CheckGroup", "CheckRow", "Level", "audit"]

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
    rows = list(check_paths.reachable(taken, lambda share: tell(0.2 * share)))
    crowd = _crowd(taken, lambda share: tell(0.2 + 0.8 * share))
    rows += check_paths.base_rates(taken, crowd)
    rows += check_paths.blends(taken)
    rows += check_content.dead_questions(taken, crowd)
    rows += check_paths.straight_liners(taken)
    rows += check_content.keying(taken)
    rows += check_paths.ideals(taken)
    rows += check_content.items(pack)
    rows += check_paths.retest(crowd, pack.id)
    rows += check_content.balance(pack)
    rows += check_dates.checked(pack, day) if day else ()
    tell(1.0)
    shown = tuple(replace(row, advice="") if row.level == "ok" else row for row in rows)
    return Audit(pack=pack, rows=shown, respondents=crowd.people, seed=SEED)


def _crowd(taken: Model, progress: Callable[[float], None]) -> Crowd:
    # More people than the first are asked only
    # while some estimate stands so near to a limit that noise could decide its verdict.
    crowd = Crowd(taken, Random(SEED))  # noqa: S311 - repeatable on purpose, and no secret
    while crowd.people < LEAST_PEOPLE or (crowd.people < MOST_PEOPLE and check_paths.borderline(crowd)):
        crowd.draw(BATCH, flips=crowd.people < LEAST_PEOPLE)
        progress(crowd.people / MOST_PEOPLE)
    return crowd
