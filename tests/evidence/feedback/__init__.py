"""Feedback that people give by a link, without signing in."""
