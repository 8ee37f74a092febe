"""Changes of the approach to concerns."""
