"""Tests of `psmf session`."""
