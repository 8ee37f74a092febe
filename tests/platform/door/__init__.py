"""The door: pools of threads, turns, deadlines and limits."""
