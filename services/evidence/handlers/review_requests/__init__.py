"""Commands on review requests."""
