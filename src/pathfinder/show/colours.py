"""One colour for a path, the same in every table, chart and page; a name or a shape always says it too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathfinder.pack import Pack, Track

TERMINAL: Final = ("color(32)", "color(130)", "color(29)", "color(133)", "color(100)")
"""Blue, brown, green, purple and olive of about one luminance: 4:1 or so on white and on black.

The page has the same hues in its style sheet, as `--c0` to `--c4`.
"""


def colour_number(pack: Pack, path: Track) -> int:
    """Return which colour a path has, by its place in the pack; a track has that of its path."""
    for place, each in enumerate(pack.paths):
        if path.id == each.id or path in each.tracks:
            return place % len(TERMINAL)
    return 0


def terminal_colour(pack: Pack, path: Track) -> str:
    """Return the style in which Rich draws a path."""
    return TERMINAL[colour_number(pack, path)]
