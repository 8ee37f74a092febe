"""`psmf concern`: list and show concerns, and make moves on them."""
