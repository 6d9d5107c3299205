"""The page about a cohort: one self-contained HTML file, or Markdown."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pathfinder.show.report import write_text
from pathfinder.show.report.render import TEMPLATES, escape_markdown
from pathfinder.text import clean

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from pathfinder.show.cohort import Page


def write_group(page: Page, path: Path, day: date, lang: str) -> None:
    """Write the page, HTML or Markdown by the end of the name, in one step; raises UsageError of one line."""
    write_text(path, to_html(page, day, lang) if path.suffix.lower() == ".html" else to_markdown(page, day))


def to_html(page: Page, day: date, lang: str) -> str:
    """Return the whole page: no script, no request to anywhere, every text escaped."""
    style = "".join((TEMPLATES / each).read_text(encoding="utf-8") for each in ("report.css", "group.css"))
    digest = b64encode(sha256(style.encode()).digest()).decode()
    template = environment(html=True).get_template("group.html.j2")
    return template.render(page=page, day=day.isoformat(), lang=lang, style=Markup(style), digest=digest) + "\n"  # noqa: S704 - the style sheet is ours


def to_markdown(page: Page, day: date) -> str:
    """Return the page as CommonMark with pipe tables, every text escaped."""
    template = environment(html=False).get_template("group.md.j2")
    return template.render(page=page, day=day.isoformat()).strip() + "\n"


def environment(*, html: bool) -> Environment:
    """Return what fills templates; every value is cleaned and escaped on its way, whatever the template says."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # HTML's escapes are not Markdown's; there `finalize` escapes every value.
        autoescape=html,  # noqa: S701
        finalize=_clean_html if html else escape_markdown,
    )


def _clean_html(value: object) -> object:
    return value if isinstance(value, Markup) else clean(str(value))
