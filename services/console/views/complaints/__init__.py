"""Complaints as pages show them: how far one has come, and the forms of its steps."""
