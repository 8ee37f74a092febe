"""The forms on leave and suspensions."""
