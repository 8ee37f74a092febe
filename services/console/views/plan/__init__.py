"""A development plan as the Team reads it, and the forms of its steps for both sides."""
