"""Complaints over all services."""
