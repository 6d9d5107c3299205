"""What an answer sheet says: wishes, score, certainty, verdict, reasons, and what would change it."""

from pathfinder.result.evaluate import Result, evaluate

__all__ = ["Result", "evaluate"]
