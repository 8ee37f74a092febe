"""Changes of the rulebook over the door of the service."""
