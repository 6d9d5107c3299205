"""Files that hold somebody's answers: read without hanging, written whole or not at all, readable by their owner only."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pathfinder.errors import UsageError
from pathfinder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import BinaryIO

PRIVATE_FILE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700


# Windows has neither flag; it has no FIFOs to hang on, and ordinary users cannot make symbolic links there.
NO_FOLLOW: Final = getattr(os, "O_NOFOLLOW", 0)
NO_WAIT: Final = getattr(os, "O_NONBLOCK", 0)
BINARY: Final = getattr(os, "O_BINARY", 0)
_NO_TERMINAL: Final = getattr(os, "O_NOCTTY", 0)


def write_private(path: Path, content: bytes, *, new: bool = False) -> None:
    """Put `content` at `path`, durably and in one step; a reader sees the old file or the new one, whole.

    With `new`, raises FileExistsError when something is there already. A symbolic link at `path` is
    replaced, not followed. Raises OSError; whatever was at `path` is then untouched.
    """
    # As short for every file, so that a name that is just not too long stays so.
    temporary = path.with_name(f".pathfinder-{os.getpid()}-{os.urandom(4).hex()}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_FOLLOW | BINARY, PRIVATE_FILE)
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
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_FOLLOW, PRIVATE_FILE))
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(path.parent)


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


def check_report(path: Path) -> None:
    """Refuse what no report can be written to: as `check_target`, and what this program did not write as it stands there."""
    if path == STREAM:
        return
    check_target(path, "report", (".html", ".md"))
    if path.is_file() and not is_free(path, is_unchanged):
        raise UsageError(f"{one_line(str(path))} {NOT_OURS} for the report.")


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
        file = open(os.open(path, os.O_RDONLY | NO_WAIT | _NO_TERMINAL | BINARY), "rb")  # noqa: PTH123, SIM115
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


STREAM: Final = Path("-")
"""What stands for standard output where a file is written, and for standard input where answers are read."""

NOT_OURS: Final = "is there already, and this program did not write it, or it was changed since: give another name"


def signed(page: str) -> bytes:
    """Return a page with a last line by which `is_unchanged` knows it again until somebody changes anything in it."""
    return f"{page}<!-- pathfinder {_digest(page.encode())} -->\n".encode()


def is_unchanged(data: bytes) -> bool:
    """Whether a file holds a page as `signed` gave it."""
    found = re.search(rb"<!-- pathfinder ([0-9a-f]{16}) -->\n\Z", data)
    return found is not None and found[1].decode() == _digest(data[: found.start()])


def is_free(path: Path, is_ours: Callable[[bytes], bool]) -> bool:
    """Whether a file may be written at `path`: nothing is there, nor behind a link there, or `is_ours` says so of it."""
    try:
        data = read_bytes(path)
    except FileRefusedError:
        return not path.exists()
    return not data.strip() or is_ours(data)


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:16]
