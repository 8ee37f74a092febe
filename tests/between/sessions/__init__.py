"""Support sessions, their papers and their records, across services."""
