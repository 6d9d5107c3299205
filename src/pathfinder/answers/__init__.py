"""Quizzes saved on this machine: begin, save after every answer, find again, compare, delete."""

from pathfinder.answers.diff import Changed, Difference, difference_between, fit
from pathfinder.answers.place import home
from pathfinder.answers.plan import PlannedStep
from pathfinder.answers.session import BrokenSession, PackStamp, Session
from pathfinder.answers.store import Store

__all__ = [
    "BrokenSession",
    "Changed",
    "Difference",
    "PackStamp",
    "PlannedStep",
    "Session",
    "Store",
    "difference_between",
    "fit",
    "home",
]
