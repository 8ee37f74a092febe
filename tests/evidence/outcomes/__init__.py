"""Outcomes of actions as evidence."""
