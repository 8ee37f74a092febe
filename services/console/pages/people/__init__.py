"""Pages about people: the list, the file of one, and the search."""
