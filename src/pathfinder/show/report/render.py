"""Page -> text, through the templates; every value is cleaned and escaped on its way, whatever the template says."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pathfinder.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

TEMPLATES: Final = Path(__file__).parent
CELLS: Final = 10

# Signs that can begin markup anywhere in a line; an escaped ":" or "www." stays out of the bare addresses that some
# renderers turn into links.
_ANYWHERE: Final = re.compile(r"([\\`*_\[\]<>|~&$^{}!#]|:(?=\S)|(?<=www)\.)", re.IGNORECASE)
# GitHub looks for mail addresses when escapes are gone already. No address has a non-joiner, which shows nothing.
_AT: Final = "\u200c@"
# Signs that begin a heading, a list or a rule at the start of a line.
_AT_START: Final = re.compile(r"^(\d{0,9})([+\-.)](?=[\s\-]|$)|=(?=[=\s]|$))")


class Verbatim(str):
    """Markdown that a template may write as it stands."""

    __slots__ = ()


def html_of(template: str, *, styles: Sequence[str] = ("report.css",), **values: object) -> str:
    """Return what a template makes of these values, in these styles, as one HTML file that asks nothing of anywhere."""
    style = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in styles)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_clean_html,
    )
    # The style sheet is ours; its digest in the page's policy keeps any other style from counting.
    drawn = environment.get_template(template).render(**values, style=Markup(style), digest=digest)  # noqa: S704
    return f"{drawn}\n"


def markdown_of(template: str, **values: object) -> str:
    """Return what a template makes of these values, as Markdown."""
    environment = Environment(  # noqa: S701 - HTML's escapes are not Markdown's; `finalize` escapes every value.
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=escape_markdown,
    )
    environment.filters |= {"bar": _bar, "link": _link, "cites": _cites, "verbatim": Verbatim}
    return environment.get_template(template).render(**values).strip() + "\n"


def escape_markdown(value: object) -> str:
    """Return a value as Markdown text on one line that shows as itself and does nothing."""
    if isinstance(value, Verbatim):
        return value
    text = " ".join(one_line(str(value)).split())
    return _AT_START.sub(r"\1\\\2", _ANYWHERE.sub(r"\\\1", text)).replace("@", _AT)


def _clean_html(value: object) -> object:
    return value if isinstance(value, Markup) else clean(str(value))


def _bar(match: float) -> Verbatim:
    cells = round(match / 100 * CELLS)
    return Verbatim("\u2588" * cells + "\u2591" * (CELLS - cells))


def _link(url: str) -> Verbatim:
    # Only for what `web_address` let through: nothing in it can end the brackets.
    return Verbatim(f"<{url}>")


def _cites(numbers: tuple[int, ...]) -> Verbatim:
    return Verbatim("".join(f" \\[{each}\\]" for each in numbers))
