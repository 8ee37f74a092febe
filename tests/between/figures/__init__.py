"""Figures of the record, between the services."""
