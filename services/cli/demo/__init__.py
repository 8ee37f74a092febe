"""`psmf demo`: the whole suite on this machine, with invented people."""
