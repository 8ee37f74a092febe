"""`psmf file`: a whole file to take away, and who has read it."""
