"""Ratios against the parts the suite is made of, both sides measured in the same run (make bench)."""
