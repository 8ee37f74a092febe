"""Forms: what was typed into their fields, and the message that is told once after one was sent."""
