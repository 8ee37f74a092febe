"""One file for each noun: load, decide and store, in the current transaction. A handler is handed its stores."""
