"""Rule files: reading and checking them, writing them, and the rulebook as a page."""
