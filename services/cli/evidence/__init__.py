"""`psmf evidence`: evidence about practice and conduct, by command or by file."""
