"""The kinds of faults, each tried against the real suite."""
