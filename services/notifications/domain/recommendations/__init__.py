"""Recommendations about a membership, as people are told of them."""
