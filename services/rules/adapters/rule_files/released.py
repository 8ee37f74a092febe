"""The rulebooks that came with a release, by content hash. The first start trusts these and nothing else (A3)."""

from pathlib import Path

FILE = Path(__file__).parents[2] / "data" / "released_rulebooks.txt"
"""A line for each: the hash, then the release. `make docs` keeps the line of the coming release."""


def _released() -> frozenset[str]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(line.split()[0] for line in lines if line and not line.startswith("#"))


RELEASED = _released()
