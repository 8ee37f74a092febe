"""The forms on a development plan."""
