"""Everything drawn with Rich: comparison, paths, FAQ, results, audit and sessions. Only this package imports it."""
