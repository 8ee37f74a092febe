"""Overlays of a membership: a suspension, under a policy that says what stands still meanwhile."""
