"""The evidence service as it runs, for access over the wire."""

from tests.evidence.conftest import evidence

__all__ = ["evidence"]
