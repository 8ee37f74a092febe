"""Attacks by those who reach a door, on the services and the console in this process."""
