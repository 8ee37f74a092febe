"""`psmf standing` and `psmf waiting`: a Safeguarder's own view of their file."""
