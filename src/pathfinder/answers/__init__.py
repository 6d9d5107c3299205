"""Quizzes saved on this machine: begin, save after every answer, find again, compare, delete."""

from pathfinder.answers.diff import Change, Difference, diff, fit
from pathfinder.answers.place import home
from pathfinder.answers.plan import PlannedStep
from pathfinder.answers.session import Broken, PackStamp, Session
from pathfinder.answers.store import Store

__all__ = ["Broken", "Change", "Difference", "PackStamp", "PlannedStep", "Session", "Store", "diff", "fit", "home"]
