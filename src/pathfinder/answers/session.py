"""One saved session as a value, and as the JSON text it is saved in."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pathfinder.answers.interview import AnswerSheet, sheet_to_data
from pathfinder.answers.plan import LATEST_DAY, PlannedStep
from pathfinder.text import one_line
from pathfinder.value import value

if TYPE_CHECKING:
    from pathlib import Path

_T = TypeVar("_T")

SCHEMA: Final = "pathfinder.session/1"

EARLIEST: Final = datetime(2, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(9998, 1, 1, tzinfo=UTC)

LONGEST: Final = 1000
"""No id, version or verdict is longer than this."""


@value
class PackStamp:
    """Which pack a session was begun with; `folder` is None for the bundled one."""

    id: str
    version: str
    fingerprint: str
    folder: str | None = None


@value
class Session:
    """A quiz as it stands: `order` holds the ids of its questions as they are asked.

    `name` is what the person calls it; `verdict` and `leader` (the ids of the paths that come first) are None until the quiz is finished; `short` says
    that it was begun with about half of the pack's questions. `plan` is what the person will do about the result, and
    `again` the id of the quiz that this one is to be compared with.
    Both times are in UTC; `updated` is when the answers changed last.
    """

    id: str
    created: datetime
    updated: datetime
    pack: PackStamp
    order: tuple[str, ...]
    sheet: AnswerSheet
    finished: bool = False
    verdict: str | None = None
    leader: tuple[str, ...] | None = None
    short: bool = False
    name: str | None = None
    plan: tuple[PlannedStep, ...] = ()
    again: str | None = None


@value
class BrokenSession:
    """An entry among the sessions that cannot be read; `problem` completes the sentence "<id> ..."."""

    id: str
    path: Path
    problem: str


class UnreadableError(ValueError):
    """The text of a session file is not a session; the message completes the sentence "<id> ..."."""


def to_text(session: Session) -> bytes:
    """Return the JSON text of a session."""
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "id": session.id,
        "created": _written(session.created),
        "updated": _written(session.updated),
        "pack": asdict(session.pack),
        "order": list(session.order),
        "short": session.short,
        "name": session.name,
        "finished": session.finished,
        "verdict": session.verdict,
        "leader": None if session.leader is None else list(session.leader),
        "sheet": sheet_to_data(session.sheet),
    }
    if session.plan:
        data["plan"] = [step_to_data(step) for step in session.plan]
    if session.again:
        data["again"] = session.again
    return json.dumps(data, indent=1).encode() + b"\n"


def from_text(text: bytes, name: str) -> Session:
    """Return the session that was saved as `text` under the id `name`; raises UnreadableError.

    The name of the file decides about the id, so that a copied file is a session of its own.
    """
    if not text.strip():
        raise UnreadableError("is empty")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableError("is damaged or cut short: it is not whole JSON") from None
    schema = data.get("schema") if isinstance(data, dict) else None
    if schema != SCHEMA:
        known = isinstance(schema, str) and schema.startswith(SCHEMA.partition("/")[0])
        raise UnreadableError("was written by another version of pathfinder" if known else "is not a saved session")
    try:
        return _session(data, name)
    except KeyError as error:
        raise UnreadableError(f"lacks the entry {error.args[0]!r}") from None


def _session(data: dict[str, Any], name: str) -> Session:
    pack = _typed(data, "pack", dict)
    return Session(
        id=name,
        created=_moment(data, "created"),
        updated=_moment(data, "updated"),
        pack=PackStamp(
            id=_word(pack, "id"),
            version=_word(pack, "version"),
            fingerprint=_word(pack, "fingerprint"),
            folder=None if pack["folder"] is None else _typed(pack, "folder", str),
        ),
        order=_words(data, "order"),
        sheet=_sheet(_typed(data, "sheet", dict)),
        finished=_typed(data, "finished", bool),
        verdict=None if data["verdict"] is None else _word(data, "verdict"),
        leader=None if data["leader"] is None else _words(data, "leader"),
        # Files of the first version do not say.
        short=_typed({"short": False, **data}, "short", bool),
        name=_note(data, "name"),
        plan=tuple(_step(each) for each in _typed({"plan": [], **data}, "plan", list)),
        again=None if data.get("again") is None else _word(data, "again"),
    )


def step_to_data(step: PlannedStep) -> dict[str, Any]:
    """Return a step as JSON values."""
    return asdict(step) | {"due": step.due and step.due.isoformat()}


def _step(data: Any) -> PlannedStep:
    if not isinstance(data, dict):
        raise UnreadableError("holds something unexpected in the entry 'plan'")
    return PlannedStep(
        id=_word(data, "id"),
        home=_word(data, "home"),
        text=_note(data, "text") or "",
        when=_note(data, "when") or "",
        due=None if data.get("due") is None else _day(data, "due"),
        with_whom=_note(data, "with_whom"),
        if_then=_note(data, "if_then"),
        done=_typed({"done": False, **data}, "done", bool),
        sources=_words({"sources": [], **data}, "sources"),
    )


def _note(data: dict[str, Any], key: str) -> str | None:
    """Return words that people or packs wrote: whatever a clean line may hold, emoji made of several signs among it."""
    found = data.get(key)
    if found is None:
        return None
    if not isinstance(found, str) or len(found) > LONGEST or found != one_line(found):
        raise UnreadableError(f"holds something unexpected in the entry {key!r}")
    return found


def _day(data: dict[str, Any], key: str) -> date:
    try:
        return min(date.fromisoformat(_word(data, key)), LATEST_DAY)
    except ValueError:
        raise UnreadableError(f"holds no date in the entry {key!r}") from None


def _sheet(data: dict[str, Any]) -> AnswerSheet:
    answers = _typed(data, "answers", dict)
    lean = data.get("lean")
    return AnswerSheet(
        pack=_word(data, "pack"),
        answers={_checked(question, "answers"): _answer(answer) for question, answer in answers.items()},
        matters_most=_words({"matters_most": [], **data}, "matters_most"),
        does_not_matter=_words({"does_not_matter": [], **data}, "does_not_matter"),
        rule_out=_words({"rule_out": [], **data}, "rule_out"),
        lean=None if lean is None else _word(data, "lean"),
    )


def _answer(value: object) -> str:
    # Written as a number where it is a step of a scale.
    is_step = isinstance(value, int) and not isinstance(value, bool) and abs(value) < LONGEST
    return _checked(str(value) if is_step else value, "answers")


def _typed(data: dict[str, Any], key: str, kind: type[_T]) -> _T:
    value = data[key]
    if not isinstance(value, kind):
        raise UnreadableError(f"holds something unexpected in the entry {key!r}")
    return value


def _word(data: dict[str, Any], key: str) -> str:
    return _checked(data[key], key)


def _words(data: dict[str, Any], key: str) -> tuple[str, ...]:
    return tuple(_checked(each, key) for each in _typed(data, key, list))


def _checked(value: object, key: str) -> str:
    # "Printable" leaves out control, bidirectional and invisible characters, which no id of ours holds.
    if not isinstance(value, str) or len(value) > LONGEST or not value.isprintable():
        raise UnreadableError(f"holds something unexpected in the entry {key!r}")
    return value


def _moment(data: dict[str, Any], key: str) -> datetime:
    try:
        moment = datetime.fromisoformat(_word(data, key))
        moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
        # In every zone there is such a day.
        return min(max(moment, EARLIEST), LATEST)
    except (ValueError, OverflowError):
        raise UnreadableError(f"holds no date in the entry {key!r}") from None


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
