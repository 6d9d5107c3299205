"""A file of answers in; results, the group and its evidence out. Everything else here is a part of this."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple

from pathfinder.cohort.cells import CellError, Choice, quoted_cell
from pathfinder.cohort.columns import Columns, RowError, header_rows, recognized
from pathfinder.cohort.evidence import Gathering
from pathfinder.cohort.group import LEAST, MOST_GROUPS, Tally, merged, shown_groups
from pathfinder.cohort.names import inert_cell
from pathfinder.cohort.records import record, result_columns
from pathfinder.cohort.results import writing
from pathfinder.cohort.table import BadFileError, open_table
from pathfinder.errors import UsageError
from pathfinder.pack import SKIP
from pathfinder.result import evaluate
from pathfinder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from pathfinder.cohort.evidence import Validity
    from pathfinder.cohort.group import Group
    from pathfinder.cohort.table import Table
    from pathfinder.pack import Pack
    from pathfinder.result import Result


class CohortRequest(NamedTuple):
    """What is asked of a cohort; columns by their headers."""

    file: Path
    out: Path | None = None
    id: str | None = None
    by: str | None = None
    outcome: str | None = None
    again: str | None = None
    least: int = LEAST


class Cohort(NamedTuple):
    """What a file of answers says: rows read and refused, and the group as far as it may be shown.

    `whole` is None when fewer than `least` people could be read; `groups` are empty without `--by`, or when a split
    would give small groups away. `elsewhere` counts outcomes that are no path.
    """

    pack: Pack
    by: str | None
    least: int
    read: int
    refused: int
    unused: tuple[str, ...]
    whole: Group | None
    groups: tuple[Group, ...]
    evidence: Validity | None
    elsewhere: int


class Telling(NamedTuple):
    """Who hears about it while a file is read: a refused row (number, column, message), and each row with what tells the share read."""

    refused: Callable[[int, int, str], None]
    progress: Callable[[int, Callable[[], float]], None]


class _Places(NamedTuple):
    id: int | None
    by: int | None
    outcome: int | None
    again: int | None


def run(pack: Pack, request: CohortRequest, telling: Telling) -> Cohort:
    """Read a file, write the results if asked for, and return the group; raises UsageError when it cannot be used."""
    # The file is closed, and looked at once more, before the results take their place.
    with ExitStack() as stack, open_table(request.file, lambda names: recognized(pack, names)) as read:
        headers = read.first[: header_rows(pack, read.first)]
        known = Columns(pack, headers)
        places = _places(known, request)
        write = _results(stack, pack, request)
        reading = _Reading(pack, known, places, telling)
        for _ in headers:
            next(read.rows)
        for number, row, person in reading.people(read):
            if write is not None:
                named = {} if places.id is None or request.id is None else {request.id: row[places.id]}
                write({"row": number, **named, **record(person)})
        if not reading.read + reading.refused:
            raise BadFileError(f"{one_line(str(request.file))} holds no answers")
    return reading.cohort(request)


def _places(known: Columns, request: CohortRequest) -> _Places:
    asked = {"id": request.id, "by": request.by, "outcome": request.outcome, "again": request.again}
    return _Places(**{name: None if text is None else known.place(text, f"--{name}") for name, text in asked.items()})


def _results(stack: ExitStack, pack: Pack, request: CohortRequest) -> Callable[[Mapping[str, Any]], None] | None:
    if request.out is None:
        return None
    kinds = result_columns(pack)
    if request.id in {"row", *kinds}:
        raise UsageError(f"--id: the results have a column {quoted_cell(request.id)} of their own; rename yours")
    return stack.enter_context(
        writing(request.out, {"row": int, **({request.id: str} if request.id is not None else {}), **kinds})
    )


class _Reading:
    def __init__(self, pack: Pack, known: Columns, places: _Places, telling: Telling) -> None:
        self.pack, self.known, self.places, self.telling = pack, known, places, telling
        self.read = self.refused = self.elsewhere = 0
        self.tallies: dict[str, Tally] = {}
        asked = places.outcome is not None or places.again is not None
        self.gathering = (
            Gathering(pack, outcome=places.outcome is not None, again=places.again is not None) if asked else None
        )
        names = {each.id: each.name for each in pack.paths}
        self._outcomes = Choice(names, "a path")
        self._homes = {track.id: path.id for path in pack.paths for track in path.tracks}

    def people(self, file: Table) -> Iterator[tuple[int, Sequence[str], Result]]:
        """Yield the number, the row and the result of everybody whose row fits, counting all."""
        for number, row in enumerate(file.rows, start=1):
            self.telling.progress(number, file.share)
            try:
                person = evaluate(self.pack, self.known.sheet(row))
            except RowError as error:
                self.refused += 1
                self.telling.refused(number, error.column, str(error))
                continue
            self.read += 1
            self._count(row, person)
            yield number, row, person

    def _count(self, row: Sequence[str], person: Result) -> None:
        name = "" if self.places.by is None else inert_cell(row[self.places.by].strip())
        if name not in self.tallies:
            if len(self.tallies) >= MOST_GROUPS:
                raise UsageError(
                    f"--by: the column has more than {MOST_GROUPS:,} different values: is it who, not what?"
                )
            self.tallies[name] = Tally(self.pack)
        self.tallies[name].add(person)
        if self.gathering is not None:
            who = "" if self.places.again is None else row[self.places.again].strip()
            self.gathering.add(person, self._outcome(row), who)

    def _outcome(self, row: Sequence[str]) -> str | None:
        if self.places.outcome is None:
            return None
        text = row[self.places.outcome].strip()
        if text in self._homes and text not in self.pack.path_by_id:
            return self._homes[text]
        try:
            chosen = self._outcomes.read(text)
        except CellError:
            self.elsewhere += 1
            return None
        return None if chosen == SKIP else chosen

    def cohort(self, request: CohortRequest) -> Cohort:
        """Return the group as far as it may be shown."""
        whole = merged(self.pack, self.tallies.values())
        enough = whole.count >= request.least
        return Cohort(
            pack=self.pack,
            by=request.by,
            least=request.least,
            read=self.read,
            refused=self.refused,
            unused=self.known.unused,
            whole=whole.group() if enough else None,
            groups=shown_groups(self.pack, self.tallies, request.least) if enough and request.by is not None else (),
            evidence=self.gathering.evidence(whole, request.least) if enough and self.gathering is not None else None,
            elsewhere=self.elsewhere,
        )
