"""Many people's answers in one file."""
