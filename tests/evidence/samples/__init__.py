"""Sampled reports: the draw, their life, and how far readers agree."""
