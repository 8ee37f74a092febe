"""What the rules say about one person on one day, and why."""
