"""One question as lines of styled text: pure functions of the view, the width and the height."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pathfinder.ask import words
from pathfinder.ask.wrapping import columns, shorten, wrap
from pathfinder.pack import SKIP
from pathfinder.text import title
from pathfinder.value import value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pathfinder.answers.interview import Interview
    from pathfinder.ask.marks import Marks
    from pathfinder.pack import Option

StyledLine = list[tuple[str, str]]
"""Styled pieces of one row; styles are class names of prompt_toolkit, text is never markup."""

WIDEST: Final = 80
"""Columns that text may fill, however wide the terminal: longer lines are hard to read."""

BAR: Final = 24
TOP: Final = 1_000_000
"""A lift that no question is too long for: show it from its first line."""

REASONS: Final = -1
"""The lift that shows the reasons from their first line."""

WHY: Final = 1
SOURCES: Final = 2
_MARGIN: Final = " "


@value
class View:
    """What the screen shows: `selected` is an option's place (None: no option), `lift` the lines it is scrolled up by.

    `typed` holds a first digit that waits for its second; `why` how much of the reasons is open: nothing, WHY or
    SOURCES; `clearing` that the person is asked whether to clear the answer; `alone` that the question was opened
    from the review. `echo` says what was just taken, `hint` what is missing, `notice` what must be seen at once.
    """

    interview: Interview
    selected: int | None = None
    lift: int = 0
    typed: str = ""
    why: int = 0
    clearing: bool = False
    alone: bool = False
    opening: str | None = None
    echo: str = ""
    hint: str = ""
    notice: str | None = None


@value
class QuestionPage:
    """The rows to draw; `lift` is what is left of the view's, `room` whether it could be more.

    `cursor` is the row of the selected option, and of the question when none is; `in_sight` says whether all of the
    selected option is on the page.
    """

    lines: tuple[StyledLine, ...]
    lift: int
    room: bool
    cursor: int
    in_sight: bool


def view_of(view: View, interview: Interview, notice: str | None) -> View:
    """Return the view of an interview's current question, its earlier answer selected, or nothing.

    A question that is new is shown from its first line, one that was answered at its answer.
    """
    given = interview.given
    return replace(
        view,
        interview=interview,
        selected=None if given is None or given == SKIP else interview.current.index(given),
        lift=TOP if given is None else 0,
        typed="",
        why=0,
        clearing=False,
        hint="",
        notice=notice,
    )


def typed(before: str, digit: str, options: int) -> tuple[str, int | None]:
    """Return the digits that wait and the option they name, by place, once no further digit could follow.

    With twelve options "1" waits for a second digit (or Enter), "3" and "12" answer at once, and a digit
    that leads nowhere is ignored.
    """
    number = int(before + digit)
    if not 1 <= number <= options:
        return before, None
    return (before + digit, None) if number * 10 <= options else ("", number - 1)


def key_lines(pairs: Sequence[tuple[str, str]], width: int) -> list[StyledLine]:
    """Return the keys and what each does, as many to a row as fit in `width` columns."""
    lines: list[StyledLine] = [[]]
    used = 0
    for key, meaning in pairs:
        wide = len(key) + 1 + len(meaning)
        if used and used + 3 + wide > width:
            lines.append([])
            used = 0
        if used:
            lines[-1].append(("", "   "))
            used += 3
        lines[-1] += [("class:key", key), ("class:meaning", f" {meaning}")]
        used += wide
    return lines


def more(above: int, below: int, marks: Marks) -> StyledLine:
    """Return the signs that lines are out of sight, above or below."""
    told = [f"{mark} more" for mark, lines in ((marks.above, above), (marks.below, below)) if lines > 0]
    return [("class:note", "   ".join(told))] if told else []


def lay_out(view: View, width: int, height: int, marks: Marks) -> QuestionPage:
    """Lay the question out in at most `height` rows of at most `width` columns, the selected option in sight.

    A question that does not fit is scrolled no further than that needs; `lift` scrolls it back up.
    """
    inner = max(8, min(width, WIDEST) - 2 * len(_MARGIN))
    body, span, top = _body(view, inner, marks)
    header, footer = [*_told(view, inner, marks), _header(view.interview, inner, marks)], _footer(view, inner, marks)
    airy = height >= len(header) + len(body) + len(footer) + 2
    if height < len(header) + len(footer) + 5:  # On a few rows the question itself comes first.
        header, footer = [], footer[: max(0, height - 5)]
    space = max(1, height - len(header) - len(footer) - airy - bool(footer))
    least = max(0, min(span[1] - space, span[0]))
    lift = min(view.lift if view.lift != REASONS else max(0, least - top), least)
    first = least - lift
    if view.selected is None and view.lift == REASONS:
        first = min(top, max(0, len(body) - space))
    shown = body[first : first + space]
    signs = [more(first, len(body) - first - len(shown), marks)] if footer else []
    rows = [*header, *([[]] if airy else []), *shown, *signs, *footer]
    in_sight = span[0] >= first and (lift == 0 or span[1] <= first + space)
    return QuestionPage(
        lines=tuple([("", _MARGIN), *row] if row else row for row in rows),
        lift=lift,
        room=first > 0,
        cursor=len(header) + airy + (span[0] - first if in_sight else 0),
        in_sight=in_sight,
    )


def _told(view: View, width: int, marks: Marks) -> list[StyledLine]:
    """Return what was just taken, and at the start of a round how far one has come."""
    milestone = "" if view.alone else words.milestone(view.interview)
    echo = shorten(marks.clean(view.echo), width, marks.ellipsis)
    return [[(style, text)] for style, text in (("class:echo", echo), ("class:note", milestone)) if text]


def _header(interview: Interview, width: int, marks: Marks) -> StyledLine:
    number, total = words.position(interview)
    count = f" {marks.dot} {number} of {total}"
    theme = shorten(marks.clean(title(interview.current.theme)), max(4, width - len(count)), marks.ellipsis)
    left = min(BAR, width - columns(theme) - len(count) - 2)
    line: StyledLine = [("class:theme", theme), ("class:count", count)]
    if left >= min(total, 6):
        done = left * interview.place // total
        line += [("", "  "), ("class:done", marks.done * done), ("class:open", marks.open * (left - done))]
    return line


def _body(view: View, width: int, marks: Marks) -> tuple[list[StyledLine], tuple[int, int], int]:
    """Return the rows between header and keys, those of the selected option, and where the reasons begin."""
    question = view.interview.current
    rows: list[StyledLine] = []
    if view.opening:
        rows += [*_text("class:opening", view.opening, width, marks), []]
    span = (0, 0)
    rows += [*_text("class:question", question.text, width, marks), []]
    top = len(rows)
    if view.why:
        rows += [*_reasons(view, width, marks), []]
    for place, option in enumerate(question.options):
        start = len(rows)
        rows += _option(view, place, option, width, marks)
        if place == view.selected:
            span = (start, len(rows))
    if view.interview.given == SKIP:
        rows += [[], *_text("class:note", words.SKIPPED_BEFORE, width, marks)]
    return rows, span, top


def _reasons(view: View, width: int, marks: Marks) -> Iterator[StyledLine]:
    question = view.interview.current
    yield from _text("class:note", words.why(question), width, marks)
    if view.why < SOURCES:
        return
    for source in words.sources(view.interview.pack, question):
        yield from _hanging("class:note", "Source: ", source.reference, width, marks)
        if source.url:
            yield from _hanging("class:note", "        ", source.url, width, marks)


def _option(view: View, place: int, option: Option, width: int, marks: Marks) -> Iterator[StyledLine]:
    chosen = place == view.selected
    digits = len(str(len(view.interview.current.options)))
    pointer = marks.pointer if chosen else " "
    lead = f"{pointer} {place + 1:>{digits}}  "
    text = marks.clean(option.text)
    if view.interview.given == option.id:
        text += f" {marks.dot} your answer"
    style = "class:selected" if chosen else "class:option"
    for number, row in enumerate(wrap(text, max(4, width - len(lead)))):
        if number:
            yield [("", " " * len(lead)), (style, row)]
        else:
            yield [("class:pointer", pointer), (style if chosen else "class:digit", lead[1:]), (style, row)]


def _footer(view: View, width: int, marks: Marks) -> list[StyledLine]:
    rows: list[StyledLine] = []
    if view.notice:
        rows += _text("class:warning", f"! {view.notice}", width, marks)
    if view.clearing:
        rows += _text("class:warning", f"! {words.CLEAR} y clears it, Enter keeps it.", width, marks)
    elif view.hint:
        rows += _text("class:warning", f"! {view.hint}", width, marks)
    if view.typed:
        options = len(view.interview.current.options)
        also = ", ".join(str(number) for number in range(int(view.typed) * 10, options + 1))
        rows += _text("class:note", f"{view.typed}_  Enter for {view.typed}, one more digit for {also}", width, marks)
    return [*rows, *_keys(view, width, marks)]


def _keys(view: View, width: int, marks: Marks) -> list[StyledLine]:
    interview = view.interview
    options = interview.current.options
    answered = interview.given not in {None, SKIP}
    kept = answered and view.selected is not None and options[view.selected].id == interview.given
    pairs = [(f"1-{len(options)}", "answer"), (f"{marks.arrows} Enter", "keep" if kept else "choose")]
    if view.alone:
        pairs.append(("b", "back to your answers"))
    elif interview.place:
        pairs.append(("b", "back"))
    sources = words.sources(interview.pack, interview.current)
    reasons = "hide why" if view.why == SOURCES or (view.why and not sources) else "sources" if view.why else "why"
    pairs += [("s", "clear" if answered else "skip"), ("?", reasons), ("q", "save and leave")]
    return key_lines(pairs, width)


def _text(style: str, text: str, width: int, marks: Marks) -> list[StyledLine]:
    return [[(style, row)] for row in wrap(marks.clean(text), width)]


def _hanging(style: str, lead: str, text: str, width: int, marks: Marks) -> list[StyledLine]:
    rows = wrap(marks.clean(text), max(4, width - len(lead)))
    return [[(style, (lead if not number else " " * len(lead)) + row)] for number, row in enumerate(rows)]
