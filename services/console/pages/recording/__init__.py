"""The pages on which evidence is recorded, one question each, and the drafts that keep what was answered."""
