"""Overlays of a membership: who is told of one, and when."""
