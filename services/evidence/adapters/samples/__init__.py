"""Rounds of sampling and sampled reports in the database."""
