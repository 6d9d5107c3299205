"""What is said about a result, decided once: the terminal, the page, Markdown and JSON only draw it.

What a result does not bear is withheld here. Without a preference, or with too little to go by, there are no reasons, no
marks, no tracks and no next steps; with one path left nothing is compared; with a tie or a close result no one wins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pathfinder.result.certainty import WEAK, Verdict
from pathfinder.show.changing import change, help_for
from pathfinder.show.colours import colour_number
from pathfinder.show.parts import Glance, Headed, Line, Outline, Portrait, Standing, Steps
from pathfinder.show.reasons import against, fits
from pathfinder.show.sentences import LIMITS, capital, hunch, reason_words, remarks, verdict_words
from pathfinder.show.wanting import Wants, plain_line
from pathfinder.text import several

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathfinder.pack import Faq, Track
    from pathfinder.result import Result
    from pathfinder.result.scoring import Match, Ranking

PORTRAITS: Final = 4
"""So many paths are told with pros and challenges where nothing is decided."""

PAIR: Final = 2
BESIDE: Final = 3
"""So many paths too close to call stand beside each other."""

GLANCED: Final = 4
"""So many headlines stand in a column of the first screen at most."""

FITTING_FAQ: Final = 5


def outline(result: Result) -> Outline:
    """Return what is said about a result."""
    wants = Wants(result)
    portraits = _portraits(result, wants)
    said = verdict_words(result)
    return Outline(
        said=said,
        wants=wants.sentence() if result.recommended else None,
        wanted=wants.wanted() if result.recommended else None,
        basis=f"{result.answered} of {several(len(result.pack.questions), 'question')} answered",
        remarks=remarks(result),
        help=help_for(result),
        ranking=_standings(result, result.ranking, named=result.decided),
        glance=_glance(result, portraits),
        fits=fits(result),
        against=against(result),
        change=change(result),
        portraits=portraits,
        tracks=tuple(
            Headed(name=match.path.name, tracks=_standings(result, result.tracks[match.path.id], named=False))
            for match in result.recommended
            if match.path.id in result.tracks
        ),
        steps=tuple(_steps(match.path) for match in result.recommended if match.path.next_steps),
        hunch=hunch(result),
        limits=LIMITS,
    )


def notes(result: Result) -> tuple[str, ...]:
    """Return every remark, with what helps where the result is not decided, for JSON."""
    found = help_for(result)
    return (*remarks(result), *([found.text] if found else ()))


def fitting_entries(result: Result) -> tuple[Faq, ...]:
    """Return the FAQ entries about the paths that the result names, those about fewest paths first."""
    named = {match.path.id for match in result.recommended}
    found = [entry for entry in result.pack.faq if named & set(entry.paths)]
    return tuple(sorted(found, key=lambda each: len(each.paths))[:FITTING_FAQ])


def _standings(result: Result, ranking: Ranking, *, named: bool) -> tuple[Standing, ...]:
    ranks = [match.rank for match in ranking.standing]
    unclear = result.verdict is Verdict.NO_PREFERENCE and result.ranking.strength < WEAK
    order = {each.id: place for place, each in enumerate(result.pack.paths)} if unclear else {}

    def standing(each: Match) -> Standing:
        return Standing(
            path=each.path.id,
            rank="" if each.ruled_out or unclear else f"{each.rank}" + ("=" if ranks.count(each.rank) > 1 else ""),
            name=each.path.name,
            summary=each.path.summary,
            match=None if unclear else each.match,
            colour=colour_number(result.pack, each.path),
            reason=reason_words(result.pack, result.sheet, each.ruled_out),
            leads=named and not each.ruled_out and each.rank == 1,
            best_as=_best_track(result, each.path) if named and each.rank == 1 and not each.ruled_out else "",
        )

    found = sorted(ranking.matches, key=lambda each: (bool(each.ruled_out), order.get(each.path.id, 0)))
    return tuple(standing(each) for each in found)


def _best_track(result: Result, path: Track) -> str:
    tracks = result.tracks.get(path.id)
    return tracks.leaders[0].path.name if tracks and len(tracks.leaders) == 1 else ""


def _portraits(result: Result, wants: Wants) -> tuple[Portrait, ...]:
    if not result.recommended:
        standing = {match.path.id for match in result.ranking.standing}
        paths: Sequence[Track] = [path for path in result.pack.paths if path.id in standing][:PORTRAITS]
        return tuple(each for each in (_portrait(result, None, path) for path in paths) if each)
    told = result.recommended if result.verdict is Verdict.TOO_CLOSE else result.ranking.standing[:PAIR]
    return tuple(each for each in (_portrait(result, wants, match.path) for match in told) if each)


def _portrait(result: Result, wants: Wants | None, path: Track) -> Portrait | None:
    if not path.pros and not path.challenges:
        return None
    if wants is None:
        pros, challenges = tuple(map(plain_line, path.pros)), tuple(map(plain_line, path.challenges))
    else:
        pros = wants.lines(path, path.pros, challenges=False)
        challenges = wants.lines(path, path.challenges, challenges=True)
    colour = colour_number(result.pack, path)
    return Portrait(path=path.id, name=path.name, colour=colour, pros=pros, challenges=challenges)


def _glance(result: Result, portraits: Sequence[Portrait]) -> Glance | None:
    """Return why the first path fits and what to watch or, where two are too close to call, the best of both."""
    if not result.recommended or not portraits:
        return None
    if result.decided:
        first = portraits[0]
        titles = ("Why it fits", "What to watch")
        return Glance(titles=titles, columns=(_signed("+", first.pros), _signed("-", first.challenges)))
    half = GLANCED // 2
    return Glance(
        titles=tuple(portrait.name for portrait in portraits[:BESIDE]),
        columns=tuple(
            (*_signed("+", portrait.pros)[:half], *_signed("-", portrait.challenges)[:half])
            for portrait in portraits[:BESIDE]
        ),
    )


def _signed(sign: str, lines: Sequence[Line]) -> tuple[tuple[str, Line], ...]:
    return tuple((sign, each) for each in lines[:GLANCED])


def _steps(path: Track) -> Steps:
    return Steps(
        path=path.name,
        groups=tuple(
            Headed(
                name=capital(when),
                lines=tuple(
                    Line(text=step.text, more=step.more, sources=step.sources)
                    for step in path.next_steps
                    if step.when == when
                ),
            )
            for when in dict.fromkeys(step.when for step in path.next_steps)
        ),
    )
