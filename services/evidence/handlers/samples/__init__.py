"""Commands on rounds of sampling and on sampled reports."""
