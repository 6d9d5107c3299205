"""A page of Markdown on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markdown import Markdown, TableDataElement
from rich.theme import Theme

from pathfinder.show.terminal.canvas import HEADING, LABEL, READING_WIDTH
from pathfinder.show.terminal.pager import show_page

if TYPE_CHECKING:
    from rich.console import JustifyMethod

    from pathfinder.show.terminal.canvas import Canvas

# Rich's own styles for code are made for black backgrounds.
_STYLES = Theme({"markdown.code": LABEL, "markdown.h1": HEADING, "markdown.h2": HEADING, "markdown.h3": HEADING})


class _Cell(TableDataElement):
    """A cell whose words are broken rather than cut where its column is too narrow for them."""

    def __init__(self, justify: JustifyMethod) -> None:
        super().__init__(justify)
        self.content.overflow = "fold"


class _Page(Markdown):
    elements = Markdown.elements | {"th_open": _Cell, "td_open": _Cell}


def print_markdown(text: str) -> None:
    """Print Markdown laid out for the terminal's width; without escape codes where it will be heard."""
    show_page(lambda drawn: _draw(drawn, text))


def _draw(drawn: Canvas, text: str) -> None:
    with drawn.use_theme(_STYLES):
        drawn.print(_Page(text, code_theme="ansi_light"), width=min(drawn.width, READING_WIDTH))
