"""What an answer sheet says: score, certainty, verdict, reasons, and what would change it."""

from pathfinder.result.evaluate import Assessed, Result, evaluate

__all__ = ["Assessed", "Result", "evaluate"]
