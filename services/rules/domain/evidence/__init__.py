"""Which evidence counts on a day, what it measures, and how it changed over time."""
