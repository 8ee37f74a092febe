"""Days of rules that pass in moments, and what they cost."""
