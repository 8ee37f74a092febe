"""Rule files before they become a revision: checked, tried, and written by the service for one changed number."""
