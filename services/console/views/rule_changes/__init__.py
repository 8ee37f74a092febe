"""Changes of the rules as people read them: the list, one change, what it would have done, and the forms."""
