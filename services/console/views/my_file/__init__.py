"""A Safeguarder's own pages: what each shows, ready to print."""
