"""What goes wrong in a way a person can mend: one clear line and an exit code, never a traceback."""

from __future__ import annotations


class PathfinderError(Exception):
    """A message for the person at the terminal: what is wrong, where, and what to do.

    `exit_code` is what the process ends with: 1 for "found problems" or "found nothing",
    2 for a wrong call, a bad pack or a bad file, 130 for an interruption.
    """

    exit_code = 2


class UsageError(PathfinderError):
    """The command was called in a way that cannot work."""


class PackError(PathfinderError):
    """A pack is missing, unreadable or has problems."""


class SheetError(PathfinderError):
    """An answer sheet is missing, unreadable or does not fit the pack."""


class SessionError(PathfinderError):
    """A saved session is missing, unreadable or cannot be written."""


class InterruptionError(PathfinderError):
    """The person left before the end; what they answered is kept by the caller."""

    exit_code = 130
