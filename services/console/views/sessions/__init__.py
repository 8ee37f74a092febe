"""Sessions: when they are, what they are about, and what was said at them."""
