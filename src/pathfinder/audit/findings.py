"""What an audit says: rows with a level, the numbers behind it, what was found and what to change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from pathfinder import __version__
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pathfinder.pack import Pack

Level = Literal["ok", "warning", "error"]

LEVELS: Final[tuple[Level, ...]] = ("ok", "warning", "error")
"""From good to bad."""

CHECKS: Final[Mapping[str, str]] = {
    "reachable": "Some answers put each path first",
    "base-rate": "How often each path comes first",
    "mixture": "No path is a blend of the others",
    "dead-question": "Every question can change the result",
    "straight-liner": "The same option throughout decides nothing",
    "keying": "Agreeing to everything cancels out",
    "ideal": "Each path's ideal person finds it",
    "items": "Questions for each dimension",
    "retest": "The same person, asked twice",
    "balance": "Pros against challenges, with sources",
    "checked": "Claims that can change, last looked at",
}
"""The checks in the order in which they stand, each with its title."""


@value
class CheckRow:
    """One check of one subject, which is the id of a path, "path/track", a question or a dimension.

    `values` are the numbers that the level rests on, `measured` the same for a table; of an audit's rows those whose
    level is "ok" give no `advice`.
    """

    check: str
    subject: str
    level: Level
    values: Mapping[str, float]
    measured: str
    finding: str
    advice: str


@value
class CheckGroup:
    """All rows of one check: `level` is the worst of them, `measured` the values nearest to a limit."""

    check: str
    title: str
    level: Level
    measured: str
    rows: tuple[CheckRow, ...]


@value
class Audit:
    """Every row, check by check. `respondents` is how many simulated people answered twice; `seed` made them."""

    pack: Pack
    rows: tuple[CheckRow, ...]
    respondents: int
    seed: int

    @property
    def level(self) -> Level:
        """The worst level of all rows."""
        return worst(self.rows)

    @property
    def errors(self) -> tuple[CheckRow, ...]:
        """The rows that make the pack unfair."""
        return tuple(row for row in self.rows if row.level == "error")

    @property
    def warnings(self) -> tuple[CheckRow, ...]:
        """The rows that deserve a second look."""
        return tuple(row for row in self.rows if row.level == "warning")

    @property
    def findings(self) -> tuple[CheckRow, ...]:
        """Errors, then warnings."""
        return self.errors + self.warnings

    @property
    def groups(self) -> tuple[CheckGroup, ...]:
        """The rows by check, for a table with a line per check; a check without rows is left out."""
        return tuple(
            _group(check, title, rows)
            for check, title in CHECKS.items()
            if (rows := tuple(row for row in self.rows if row.check == check))
        )

    def to_json(self) -> dict[str, object]:
        """Return the audit as `pathfinder.audit/1`: JSON values only, numbers not rounded."""
        return {
            "schema": "pathfinder.audit/1",
            "pathfinder": __version__,
            "pack": self.pack.identity,
            "level": self.level,
            "errors": len(self.errors),
            "warnings": len(self.warnings),
            "respondents": self.respondents,
            "seed": self.seed,
            "rows": [
                {
                    "check": row.check,
                    "subject": row.subject,
                    "level": row.level,
                    "values": dict(row.values),
                    "finding": row.finding,
                    "advice": row.advice,
                }
                for row in self.rows
            ],
        }


def worst(rows: tuple[CheckRow, ...]) -> Level:
    """Return the worst level of some rows; "ok" for none."""
    return max((row.level for row in rows), key=LEVELS.index, default="ok")


SHOWN: Final = 3
"""How many subjects a group names; the others are counted."""

_NEAREST_TO_A_LIMIT: Final[Mapping[str, Callable[[Mapping[str, float]], float]]] = {
    "reachable": lambda values: values.get("margin", 0.0),
    "base-rate": lambda values: values["share"] / values["low"],
    "dead-question": lambda values: values["flips"],
    "straight-liner": lambda values: -values["first"],
    "keying": lambda values: -abs(values["net"]),
    "ideal": lambda values: values["match"],
    "items": lambda values: values["items"],
    "checked": lambda values: -values["oldest"],
}


def _group(check: str, title: str, rows: tuple[CheckRow, ...]) -> CheckGroup:
    nearness = _NEAREST_TO_A_LIMIT.get(check)
    order = sorted(rows, key=lambda row: (-LEVELS.index(row.level), nearness(row.values) if nearness else 0.0))
    telling = rows if len(rows) <= SHOWN and worst(rows) == "ok" else order[:SHOWN]
    named = "; ".join(f"{each.subject} {each.measured}" for each in telling)
    rest = len(rows) - len(telling)
    return CheckGroup(
        check=check,
        title=title,
        level=worst(rows),
        measured=f"{named}; and {rest} more" if rest else named,
        rows=rows,
    )
