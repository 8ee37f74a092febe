"""Recommendations between the services."""
