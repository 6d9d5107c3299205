"""Quizzes saved on this machine: begin, save after every answer, find again, compare, delete."""

from pathfinder.place import home
from pathfinder.sessions.changes import Change, Difference, diff, fit
from pathfinder.sessions.record import Broken, PackStamp, Session
from pathfinder.sessions.store import Store

__all__ = ["Broken", "Change", "Difference", "PackStamp", "Session", "Store", "diff", "fit", "home"]
