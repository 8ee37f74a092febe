"""Alerts and notifications as plain values."""
