"""`psmf duty`: who owes what by when."""
