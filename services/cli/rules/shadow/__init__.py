"""`psmf rules shadow`: what a shadow on a candidate rulebook raises, compared with the service."""
