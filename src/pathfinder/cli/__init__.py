"""The command line: parse, call, exit code. Typer lives only in this package."""

from __future__ import annotations

import gc

# A command makes many things and drops few: looking for garbage all the while costs 3 to 5 % of a short run.
gc.set_threshold(50_000, 20, 20)

from pathfinder.cli.app import app, main  # noqa: E402 - Typer alone makes a hundred thousand things

__all__ = ["app", "main"]
