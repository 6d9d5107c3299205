"""Tests of the ask room."""
