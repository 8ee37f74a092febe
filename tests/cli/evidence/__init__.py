"""Tests of `psmf evidence`."""
