"""The folder of saved sessions: one JSON file each, readable by its owner only."""

from __future__ import annotations

import errno
import os
import re
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final

from pathfinder.answers.interview import AnswerSheet
from pathfinder.answers.locks import BusyError, drop_lock, holds, lock_path, sweep, take_lock
from pathfinder.answers.reference import LAST, SHORT, find_session
from pathfinder.answers.session import LONGEST, BrokenSession, PackStamp, Session, UnreadableError, from_text, to_text
from pathfinder.errors import SessionError
from pathfinder.files import PRIVATE_FOLDER, FileRefusedError, read_bytes, reason, write_private
from pathfinder.text import command, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from pathfinder.answers.plan import PlannedStep
    from pathfinder.pack import Pack

LARGEST: Final = 1_000_000
"""Bytes of a session file; 500 answered questions take about 40,000."""

SUFFIX: Final = ".json"
AHEAD: Final = timedelta(days=1)
# Neither vowels, which make words, nor signs that look like others.
LETTERS: Final = "bcdfghjkmnpqrstvwxz23456789"
LONG: Final = 8
TRIES: Final = 30

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
"""A name that no shell takes for more than a word: shells complete it."""


class Store:
    """The sessions below `home`; `clock` returns the present time with its zone.

    Every failure to read or write is a SessionError of one line that says what to do.
    """

    def __init__(self, home: Path, clock: Callable[[], datetime]) -> None:
        self.folder = home / "sessions"
        self._clock = clock
        self._locks: dict[str, int | None] = {}
        self._lost: set[str] = set()
        self._shown = one_line(str(self.folder))

    def create(
        self,
        pack: Pack,
        order: tuple[str, ...],
        folder: str | None = None,
        *,
        short: bool = False,
        name: str | None = None,
        again: str | None = None,
        sheet: AnswerSheet | None = None,
    ) -> Session:
        """Save a new session under an id that no other has, and return it; `folder` is None for the bundled pack."""
        local = self._clock()
        session = Session(
            id="",
            created=local.astimezone(UTC),
            updated=local.astimezone(UTC),
            pack=PackStamp(id=pack.id, version=pack.version, fingerprint=pack.fingerprint, folder=folder),
            order=order,
            sheet=sheet or AnswerSheet(pack=pack.id),
            short=short,
            name=None if name is None else one_line(name)[:LONGEST],
            again=again,
        )
        with self._saving():
            self._prepare()
            sweep(self.folder, self._now().timestamp())
            for attempt in range(TRIES):
                letters = SHORT if attempt < TRIES // 2 else LONG
                suffix = "".join(LETTERS[byte % len(LETTERS)] for byte in os.urandom(letters))
                session = replace(session, id=f"{local:%Y-%m-%d}-{suffix}")
                with suppress(FileExistsError):
                    write_private(self._path(session.id), to_text(session), new=True)
                    return session
        raise SessionError(f"No free name for a quiz was found in {self._shown}; delete old ones.")

    def save(self, session: Session) -> Session:
        """Put a session on the disk, whole and durably, and return it with the time of this saving.

        A folder that vanished is made again, and so is the lock that was in it; raises SessionError, too, when
        another process has the lock by now, or had it and saved something.
        """
        saved = replace(session, updated=self._now())
        with self._saving():
            self._prepare()
            self._hold(session.id, session.updated)
            write_private(self._path(session.id), to_text(saved))
        return saved

    def list(self) -> list[Session | BrokenSession]:
        """Return every entry, newest first, what cannot be read last.

        A date more than a day ahead of the clock is not believed: it stands behind those that are.
        """
        try:
            paths = sorted(each for each in self.folder.iterdir() if _is_session(each))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise SessionError(f"The saved quizzes in {self._shown} cannot be read: {reason(error)}.") from None
        entries = [entry for path in paths if (entry := self._read(path)) is not None]
        limit = self._now() + AHEAD
        sessions = [each for each in entries if isinstance(each, Session)]
        sessions.sort(key=lambda each: (each.updated <= limit, each.updated, each.created, each.id), reverse=True)
        return [*sessions, *(each for each in entries if isinstance(each, BrokenSession))]

    def of_pack(self, pack: Pack, folder: str | None) -> Sequence[Session]:
        """Return the sessions with answers to this pack, newest first: the same id, and the same folder or files.

        An id alone would not do, since two authors may choose the same.
        """
        return [
            entry
            for entry in self.list()
            if isinstance(entry, Session)
            and entry.sheet.answers
            and entry.pack.id == pack.id
            and (entry.pack.folder == folder or entry.pack.fingerprint == pack.fingerprint)
        ]

    def get(self, reference: str, *, finished: bool = False) -> Session:
        """Return the session meant by its id, the beginning or the end of its id, its name, or "last".

        With `finished`, "last" is the last finished one, where there is one.
        """
        found = self.find(reference, finished=finished)
        if isinstance(found, BrokenSession):
            dashes = ("--",) if found.id.startswith("-") else ()
            remove = command("sessions", "delete", *dashes, found.id)
            raise SessionError(f"Quiz {found.id} {found.problem}; remove it with: {remove}")
        return found

    def find(self, reference: str, *, finished: bool = False) -> Session | BrokenSession:
        """Return the entry meant, as `get` does, readable or not."""
        return find_session(reference, self.list(), finished=finished)

    def change_plan(
        self, identity: str, change: Callable[[tuple[PlannedStep, ...]], tuple[PlannedStep, ...]]
    ) -> Session:
        """Put a changed plan beside the answers, on the disk, and return the session.

        The plan is changed as it stands there now. The answers, and the time of their last change, stay as they are.
        """
        with nullcontext() if identity in self._locks else self.lock(identity), self._saving():
            found = self._read(self._path(identity))
            if not isinstance(found, Session):
                problem = "is gone" if found is None else found.problem
                raise SessionError(f"Quiz {identity} {problem}, so its plan cannot be saved.")
            session = replace(found, plan=change(found.plan))
            if session != found:
                self._prepare()
                write_private(self._path(identity), to_text(session))
        return session

    def delete(self, found: Session | BrokenSession) -> str:
        """Remove an entry that was found, readable or not, and return its id; raises while another process uses it."""
        path = self._path(found.id) if isinstance(found, Session) else found.path
        with self.lock(found.id):
            try:
                path.unlink()
            except OSError as error:
                raise SessionError(f"Quiz {found.id} cannot be deleted: {reason(error)}.") from None
        return found.id

    @contextmanager
    def lock(self, identity: str) -> Iterator[None]:
        """Keep a session to this process; raises SessionError when another one has it.

        Where nothing can be written there is nothing to keep apart, and the lock is no more than a wish.
        """
        outer = self._locks.get(identity)
        self._locks[identity] = None
        try:
            self._hold(identity)
            yield
        finally:
            held = self._locks.pop(identity)
            if held is not None:
                drop_lock(lock_path(self.folder, identity), held)
            if outer is not None:
                self._locks[identity] = outer

    def _hold(self, identity: str, since: datetime | None = None) -> None:
        """Take the lock unless it is held; `since` is when this process last wrote or read the file."""
        if identity not in self._locks:
            return
        if identity in self._lost:
            raise SessionError(_taken_over(identity))
        path, held = lock_path(self.folder, identity), self._locks[identity]
        if held is not None and holds(path, held):
            return
        if held is not None:
            os.close(held)
        self._locks[identity] = None
        try:
            self._locks[identity] = take_lock(path)
        except BusyError as error:
            process = f" (process {error})" if str(error) else ""
            raise SessionError(
                f"Quiz {identity} is open in another window{process}. "
                f"Close that one first, or start another with: {command('quiz', '--fresh')}"
            ) from None
        except OSError:
            return
        # Between losing the lock and taking it again, another window may have had it.
        found = None if since is None else self._read(self._path(identity))
        if isinstance(found, Session) and found.updated != since:
            self._lost.add(identity)
            raise SessionError(_taken_over(identity))

    def _now(self) -> datetime:
        return self._clock().astimezone(UTC)

    def _path(self, identity: str) -> Path:
        return self.folder / f"{identity}{SUFFIX}"

    def _prepare(self) -> None:
        for each in (self.folder.parent, self.folder):
            if not each.is_dir():
                each.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
                # Whatever the umask took away.
                each.chmod(PRIVATE_FOLDER)

    def _read(self, path: Path) -> Session | BrokenSession | None:
        try:
            if _NAME.fullmatch(path.stem) and path.stem != LAST:
                return from_text(read_bytes(path, limit=LARGEST), path.stem)
            problem = "has a name that no saved quiz has"
        except (FileRefusedError, UnreadableError) as error:
            if isinstance(error.__cause__, FileNotFoundError):
                return None  # Deleted since the folder was listed.
            problem = str(error)
        shown = "".join(each if each == one_line(each) else "?" for each in path.stem)
        return BrokenSession(id=shown, path=path, problem=problem)

    @contextmanager
    def _saving(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise SessionError(
                f"Your answers could not be saved in {self._shown}: {reason(error)}. {_remedy(error)}"
            ) from None


def _is_session(path: Path) -> bool:
    return path.suffix == SUFFIX and not path.name.startswith(".")


def _remedy(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return "Free some space."
    return "Set PATHFINDER_HOME to a folder that you can write to."


def _taken_over(identity: str) -> str:
    another = command("quiz", "--fresh")
    return f"Quiz {identity} went on in another window, and is kept as it was left there. Start another with: {another}"
