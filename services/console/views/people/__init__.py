"""Pages about people, as the Team and its managers read them: what each shows, ready to print."""
