"""What a page shows, as frozen values with text ready to print, and the pure functions that build it."""
