"""Commands and reactions, one file for each group."""
