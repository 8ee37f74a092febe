"""Feedback links."""
