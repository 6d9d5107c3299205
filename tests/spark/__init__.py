"""The engine on Spark, in an environment of its own."""
