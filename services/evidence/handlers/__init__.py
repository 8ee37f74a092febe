"""Commands, one file for each group: load, decide, store, in the current transaction."""
