"""What a caller may do: the methods behind each command, and whether a hint offers something that would be refused."""
