"""What happens to a concern after a rule raised it: moves, guards and history."""
