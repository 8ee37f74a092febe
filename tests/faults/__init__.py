"""Faults on the real suite, in the sizes of every commit: `make faults` tries more of each."""
