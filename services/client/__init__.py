"""Calls to the suite's public methods, and the words in which answers are shown."""
