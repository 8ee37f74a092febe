"""Tests of what happens between the services: one file for each kind of fault that can arise there."""
