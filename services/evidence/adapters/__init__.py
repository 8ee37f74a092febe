"""The database of evidence."""
