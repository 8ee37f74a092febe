"""Complaints on pages."""
