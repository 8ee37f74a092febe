"""Measurements of the databases and of what leaves them: journals, size, copies that write, the relay."""
