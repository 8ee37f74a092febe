"""Fixture: the running evidence service, for tests of access over the wire."""

from tests.evidence.conftest import evidence

__all__ = ["evidence"]
