"""`psmf events`: topics, dead letters, and publishing again."""
