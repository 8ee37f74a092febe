"""What the Panel Team owes people who complained, as scheduling keeps it."""
