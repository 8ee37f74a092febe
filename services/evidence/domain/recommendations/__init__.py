"""What the Team recommends to Scottish Ministers about a membership, and the pack that it rests on (record 2.6)."""
