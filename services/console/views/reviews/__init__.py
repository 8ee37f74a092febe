"""Reviews that a Safeguarder asks for: the queue, one request with both sides, its steps, and how one is asked for."""
