"""What a topic loses, and what a reader does about it."""
