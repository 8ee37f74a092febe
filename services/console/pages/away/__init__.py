"""Pages of leave and suspensions."""
