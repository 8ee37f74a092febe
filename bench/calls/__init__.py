"""Calls: what a bare machine does in place of them, the goals of one call, and what it takes to start a service."""
