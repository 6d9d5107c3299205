"""One process at a time on a saved quiz: advisory locks, and what killed processes leave behind."""

from __future__ import annotations

import errno
import os
import re
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from pathfinder.files import BINARY, NO_FOLLOW, NO_WAIT, PRIVATE_FILE

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from pathlib import Path

_LOCK: Final = ".lock"
_OURS: Final = r"\.(pathfinder|[\w-]+\.json\.)-?\d+-[0-9a-f]{8}\.tmp|\.\d{4}-\d\d-\d\d-\w+\.lock"
_STALE: Final = 3600.0
"""Seconds after which nobody is still saving, or just about to take a lock."""

_NO_LOCKS: Final = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}


class BusyError(OSError):
    """The lock is held by another process; the text is that process's number, or "" when unknown."""


def sweep(folder: Path, now: float) -> None:
    """Remove what killed processes left in a folder of ours: files half written, and locks that nobody holds.

    `now` is in seconds since the epoch. Whatever is younger than an hour stays.
    """
    for each in folder.iterdir():
        with suppress(OSError):
            if each.name[0] == "." and re.fullmatch(_OURS, each.name) and each.lstat().st_mtime < now - _STALE:
                if each.name.endswith(_LOCK):
                    drop_lock(each, take_lock(each))
                else:
                    each.unlink()


def lock_path(folder: Path, name: str) -> Path:
    """Return the file that stands for the lock on something in a folder."""
    return folder / f".{name}{_LOCK}"


def holds(path: Path, descriptor: int) -> bool:
    """Whether the lock that `take_lock` gave is still the one that others find at `path`."""
    if sys.platform == "win32":
        return True
    try:
        there = path.lstat()
    except FileNotFoundError:
        return False
    held = os.fstat(descriptor)
    return (held.st_dev, held.st_ino) == (there.st_dev, there.st_ino)


def take_lock(path: Path) -> int:
    """Take an advisory lock on the file `path`, made as needed, and return its descriptor; never waits.

    Raises BusyError when another process holds it, OSError when there can be none. A file system that knows no locks
    gives one that keeps nobody out. Whoever takes one that is being given back finds by `holds` that it is gone.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | NO_FOLLOW | NO_WAIT | BINARY, PRIVATE_FILE)
    try:
        _take(descriptor)
        _sign(descriptor)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def drop_lock(path: Path, descriptor: int) -> None:
    """Give back what `take_lock` gave."""
    # What others put there since is theirs.
    with suppress(OSError):
        if holds(path, descriptor):
            path.unlink()
    os.close(descriptor)
    if sys.platform == "win32":
        # There an open file cannot be removed.
        with suppress(OSError):
            path.unlink()


def _take(descriptor: int) -> None:
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in {errno.EAGAIN, errno.EACCES, errno.EDEADLK}:
            holder = "" if sys.platform == "win32" else os.pread(descriptor, 20, 0).decode("ascii", "replace")
            raise BusyError(holder if holder.isdigit() else "") from None
        if error.errno not in _NO_LOCKS:
            raise


def _sign(descriptor: int) -> None:
    # The number is only for the message to whoever comes second.
    if sys.platform != "win32":
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, str(os.getpid()).encode(), 0)
