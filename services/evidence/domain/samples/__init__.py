"""Sampled reports: the rounds, the draw, the readings and how far readers agree."""
