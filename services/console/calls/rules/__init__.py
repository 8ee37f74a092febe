"""Calls of the rules service: matters, the rules themselves, changes of them, and figures."""
