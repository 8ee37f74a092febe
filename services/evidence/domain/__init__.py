"""Rules of the register and of evidence items, in plain Python."""
