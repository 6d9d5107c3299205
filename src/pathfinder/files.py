"""Files that hold somebody's answers: read without hanging, written whole or not at all, readable by their owner only."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pathfinder.errors import UsageError
from pathfinder.text import one_line

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

PRIVATE_FILE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700

_LOCK: Final = ".lock"
_OURS: Final = r"\.(pathfinder|[\w-]+\.json\.)-?\d+-[0-9a-f]{8}\.tmp|\.\d{4}-\d\d-\d\d-\w+\.lock"
_STALE: Final = 3600.0
"""Seconds after which nobody is still saving, or just about to take a lock."""

# Windows has neither flag; it has no FIFOs to hang on, and ordinary users cannot make symbolic links there.
_NO_FOLLOW: Final = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT: Final = getattr(os, "O_NONBLOCK", 0)
_BINARY: Final = getattr(os, "O_BINARY", 0)
_NO_TERMINAL: Final = getattr(os, "O_NOCTTY", 0)

_NO_LOCKS: Final = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}


class BusyError(OSError):
    """The lock is held by another process; the text is that process's number, or "" when unknown."""


def write_private(path: Path, content: bytes, *, new: bool = False) -> None:
    """Put `content` at `path`, durably and in one step; a reader sees the old file or the new one, whole.

    With `new`, raises FileExistsError when something is there already. A symbolic link at `path` is
    replaced, not followed. Raises OSError; whatever was at `path` is then untouched.
    """
    # As short for every file, so that a name that is just not too long stays so.
    temporary = path.with_name(f".pathfinder-{os.getpid()}-{os.urandom(4).hex()}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | _BINARY, PRIVATE_FILE)
    try:
        with os.fdopen(descriptor, "wb", buffering=0) as file:
            if sys.platform != "win32":
                with suppress(OSError):
                    os.fchmod(descriptor, PRIVATE_FILE)  # Whatever the umask took away.
            rest = memoryview(content)
            while rest:
                rest = rest[file.write(rest) :]
            os.fsync(descriptor)
        if new:
            # Takes the name, or finds that somebody has it.
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW, PRIVATE_FILE))
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(path.parent)


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
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _NO_FOLLOW | _NO_WAIT | _BINARY, PRIVATE_FILE)
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


def reason(error: OSError | ValueError) -> str:
    """Return what went wrong in a few plain words, without a file name; a ValueError is about the name itself."""
    if isinstance(error, ValueError):
        return "its name is not a possible file name"
    return _REASONS.get(error.errno or 0) or (error.strerror or type(error).__name__).lower()


_REASONS: Final = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EFBIG: "the file would be larger than this system allows",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.ENOTDIR: "a file stands where a folder should be",
    errno.EEXIST: "a file stands where a folder should be",
    errno.EISDIR: "it is a folder",
    errno.ENOENT: "there is no such folder",
    errno.ELOOP: "it is a symbolic link",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EIO: "the disk reports an error",
}


REFUSALS: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF, errno.EROFS})
"""What a stream gives that cannot be written any more, other than that nobody reads it."""


REPORTS: Final = (".html", ".md")
"""How the name of a report can end."""


def check_target(path: Path, what: str, suffixes: Sequence[str]) -> None:
    """Refuse what nothing can be written to, before any work is done for it; raises UsageError that calls it `what`."""
    shown = one_line(str(path))
    if path.suffix.lower() not in suffixes:
        endings = f"{', '.join(suffixes[:-1])} or {suffixes[-1]}"
        raise UsageError(f"The kind of the {what} is not clear from {shown}: end its name in {endings}.")
    try:
        _refuse_closed(path.parent)
        mode = path.lstat().st_mode
    except FileNotFoundError:
        if not path.parent.is_dir():
            folder = one_line(str(path.parent))
            raise UsageError(f"There is no folder {folder} for the {what}: make it first.") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"The {what} cannot be written to {shown}: {reason(error)}.") from None
    else:
        if not stat.S_ISREG(mode) and not stat.S_ISLNK(mode):
            raise UsageError(f"{shown} is not a regular file: choose another name for the {what}.")


def _refuse_closed(folder: Path) -> None:
    effective = os.access in os.supports_effective_ids
    if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK, effective_ids=effective):
        raise PermissionError(errno.EACCES, "")


def _sync_folder(folder: Path) -> None:
    # Windows cannot open a folder, and some file systems cannot sync one.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


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


def expanded(path: str | Path) -> Path:
    """Return a path as a person wrote it, with `~` as the home folder: not every shell puts it there."""
    return Path(os.path.expanduser(path))  # noqa: PTH111


MOST_BYTES: Final = 5_000_000
_KINDS: Final = (
    (stat.S_ISDIR, "is a folder, not a file"),
    (stat.S_ISFIFO, "is a pipe, not a file"),
    (stat.S_ISSOCK, "is a socket, not a file"),
    (stat.S_ISCHR, "is a device, not a file"),
    (stat.S_ISBLK, "is a device, not a file"),
)


class FileRefusedError(Exception):
    """The file cannot be read; the message says why and does not repeat the file's name."""


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file to read bytes from; links are followed, pipes never waited for.

    Raises FileRefusedError for everything else.
    """
    try:
        # Before opening, since opening a device can already do something; and after, since it may be replaced.
        _refuse_special(os.stat(path))  # noqa: PTH116
        file = open(os.open(path, os.O_RDONLY | _NO_WAIT | _NO_TERMINAL | _BINARY), "rb")  # noqa: PTH123, SIM115
        try:
            _refuse_special(os.fstat(file.fileno()))
        except FileRefusedError:
            file.close()
            raise
    except (OSError, ValueError) as error:
        raise FileRefusedError(_reason(path, error)) from error
    return file


def read_bytes(path: Path, *, limit: int = MOST_BYTES) -> bytes:
    """Return what a regular file holds, at most `limit` bytes; raises FileRefusedError as `open_regular` does."""
    try:
        with open_regular(path) as file:
            size = os.fstat(file.fileno()).st_size
            data = b"" if size > limit else file.read(limit + 1)
    except OSError as error:
        raise FileRefusedError(_reason(path, error)) from error
    if size > limit or len(data) > limit:
        raise FileRefusedError(f"is larger than {limit / 1_000_000:g} MB")
    return data


def _refuse_special(found: os.stat_result) -> None:
    for test, message in _KINDS:
        if test(found.st_mode):
            raise FileRefusedError(message)


def _reason(path: Path, error: OSError | ValueError) -> str:
    if not isinstance(error, FileNotFoundError):
        return f"cannot be read: {reason(error)}"
    twin = path.with_suffix(".yml" if path.suffix == ".yaml" else ".yaml") if path.name else path
    if path.suffix == ".csv" or not twin.is_file():
        return "does not exist"
    return f"does not exist; rename {one_line(twin.name)} to {one_line(path.name)}"
