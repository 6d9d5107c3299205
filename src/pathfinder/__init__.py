"""An interactive decision quiz for the terminal: scored, explained, and honest about its certainty."""

__version__ = "0.2.0"
