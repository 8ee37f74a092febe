"""`psmf away`: leave and suspension of a Safeguarder."""
