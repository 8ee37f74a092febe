"""Figures on the wire: what they are worked out from, and what they come to."""
