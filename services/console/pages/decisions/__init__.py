"""What Scottish Ministers decided, for those who record it."""
