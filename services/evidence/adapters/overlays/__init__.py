"""Overlays in the database, and the file of the policies that they rest on."""
