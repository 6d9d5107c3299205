"""A whole class at once: what a survey tool exports -> everybody's result, the group, and how well it holds."""
