"""Where this user's files belong (platformdirs lives only here)."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pathfinder.errors import SessionError
from pathfinder.files import expanded

if TYPE_CHECKING:
    from collections.abc import Mapping


def home(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder for the user's data: PATHFINDER_HOME, else the platform's place.

    Raises SessionError when the system does not say where the user's home is, or a variable stands in the name as such.
    """
    place = _chosen(environ)
    if place is None:
        from platformdirs import user_data_path

        place = Path()
        with suppress(RuntimeError):
            place = user_data_path("pathfinder", appauthor=False)
    if not place.is_absolute():
        raise SessionError("No home folder is known, so answers cannot be saved; set PATHFINDER_HOME to a folder.")
    return place


def _chosen(environ: Mapping[str, str]) -> Path | None:
    chosen = environ.get("PATHFINDER_HOME", "").strip()
    if not chosen:
        return None
    place = expanded(chosen)
    # Quotes kept the shell from putting the value there; a folder that is called so may be meant.
    if (variable := re.search(r"\$(\w+|\{\w+\})", chosen)) and not place.exists():
        raise SessionError(
            f"PATHFINDER_HOME holds {variable[0]} as it stands, in quotes that keep the shell from filling it in; set"
            " it to a folder."
        )
    with suppress(OSError):  # The current folder may be gone.
        return place if str(place).startswith("~") else place.absolute()
    return place
