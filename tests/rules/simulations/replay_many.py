"""A program that replays decision records, one a line, with both engines. A test runs it."""

import hashlib
import sys

from services.rules.adapters.engine.process import EngineChild
from services.rules.adapters.rule_files.folder import load_rulebook
from services.rules.simulations.replay import replay
from tests.waiting import HUNG


def main() -> None:
    """Read records from standard input. Write `outcome sha256` for each to standard output."""
    rulebook = load_rulebook()
    with EngineChild(seconds=HUNG) as engine:
        for line in sys.stdin.buffer:
            content = line.rstrip(b"\n")
            done = replay(content, hashlib.sha256(content).hexdigest(), {rulebook.content_hash: rulebook}.get, engine)
            sys.stdout.write(f"{done.outcome} {done.sha256}\n")


if __name__ == "__main__":
    main()
