"""Rule files: reading and checking them, writing examples, and the rulebook as a document."""
