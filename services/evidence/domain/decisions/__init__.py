"""Recorded decisions of Scottish Ministers and their corrections."""
