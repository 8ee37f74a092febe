"""Commands on recommendations, and reading them."""
