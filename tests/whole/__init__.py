"""Tests of what crosses the rooms."""
