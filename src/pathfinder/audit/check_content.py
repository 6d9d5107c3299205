"""The checks of what the pack holds: its questions, their keying, and what it says for and against each path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pathfinder.audit.findings import CheckRow, Level
from pathfinder.audit.model import spread, touches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathfinder.audit.crowd import Crowd
    from pathfinder.audit.model import Model
    from pathfinder.pack import Pack, Question, Track

DEAD: Final = 1e-12
WEAK: Final = 0.1
FLIPS: Final = 0.02
NET: Final = 1 / 3
COUNTS: Final = 2
LENGTHS: Final = 0.5


def dead_questions(model: Model, crowd: Crowd) -> Iterator[CheckRow]:
    """Check that each question can change the order of paths, or of tracks, or rules something out."""
    group = tuple(range(model.paths))
    ranges = [spread(gain, group) for gain in model.gain]
    middle = sorted(ranges)[(len(ranges) - 1) // 2]
    for q, (question, share) in enumerate(zip(model.pack.questions, crowd.flips, strict=True)):
        within = max((spread(model.gain[q], places) for places in model.tracks), default=0.0)
        level: Level = "ok"
        finding = f"Another answer to {question.id} puts another path first on {100 * share.value:.0f}% of sheets."
        if any(model.excludes[q]):
            finding = f"Some answer to {question.id} rules a path out."
        elif ranges[q] <= DEAD and within <= DEAD:
            level, finding = "error", f"No answer to {question.id} changes the order of any two paths."
        elif ranges[q] < WEAK * middle or share.value < FLIPS:
            if within >= WEAK * middle and within > DEAD:
                finding = f"{question.id} tells tracks apart, hardly paths."
            else:
                level = "warning"
                finding = (
                    f"{question.id} hardly matters: its range is {100 * ranges[q] / middle if middle else 0:.0f}% of the "
                    f"median, and it puts another path first on {100 * share.value:.1f}% of sheets (± {100 * share.error:.1f})."
                )
        yield CheckRow(
            check="dead-question",
            subject=question.id,
            level=level,
            values={"range": ranges[q], "median": middle, "flips": share.value, "error": share.error},
            measured=f"changes {100 * share.value:.0f}%",
            finding=finding,
            advice="Give its options effects on dimensions in which the paths differ, or drop it.",
        )


def keying(model: Model) -> Iterator[CheckRow]:
    """Check for each dimension that agreeing to every statement nearly cancels out."""
    for dimension in model.pack.dimensions:
        net = sum(_keyed(question, dimension.id) for question in model.pack.questions)
        asked = sum(question.weight for question in model.pack.questions if dimension.id in touches(question))
        share = net / asked if asked > 0 else 0.0
        fine = abs(share) <= NET + DEAD
        sign = "+" if share > 0 else "-"
        yield CheckRow(
            check="keying",
            subject=dimension.id,
            level="ok" if fine else "warning",
            values={"net": share},
            measured=f"{share:+.2f}",
            finding=f"Agreeing to everything about {dimension.id} tips {share:+.2f} of its questions to one side.",
            advice=f'Turn a "{sign}" statement about {dimension.id} round, or add one keyed the other way.',
        )


def items(pack: Pack) -> Iterator[CheckRow]:
    """Check how many questions touch each dimension."""
    for dimension in pack.dimensions:
        count = sum(dimension.id in touches(question) for question in pack.questions)
        level: Level = "ok" if count > 1 else "warning" if count else "error"
        yield CheckRow(
            check="items",
            subject=dimension.id,
            level=level,
            values={"items": count},
            measured=str(count),
            finding=f"{count or 'No'} question{'' if count == 1 else 's'} about {dimension.id}.",
            advice=f"Ask two or three questions about {dimension.id}, or remove it.",
        )


def balance(pack: Pack) -> Iterator[CheckRow]:
    """Check that each path and track has as much against it as for it, all with sources.

    Pros and challenges of a track may be absent altogether.
    """
    for path in pack.paths:
        yield _balance(path.id, path)
        for track in path.tracks:
            if track.pros or track.challenges:
                yield _balance(f"{path.id}/{track.id}", track)


def _balance(subject: str, track: Track) -> CheckRow:
    pros, challenges = len(track.pros), len(track.challenges)
    lengths = [sum(len(each.text) for each in side) for side in (track.pros, track.challenges)]
    bare = [statement for statement in (*track.pros, *track.challenges) if not statement.sources]
    findings: list[str] = []
    advice: list[str] = []
    level: Level = "warning"
    if not pros or not challenges:
        level = "error"
        findings.append("no pros" if challenges else "no challenges" if pros else "neither pros nor challenges")
        advice.append("Write both: every choice has a price.")
    elif abs(pros - challenges) > COUNTS:
        findings.append(f"{pros} pros against {challenges} challenges")
        advice.append(f"Add {'challenges' if pros > challenges else 'pros'} or drop the weakest of the others.")
    elif abs(lengths[0] - lengths[1]) > LENGTHS * max(lengths):
        findings.append(f"{lengths[0]} characters of pros against {lengths[1]} of challenges")
        advice.append(
            f"Say more about the {'challenges' if lengths[0] > lengths[1] else 'pros'}, or less about the others."
        )
    if bare:
        findings.append(f"{len(bare)} without a source, the first: {_short(bare[0].text)}")
        advice.append("Name a source for each, or drop it.")
    counts = f"{pros} : {challenges}"
    return CheckRow(
        check="balance",
        subject=subject,
        level=level if findings else "ok",
        values={
            "pros": pros,
            "challenges": challenges,
            "pro_length": lengths[0],
            "challenge_length": lengths[1],
            "without_source": len(bare),
        },
        measured=counts,
        finding=f"{subject}: {'; '.join(findings) or f'{pros} pros, {challenges} challenges, all with sources'}.",
        advice=" ".join(advice),
    )


def _short(text: str, most: int = 40) -> str:
    return f'"{text}"' if len(text) <= most else f'"{text[: most - 3].rstrip()}..."'


def _keyed(question: Question, dimension: str) -> float:
    if question.scale is None or question.scale.dimension != dimension:
        return 0.0
    return question.weight if question.scale.keyed == "+" else -question.weight
