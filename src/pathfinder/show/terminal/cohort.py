"""A cohort on screen: its tables one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathfinder.show.terminal.canvas import console, headline, paragraph, records, section

if TYPE_CHECKING:
    from pathfinder.show.cohort import CohortPage


def print_cohort(page: CohortPage, *, spoken: bool) -> None:
    """Print what is said about a cohort."""
    drawn = console(spoken=spoken)
    headline(drawn, page.lead)
    for each in page.basis:
        paragraph(drawn, each)
    for part in page.sections:
        section(drawn, part.title, part.note)
        records(drawn, part.heads, part.rows)
        for each in part.below:
            paragraph(drawn, each)
