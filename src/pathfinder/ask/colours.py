"""The few colours of the prompts; each only repeats what a sign, a word or a place says already."""

from __future__ import annotations

from typing import Final

# Blue, grey and orange-brown of about the same luminance: 4:1 or more on white and on black, and told apart by
# the colour-blind. All are in the palette of 256, so that every terminal shows the same.
BLUE: Final = "#0087d7"
GREY: Final = "#767676"
BROWN: Final = "#af5f00"
PALETTE: Final = {BLUE: 32, GREY: 243, BROWN: 130}

STYLES: Final = {
    "theme": "bold",
    "done": f"{BLUE} bold",
    "open": GREY,
    "opening": GREY,
    "question": "bold",
    "pointer": f"{BLUE} bold",
    "selected": "bold",
    "digit": GREY,
    "key": "bold",
    "meaning": GREY,
    "warning": f"{BROWN} bold",
}
"""Classes of the running quiz; a class that is missing is plain text."""

QUESTIONARY: Final = {
    "qmark": f"{BLUE} bold",
    "answer": "bold",
    "highlighted": "bold",
    "selected": "",
    "text": "",
    "instruction": GREY,
    "separator": GREY,
    "validation-toolbar": f"{BROWN} bold noreverse bg:default",
    "bottom-toolbar": "noreverse",
}
"""The same for Questionary's own classes."""


def escape(style: str, *, coloured: bool) -> str:
    """Return the control sequence for a style such as "class:done"."""
    words = STYLES.get(style.removeprefix("class:"), "").split()
    codes = ["0"]
    for word in words:
        if word == "bold":
            codes.append("1")
        elif coloured:
            codes.append(f"38;5;{PALETTE[word]}")
    return f"\x1b[{';'.join(codes)}m"
