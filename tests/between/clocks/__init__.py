"""What pauses and moves the clocks of what is owed."""
