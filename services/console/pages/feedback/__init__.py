"""Feedback by a link: the pages of those who give it, and of the Team."""
