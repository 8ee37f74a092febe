"""A Safeguarder's own pages. Nobody else has them, and they show nobody else's file."""
