"""Emergency accesses: the list of them, and the forms that open, close and review one."""
