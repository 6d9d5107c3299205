"""Reads a pack from its folder and checks it, in one pass that collects every problem."""

from pathfinder.located import Problem
from pathfinder.packfile.folder import FILES, bundled, find, load_faq, load_pack, read_pack, refuse_no_folder

__all__ = ["FILES", "Problem", "bundled", "find", "load_faq", "load_pack", "read_pack", "refuse_no_folder"]
