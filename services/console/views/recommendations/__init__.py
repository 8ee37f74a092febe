"""What the Team recommends to Scottish Ministers: what is owed, what is ready, one recommendation, and its steps."""
