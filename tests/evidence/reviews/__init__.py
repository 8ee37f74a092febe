"""Reviews of actions."""
