"""Feedback links in the database, and the file of their questions."""
