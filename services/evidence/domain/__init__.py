"""Facts about practice, in plain Python."""
