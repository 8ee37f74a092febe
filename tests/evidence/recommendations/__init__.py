"""Recommendations of the Team about memberships."""
