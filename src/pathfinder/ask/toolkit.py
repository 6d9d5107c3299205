"""The terminal as prompt_toolkit reads from it and draws on it."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from prompt_toolkit.application import create_app_session, get_app_or_none
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.key_binding.key_processor import KeyProcessor
from prompt_toolkit.output import ColorDepth, create_output
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.styles import Style

from pathfinder.ask.keys import KeyFilter
from pathfinder.ask.marks import QUESTIONARY_STYLES, STYLES, Marks, marks_for
from pathfinder.ask.raw_terminal import drawing_stream, size_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TextIO

    from prompt_toolkit.application import Application
    from prompt_toolkit.input import Input
    from prompt_toolkit.key_binding import KeyPressEvent
    from prompt_toolkit.output import Output

ESCAPE_SECONDS: Final = 0.2
"""How long a lone Esc may turn out to be the start of an arrow key, which slow connections split."""

STYLE: Final = Style(list(STYLES.items()))
QUESTIONARY: Final = Style(list({**STYLES, **QUESTIONARY_STYLES}.items()))


class TerminalOutput(Vt100_Output):
    """An output that is never asked for the cursor's place, because some terminals never answer.

    When the terminal is held, all prompts draw over the one alternate screen that is open already.
    """

    def __init__(self, stream: TextIO, *, held: bool) -> None:
        super().__init__(
            stream,
            lambda: Size(rows=size_of(stream).lines, columns=size_of(stream).columns),
            term=os.environ.get("TERM"),
            default_color_depth=ColorDepth.DEPTH_1_BIT if os.environ.get("NO_COLOR") else None,
            enable_cpr=False,
        )
        self.held = held
        self.marks = marks_of(self)

    def write(self, data: str) -> None:
        """Write what the terminal has characters for: Questionary's own signs are not ASCII."""
        super().write(self.marks.clean(data))

    def enter_alternate_screen(self) -> None:
        """Draw from the top."""
        self.write_raw("\x1b[H")

    def quit_alternate_screen(self) -> None:
        """Stay until the terminal is let go."""


def marks_of(output: Output) -> Marks:
    """Return the signs that this output can show."""
    return marks_for(output.encoding(), os.environ)


def over_all(output: Output) -> bool:
    """Say whether a prompt may draw over the whole terminal, as within a quiz."""
    return not isinstance(output, TerminalOutput) or output.held


@contextmanager
def session(source: Input | None, output: Output | None, *, held: bool) -> Iterator[None]:
    """Let prompts use this input and output, by default the terminal, until the end."""
    if output is None:
        stream = drawing_stream()
        output = create_output(stdout=stream) if sys.platform == "win32" else TerminalOutput(stream, held=held)
    source = source or create_input(sys.stdin)
    parser = getattr(source, "vt100_parser", None)  # the old Windows console has none: it sends keys
    if parser is not None and not isinstance(parser, KeyFilter):
        source.vt100_parser = KeyFilter(parser.feed_key_callback)  # type: ignore[attr-defined]
    with create_app_session(input=source, output=output):
        yield


def terminal_keys() -> KeyBindings:
    """Return what Ctrl-C, Ctrl-Z and Ctrl-L do in every prompt."""
    keys = KeyBindings()
    bind(keys, ["c-c", "<sigint>"], lambda event: leave(event.app))
    bind(keys, ["c-l"], lambda event: _redraw(event.app))
    bind(keys, ["c-z"], lambda event: _suspend(event.app))
    return keys


def answer_only(app: Application[Any], keys: KeyBindings) -> None:
    """Let a prompt know these keys and the terminal's, and none of the hundreds that prompt_toolkit brings along."""
    known = terminal_keys()
    bind(known, ["c-d"], lambda event: leave(event.app))
    app.key_processor = KeyProcessor(merge_key_bindings([known, keys]))
    app.ttimeoutlen = ESCAPE_SECONDS


def bind(keys: KeyBindings, names: Sequence[str], do: Callable[[KeyPressEvent], None]) -> None:
    """Let keys do something, at once even where more keys could follow; a letter does in both cases."""
    for name in names:
        for key in {name, name.upper()} if len(name) == 1 else {name}:
            keys.add(key, eager=True)(do)


def _suspend(app: Application[object]) -> None:
    if isinstance(app.output, TerminalOutput) and app.output.held:
        # As the terminal would send it: to all that Ctrl-Z stops. `raw_terminal` gives the terminal back meanwhile.
        os.kill(0, signal.SIGTSTP)
    elif isinstance(app.output, TerminalOutput):
        app.suspend_to_background()


def interrupt() -> bool:
    """End the prompt that is running with KeyboardInterrupt; False when none is."""
    app = get_app_or_none()
    if app is None or app.loop is None:
        return False
    app.loop.call_soon_threadsafe(leave, app)
    return True


def redraw() -> None:
    """Draw the prompt that is running, if one is, on a screen that holds something else by now."""
    app = get_app_or_none()
    if app is not None and app.loop is not None:
        app.loop.call_soon_threadsafe(_redraw, app)


def _redraw(app: Application[object]) -> None:
    app.renderer.clear()
    app.invalidate()


def leave(app: Application[object]) -> None:
    """End a prompt with KeyboardInterrupt, unless it has ended already."""
    if app.future is not None and not app.future.done():
        app.exit(exception=KeyboardInterrupt)
