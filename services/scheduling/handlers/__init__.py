"""Commands and reactions, one file each: load, decide, store, in the current transaction."""
