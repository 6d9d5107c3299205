"""How every command ends: an exit code, and one line on standard error when something is wrong."""

from __future__ import annotations

import os
import re
import sys
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import typer
from typer.core import TyperGroup

from pathfinder.cli.common import unknown
from pathfinder.errors import InterruptionError, PathfinderError, UsageError
from pathfinder.show.streams import lost, prepare, say
from pathfinder.text import one_line, program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


_SETTINGS: Final[dict[str, Any]] = {
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


_COMPLETE: Final = ("_PATHFINDER_COMPLETE", "_PATHFINDER_QUIZ_COMPLETE")

_CALLED_WRONGLY: Any = typer.BadParameter.__mro__[1]
"""The usage error of the Click that Typer brings along; it has no public name in every version of Typer."""


class CommandGroup(TyperGroup):
    """Turns a PathfinderError into its message and its exit code; other exceptions keep their traceback.

    Commands are read from `modules` only when they are asked for: building all of them would cost every
    command as much as starting Python does.
    """

    modules: Mapping[str, str] = {}

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.help = _as_typed(self.help)

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands, in the order of help."""
        return list(dict.fromkeys([*self.modules, *super().list_commands(ctx)]))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command by its name, None when there is none."""
        if cmd_name in self.modules and cmd_name not in self.commands:
            loaded = typer.main.get_command(import_module(self.modules[cmd_name]).app)
            # A module holds this one command, a whole group of this name, or several commands, this one among them.
            self.commands[cmd_name] = getattr(loaded, "commands", {}).get(cmd_name, loaded)
            self.commands[cmd_name].name = cmd_name
        found = super().get_command(ctx, cmd_name)
        if found is not None:
            found.help = _as_typed(found.help)
        return found

    def main(self, *arguments: Any, **named: Any) -> Any:
        """Run, after leaving out a wish for completion that no shell makes: Typer would repeat it as it stands."""
        for wish in _COMPLETE:
            if not re.fullmatch("(source|complete)_[a-z]{2,20}", os.environ.get(wish, "")):
                os.environ.pop(wish, None)
        return super().main(*arguments, **named)

    def make_context(self, *arguments: Any, **named: Any) -> Any:
        """Read the arguments in front of the command's name."""
        prepare()
        with _one_line():
            return super().make_context(*arguments, **named)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that the arguments name."""
        with _one_line():
            return super().invoke(ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that the arguments begin with; raises UsageError that says which ones exist."""
        if args[:1] == ["help"] and not ctx.resilient_parsing:
            if not args[1:]:
                typer.echo(ctx.get_help())
                raise typer.Exit
            args = [*args[1:], "--help"]
        if (
            args
            and not ctx.resilient_parsing
            and not args[0].startswith("-")
            and args[0] not in self.list_commands(ctx)
        ):
            raise UsageError(unknown("command", args[0], self.list_commands(ctx)))
        return super().resolve_command(ctx, args)


def _as_typed(text: str | None) -> str | None:
    """Return a help text whose examples begin with what the reader types to start this program."""
    return text and re.sub(
        r"(?m)^((?:Example:|Start with:)?\s+)pathfinder (?=\w)", lambda found: f"{found[1]}{program()} ", text
    )


@contextmanager
def _one_line() -> Iterator[None]:
    try:
        try:
            yield
        finally:
            # Here an error of the output can still be told; at the interpreter's end it could not.
            sys.stdout.flush()
    except PathfinderError as error:
        say(f"pathfinder: {error}")
        raise typer.Exit(error.exit_code) from None
    except _CALLED_WRONGLY as error:
        said = one_line(error.format_message()).rstrip(".")
        say(f"pathfinder: {said}{f'; see {error.ctx.command_path} --help' if error.ctx else ''}")
        raise typer.Exit(error.exit_code) from None
    except OSError as error:
        message = lost(error)
        if message is None:
            raise
        say(f"pathfinder: {message}.")
        raise typer.Exit(PathfinderError.exit_code) from None
    except KeyboardInterrupt:
        raise typer.Exit(InterruptionError.exit_code) from None


def group(modules: Mapping[str, str] | None = None, *, add_completion: bool = False) -> typer.Typer:
    """Return a group of commands with the house's settings; `modules` says where those live that load when asked for."""
    cls = type("LazyGroup", (CommandGroup,), {"modules": modules or {}})
    return typer.Typer(cls=cls, add_completion=add_completion, **_SETTINGS)


def single() -> typer.Typer:
    """Return an application for one command that a group loads when it is asked for."""
    return typer.Typer(add_completion=False, **_SETTINGS)


def finish(code: int) -> None:
    """End with this exit code."""
    if code:
        raise typer.Exit(code)


def complete(list_ids: Callable[[str | None], list[str]]) -> Callable[[Any, str], list[str]]:
    """Return a shell completion over ids that `list_ids(pack option)` gives; a broken pack completes nothing."""

    def completion(ctx: typer.Context, incomplete: str) -> list[str]:
        try:
            ids = list_ids(ctx.params.get("pack"))
        except PathfinderError:
            return []
        taken = ctx.params.get("paths") or []
        return [each for each in ids if each.startswith(incomplete) and each not in taken]

    return completion
