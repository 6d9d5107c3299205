"""A pack: its values, and the loader that is also its validator."""

from pathfinder.pack.load import FILES, bundled, find, fingerprint, load_faq, load_pack, read_pack, refuse_no_folder
from pathfinder.pack.model import (
    SKIP,
    CareerPath,
    Dimension,
    Fact,
    Faq,
    NextStep,
    Option,
    Pack,
    Question,
    Scale,
    Source,
    Statement,
    Track,
    scale_options,
)
from pathfinder.pack.nodes import Problem

__all__ = [
    "FILES",
    "SKIP",
    "CareerPath",
    "Dimension",
    "Fact",
    "Faq",
    "NextStep",
    "Option",
    "Pack",
    "Problem",
    "Question",
    "Scale",
    "Source",
    "Statement",
    "Track",
    "bundled",
    "find",
    "fingerprint",
    "load_faq",
    "load_pack",
    "read_pack",
    "refuse_no_folder",
    "scale_options",
]
