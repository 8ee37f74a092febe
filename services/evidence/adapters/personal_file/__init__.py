"""What a Safeguarder's own view of their file is read from."""
