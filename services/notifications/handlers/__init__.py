"""One file for each group of commands or reactions."""
