"""Commands on sampled reports."""
