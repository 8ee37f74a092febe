"""`psmf decision`: what is recorded of Ministers' decisions, and its corrections."""
