"""`psmf access`: emergency access to a file."""
