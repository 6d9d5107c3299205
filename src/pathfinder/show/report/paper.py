"""A pack's questionnaire as a page to print and to fill in by hand."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from markupsafe import Markup

from pathfinder.cohort.forms import asked
from pathfinder.show.report.group import environment
from pathfinder.show.report.render import TEMPLATES

if TYPE_CHECKING:
    from pathfinder.pack import Pack


def to_html(pack: Pack) -> str:
    """Return the whole page: no script, no request to anywhere, every text escaped."""
    style = (TEMPLATES / "paper.css").read_text(encoding="utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    questions = list(asked(pack))
    steps = next((list(each.choices.values()) for each in questions if each.scale), [])
    template = environment(html=True).get_template("paper.html.j2")
    return template.render(pack=pack, questions=questions, steps=steps, style=Markup(style), digest=digest) + "\n"  # noqa: S704 - the style sheet is ours
