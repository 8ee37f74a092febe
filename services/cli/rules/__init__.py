"""`psmf rules`: read, check and try out the rulebook, and bring it into force."""
