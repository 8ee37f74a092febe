"""Complaints: the steps of the procedure, and what the Panel Team owes the person who complained."""
