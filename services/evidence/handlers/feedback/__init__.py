"""What the Team and givers do with feedback links."""
