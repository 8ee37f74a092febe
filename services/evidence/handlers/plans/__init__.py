"""Commands on development plans: find what a request names, ask the domain, and store the next version."""
