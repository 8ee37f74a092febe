"""Reads decision records, one a line, asks both engines again, and says how each came out. Run by a test."""

import hashlib
import sys

from services.rules.adapters.engine.process import EngineChild
from services.rules.adapters.rule_files.folder import load_rulebook
from services.rules.simulations.replay import replay
from tests.waiting import HUNG


def main() -> None:
    """Standard input to standard output: `outcome sha256` for each record."""
    rulebook = load_rulebook()
    with EngineChild(seconds=HUNG) as engine:
        for line in sys.stdin.buffer:
            content = line.rstrip(b"\n")
            done = replay(content, hashlib.sha256(content).hexdigest(), {rulebook.content_hash: rulebook}.get, engine)
            sys.stdout.write(f"{done.outcome} {done.sha256}\n")


if __name__ == "__main__":
    main()
