"""What the suite does while its surroundings misbehave, on the four services together."""
