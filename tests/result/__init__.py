"""Tests of the result room."""
