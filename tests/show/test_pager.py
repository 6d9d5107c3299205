"""What is longer than the screen goes through a pager, and sources are links: only where a person looks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from pathfinder.show.terminal.canvas import console, takes_links
from pathfinder.show.terminal.pager import PAGER, PROMPT, pager_command
from pathfinder.show.terminal.sources import linked
from reports import LINKS
from whole.terminal.driver import Terminal, python

if TYPE_CHECKING:
    from conftest import Run

LINK: Final = re.compile(r"\x1b\]8;[^;]*;https?://")
SHOW: Final = python("-m", "pathfinder", "show", "hybrid")
FAQ: Final = python("-m", "pathfinder", "faq", "visa")


@pytest.mark.parametrize(
    ("environ", "links"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7600"}, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "vscode"}, True),
        ({"TERM": "foot"}, True),
        ({"TERM": "xterm-256color", "FORCE_HYPERLINK": "1"}, True),
        ({"TERM": "foot", "FORCE_HYPERLINK": "0"}, False),
        ({"TERM": "foot", "NO_HYPERLINKS": "1"}, False),
        ({"TERM": "dumb", "FORCE_HYPERLINK": "1"}, False),
    ],
    ids=str,
)
def test_links_are_for_terminals_that_take_them(environ: dict[str, str], links: bool) -> None:  # noqa: FBT001
    """Unknown terminals could print the codes of a link, so they get none; a variable turns links on or off."""
    assert takes_links(environ) is links


@pytest.mark.parametrize("url", [*LINKS, None, "https://e.org/\x1b]8;;\x07", "https://e.org/\x9b0m"])
def test_no_address_becomes_a_link_that_acts(url: str | None) -> None:
    """Only plain web addresses are links in a terminal that takes them; nothing in one can end its code."""
    drawn = console()
    drawn.links = True
    assert linked(drawn, "https://e.org/a?b=1").link == "https://e.org/a?b=1"
    assert linked(drawn, url).link is None
    drawn.links = False
    assert linked(drawn, "https://e.org/a?b=1").link is None


@pytest.mark.parametrize(
    ("pager", "command"),
    [
        (None, [*PAGER.split(), PROMPT]),
        ("cat -A", ["cat", "-A"]),
        ("", None),
        ("no-such-pager", None),
        ("'unclosed", None),
    ],
)
def test_the_pager_is_the_persons(
    pager: str | None, command: list[str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """$PAGER in words, never through a shell; none where it is empty, missing or no command."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("shutil.which", lambda name: None if name.startswith("no-such") else f"/bin/{name}")
    if pager is None:
        monkeypatch.delenv("PAGER", raising=False)
    else:
        monkeypatch.setenv("PAGER", pager)
    assert pager_command() == command


def test_what_fits_is_printed_with_links_and_what_does_not_is_paged_without() -> None:
    """On a tall screen sources open; in a pager their addresses are written out."""
    settings = {"FORCE_HYPERLINK": "1", "PAGER": "sed s/^/paged:/"}
    with Terminal(FAQ, rows=60, env=settings) as terminal:
        assert terminal.wait_end() == 0
        assert LINK.search(terminal.output.decode())
        assert b"paged:" not in terminal.output
    with Terminal(SHOW, rows=20, env=settings) as terminal:
        assert terminal.wait_end() == 0
        assert not LINK.search(terminal.output.decode())
        assert terminal.output.count(b"paged:") > 20
        assert b"https://" in terminal.output


@pytest.mark.parametrize("settings", [{"ACCESSIBLE": "1"}, {"TERM": "dumb"}, {"PAGER": ""}], ids=str)
def test_nobody_is_paged_against_their_wish(settings: dict[str, str]) -> None:
    """Heard text, dumb terminals and an empty PAGER get it all at once."""
    with Terminal(SHOW, rows=20, env={"PAGER": "sed s/^/paged:/", **settings}) as terminal:
        assert terminal.wait_end() == 0
        assert b"paged:" not in terminal.output


def test_a_pager_that_is_left_early_is_no_error() -> None:
    """Leaving the pager before its end ends the command quietly."""
    with Terminal(SHOW, rows=20, env={"PAGER": "head -3"}) as terminal:
        assert terminal.wait_end() == 0
        assert b"Traceback" not in terminal.output


@pytest.mark.parametrize("pager", ["false", "sh -c 'exit 3'", "sh -c 'kill -9 $$'"])
def test_a_pager_that_fails_loses_nothing(pager: str) -> None:
    """The text is printed as if there were none."""
    with Terminal(SHOW, rows=20, env={"PAGER": pager}) as terminal:
        assert terminal.wait_end() == 0
        assert b"Hybrid career" in terminal.output
        assert b"https://" in terminal.output


def test_a_pipe_has_neither_pager_nor_links(run: Run) -> None:
    """What another program reads is plain text."""
    done = run("show", "hybrid", FORCE_HYPERLINK="1", PAGER="sed s/^/paged:/")
    assert (done.returncode, done.stderr) == (0, "")
    assert "paged:" not in done.stdout
    assert "\x1b" not in done.stdout
