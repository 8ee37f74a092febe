"""Measurements of the databases alone: `python -m bench.storage.journals`."""
