"""Tools that check a rulebook before it comes into force: examples, coverage, mutants and nearby cases."""
