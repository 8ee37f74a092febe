"""Feedback by a link, and who hears of it."""
