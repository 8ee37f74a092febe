"""`psmf overlay`: suspension of a Safeguarder."""
