"""One matter, what it rests on, and the forms of its steps."""
