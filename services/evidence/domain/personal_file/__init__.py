"""A Safeguarder's own view of their file: where practice stands, and what is due from whom."""
