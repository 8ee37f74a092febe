"""What happens to a concern after a rule raised it: steps, guards, history."""
