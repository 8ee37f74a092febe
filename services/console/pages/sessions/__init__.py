"""Pages of sessions, for the Team and for the Safeguarder concerned."""
