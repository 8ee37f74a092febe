"""`psmf concern`: what happens to a concern."""
