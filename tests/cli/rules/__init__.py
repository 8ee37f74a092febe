"""Tests of `psmf rules`."""
