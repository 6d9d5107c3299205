"""Runs programs in a real pseudo-terminal and looks at what a person would see."""
