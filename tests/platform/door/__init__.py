"""The door: rooms of threads, turns, deadlines and limits."""
