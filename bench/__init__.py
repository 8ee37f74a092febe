"""Ratios of the suite to the parts it is built from. Both sides are measured in the same run (make bench)."""
