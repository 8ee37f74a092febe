"""`psmf plan`: a person's development plan on one page. What is in it has groups of its own."""
