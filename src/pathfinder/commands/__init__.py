"""What each command does: plain functions with plain arguments that return an exit code.

Each imports what draws, asks or reads only where it needs it, so that no command pays for another.
"""
