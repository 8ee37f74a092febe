"""`psmf review`: ask somebody outside the chain to look at something, follow the request, and decide it."""
