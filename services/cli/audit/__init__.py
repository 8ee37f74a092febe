"""`psmf audit`: who called what about whom, and whether the log of it is as it was written."""
