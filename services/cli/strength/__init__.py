"""`psmf strength`: name a strength in a development plan."""
