"""Which known words a mistyped word may have been meant for (rapidfuzz lives only here)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHORT: Final = 4
_LONG: Final = 7


def similar(word: str, vocabulary: Iterable[str]) -> list[str]:
    """Return the words at the smallest distance in single-letter edits and swaps, if that is near enough.

    Near enough is no edit under four letters, one up to six, two from seven on.
    """
    allowed = 0 if len(word) < _SHORT else 1 if len(word) < _LONG else 2
    if not allowed:
        return []
    from rapidfuzz.distance import OSA

    distances = {each: OSA.distance(word, each, score_cutoff=allowed) for each in vocabulary}
    near = min(distances.values(), default=allowed + 1)
    return sorted(each for each, distance in distances.items() if distance == near <= allowed)
