"""Suspensions in evidence."""
