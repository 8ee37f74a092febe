"""What policy staff use to check a rulebook: examples, coverage, small changes, nearby cases."""
