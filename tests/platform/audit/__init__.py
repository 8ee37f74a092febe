"""Tests of the audit log: its rows, its chain, and the checkpoints that others keep."""
