"""Faults on the real suite, in the sizes for every commit. `make faults` runs larger sizes."""
