"""Sampled reports between the services."""
