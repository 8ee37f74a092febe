"""Tests of a whole file over the four services: who has read it."""
