"""Long questions about the rulebook, each answered in a process of its own: what-if, tune, fair, replay."""
