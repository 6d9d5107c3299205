"""A pack's questionnaire for survey tools, and for paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathfinder.cohort.forms import asked, limesurvey, one_csv, redcap, xlsform
from pathfinder.cohort.workbook import workbook
from pathfinder.errors import UsageError
from pathfinder.files import NOT_OURS, is_free, is_unchanged, reason, signed, write_private
from pathfinder.text import one_line

if TYPE_CHECKING:
    from pathlib import Path

    from pathfinder.pack import Pack


def form(pack: Pack, tool: str) -> str:
    """Return the questionnaire as one text: CSV for "redcap" and "xlsform", tabs for "limesurvey", a page for "html"."""
    if tool == "html":
        from pathfinder.show.report.render import html_of

        questions = list(asked(pack))
        steps = next((list(question.choices.values()) for question in questions if question.scale), [])
        return html_of("paper.html.j2", styles=("paper.css",), pack=pack, questions=questions, steps=steps)
    if tool == "xlsform":
        return one_csv(xlsform(pack))
    return redcap(pack) if tool == "redcap" else limesurvey(pack)


def write_form(pack: Pack, tool: str, path: Path) -> None:
    """Write the questionnaire in one step, an XLSForm as a workbook when the name ends in .xlsx; raises UsageError."""
    if path.suffix.lower() == ".xlsx":
        if tool != "xlsform":
            raise UsageError(f"only --to xlsform is a workbook; give {one_line(str(path))} another ending")
        content = workbook(xlsform(pack))
    else:
        text = form(pack, tool)
        content = signed(text) if tool == "html" else text.encode()
    try:
        # A table has no place for a sign of who wrote it.
        if not is_free(path, lambda there: there == content or is_unchanged(there)):
            raise UsageError(f"{one_line(str(path))} {NOT_OURS}")
        write_private(path, content)
    except (OSError, ValueError) as error:
        raise UsageError(f"{one_line(str(path))} cannot be written: {reason(error)}") from None
