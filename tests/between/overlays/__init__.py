"""Suspensions in all services."""
