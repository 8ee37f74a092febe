"""One file for each command or reaction: load, decide, store, in the transaction at hand."""
