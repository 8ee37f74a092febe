"""What is said of an item of evidence, whatever is done with it."""
