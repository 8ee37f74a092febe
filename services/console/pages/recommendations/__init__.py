"""What the Team recommends to Scottish Ministers, as both sides read it."""
