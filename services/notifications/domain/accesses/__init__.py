"""Emergency accesses: who is told of one, and when."""
